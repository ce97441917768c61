using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Dialects;
using Gateway.Identity;
using Gateway.Masking;
using Gateway.Parking;
using Gateway.Policies;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Proxying;
using Gateway.Risk;
using Gateway.Upstreams;
using Microsoft.Extensions.Options;

namespace Gateway.Editing;

/// <summary>
/// Puts a text that a reviewer has changed in the place of the one that waits. It is read, scored and judged as any prompt:
/// what policy would block, or the caller may not call, nobody makes of it. It releases nothing; people agree to it first.
/// </summary>
internal sealed class EditDesk(ParkingLot lot, CallerDirectory callers, UpstreamDirectory upstreams, DialectsByRoute dialects, RiskScorer scorer, PolicyInForce policies, IOptions<PromptOptions> options, TimeProvider clock)
{
    private const int MostEditions = 20;

    /// <returns>The ticket with its new text; null when another text waits by now, or nothing does.</returns>
    /// <exception cref="EditRefusedException" />
    public async Task<Ticket?> EditAsync(Ticket ticket, EditPrompt edit, PersonRef person, CancellationToken ct)
    {
        if (ticket.HeldText is not null) throw new EditRefusedException("This is an answer, which leaves as the model gave it or not at all.");
        if (ticket.Status != ApprovalStatus.Pending || ticket.ReviewedDigest != edit.From) return null;
        if (ticket.Editions.Count >= MostEditions) throw new EditRefusedException($"This prompt was changed {MostEditions} times already.");

        var before = JsonBody.Parse(await lot.ReviewedBodyAsync(ticket, ct));
        var (body, hidden) = EditedBody.Of(before, ticket.ReviewedFindings, edit, options.Value.LargestPrompt);
        if (body.Digest == before.Digest) throw new EditRefusedException("Nothing is different.");
        var model = body.Model ?? ticket.Model;
        var risk = ticket.Known is null ? await scorer.AssessAsync(body.Parts, ct) : scorer.Assess(body.Parts); // advisers may be models
        await RequireAllowedAsync(ticket, model, body, risk, ct);

        IReadOnlyList<Finding> findings = [.. risk.Findings, .. hidden.Where(kept => !risk.Findings.Any(again => IsCovered(kept, again))), .. Interaction.Unread(body.Unreadable)];
        var prompt = new Prompt { Route = ticket.Route, Dialect = dialects.For(ticket.Route), Model = model, Body = body, ContentType = "application/json", ForwardedHeaders = ticket.ForwardedHeaders };
        var (excerpt, digest) = (PromptExcerpt.Of(prompt, findings), ParkingLot.DigestOf(ticket, model, body.Digest));
        IReadOnlyList<string> dropped = [.. ticket.Edited?.Dropped ?? [], .. edit.Drop];
        return await lot.EditAsync(ticket, edit.From, body.Bytes,
            (number, text, textDigest) => new Edition(number, edit.OperationId, text.Id, textDigest, body.Digest, digest, model, findings, excerpt.Words, person, clock.GetUtcNow(), dropped, excerpt.IsWhole), ct);
    }

    private static bool IsCovered(Finding kept, Finding again) => again.Path == kept.Path && again.Start <= kept.Start && kept.End <= again.End && PromptPolicy.Hides(again);

    private async Task RequireAllowedAsync(Ticket ticket, string model, JsonBody body, RiskAssessment risk, CancellationToken ct)
    {
        if (!PromptReader.IsModelName(model) || upstreams.Find(model, dialects.For(ticket.Route)) is not { } upstream) throw new EditRefusedException("No upstream serves that model on this route.");
        if ((ticket.Known is null ? await callers.FindAsync(ticket.Caller, ct) : callers.BySubject(ticket.Caller.Subject) ?? Caller.Like(ticket.Caller)) is not { } caller || !caller.MayCall(ticket.Route, model)) throw new EditRefusedException("The caller may not call that model.");
        var facts = Judged.Of(caller, ticket.Route, model, risk, clock.GetUtcNow()) with { Upstream = upstream.Name, Length = body.Length, Unreadable = body.Unreadable };
        if (policies.Current.Decide(facts) is PolicyDecision.Block block) throw new EditRefusedException($"The policy would block that: {block.Explanation} (rule {block.Rule})");
    }
}
