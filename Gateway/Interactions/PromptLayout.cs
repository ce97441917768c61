using Contracts;
using Contracts.Api;
using Gateway.Dialects;
using Gateway.Inspection;
using Gateway.Parking;
using Gateway.Policies;
using Gateway.Prompts;
using Gateway.Upstreams;

namespace Gateway.Interactions;

/// <summary>Lays a parked prompt out for the people who decide about it: its text as it waits, and all that is said of it.</summary>
internal sealed class PromptLayout(ParkingLot lot, HeldAnswers answers, DialectsByRoute dialects, QueueOutlook outlook, TimeProvider clock)
{
    public async Task<PromptView> OfAsync(Ticket ticket, CancellationToken ct)
    {
        var body = JsonBody.Parse(await lot.ReviewedBodyAsync(ticket, ct));
        var view = PromptViews.Of(ticket, body, await AnswerOfAsync(ticket, ct));
        var turn = await outlook.OfAsync(ticket, ct);
        return view with
        {
            Attachments = body.Attachments,
            Edit = ticket.Edited is { } edition ? EditOf(ticket, edition, JsonBody.Parse(await lot.RequestBodyAsync(ticket, ct)), view.Parts) : null,
            Asked = [.. (await lot.WordsAsync(ticket, ct)).Select(words => new CallerWords(words.Question.Text, words.Question.AskedAt, words.Answer, words.Question.AnsweredAt))],
            Waits = turn is null ? null : new CallerWaits(turn.Position, ticket.CallerUntil is { } until && until > clock.GetUtcNow() ? until : null, ticket.Async),
        };
    }

    /// <summary>The texts of the answer that waits; none where it is the prompt.</summary>
    public async Task<IReadOnlyList<PromptPart>> AnswerOfAsync(Ticket ticket, CancellationToken ct) =>
        ticket.HeldText is null ? [] : AnswerReading.Of(HeldAnswer.Open(await answers.OpenAsync(ticket, ct)), dialects.For(ticket.Route)).Parts;

    private static PromptEdit EditOf(Ticket ticket, Edition edition, JsonBody before, IReadOnlyList<PromptPartView> after) =>
        new(edition.Number, edition.By, edition.At, ticket.Model, Changes(PromptViews.Laid(before.Parts, ticket.Findings), after), edition.Findings,
            [.. before.Attachments.Where(attachment => edition.Dropped.Contains(attachment.Path))]);

    /// <summary>Part by part. An attachment that was dropped may move what stands behind it, which then shows as changed.</summary>
    private static List<PartChange> Changes(IReadOnlyList<PromptPartView> before, IReadOnlyList<PromptPartView> after)
    {
        var now = after.ToLookup(part => part.Path, Words);
        return [.. before.Where(part => now[part.Path].FirstOrDefault() != Words(part)).Select(part => new PartChange(part.Path, PolicyViews.Diff(Words(part), now[part.Path].FirstOrDefault() ?? "")))];
    }

    /// <summary>A hidden value looks like nothing that anybody can write.</summary>
    private static string Words(PromptPartView part) => string.Concat(part.Runs.Select(run => run.Masked ? $"{EditToken.Open}{run.Text.Trim('[', ']')}{EditToken.Close}" : run.Text));
}
