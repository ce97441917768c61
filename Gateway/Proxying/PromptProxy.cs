using Gateway.Inspection;
using Gateway.Background;
using Gateway.Dialects;
using Gateway.Grants;
using Gateway.Habits;
using Gateway.Identity;
using Gateway.Load;
using Gateway.Masking;
using Gateway.Parking;
using Gateway.Policies;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Risk;
using Gateway.Telemetry;
using Gateway.Texts;
using Gateway.Upstreams;
using Gateway.Waiting;
using Microsoft.Extensions.Options;

namespace Gateway.Proxying;

/// <summary>
/// The path of a prompt, top to bottom:
/// <code>
/// caller ─► 1 identity ─► 2 score ─► 3 decide ─┬ forward ──────────────────────────┐
///                                              ├ mask ─────────────────────────────┤
///                                              ├ park ─► 4 people ─ released ──────┤
///                                              └ block ────────────────► refused   │
/// caller ◄─ 7 audit ◄─ 6 response masking ◄──────────────────────── 5 upstream ◄───┘
/// </code>
/// </summary>
internal sealed class PromptProxy(
    PromptReader reader, CallerHabits habits, RiskScorer scorer, PromptJudge judge, PolicyInForce policies, ShadowCounter shadows, GrantDesk grants, LiveGrants live, AnswerGate gate, ParkedCall parked, BackgroundCall background, UpstreamDirectory upstreams, AnswerRelay relay,
    FindSensitive findSensitive, CallRecord records, GatewayMetrics metrics, OwnWork work, IOptions<UpstreamLimits> limits, TimeProvider clock)
{
    public const string InteractionHeader = "x-interaction-id";

    public async Task HandleAsync(HttpContext http, Dialect dialect)
    {
        // Whoever waits holds a connection and the name of a ticket: everything else of the call goes when its walk is over, and is in the store.
        if (await WalkAsync(http, dialect) is { } waiting) await (waiting.Background ? background.WaitAsync(http, waiting) : parked.WaitAsync(http, waiting)); // 4
    }

    /// <returns>What is left to wait for; null when the call has its answer.</returns>
    private async Task<WaitingCall?> WalkAsync(HttpContext http, Dialect dialect)
    {
        var started = clock.GetTimestamp();
        var caller = Caller.From(http); // 1
        var prompt = await reader.ReadAsync(http.Request, dialect, http.RequestAborted);
        var upstream = upstreams.Find(prompt.Model, dialect) ?? throw UnknownModel(prompt.Model);
        using var share = await work.TakeAsync(http.RequestAborted); // its body is here: nobody can hold a share by sending slowly

        var unusual = await habits.NoteAsync(caller.Subject, prompt.Model, prompt.Body.Length, http.RequestAborted);
        var risk = await scorer.AssessAsync(prompt.Body.Parts, http.RequestAborted, about: unusual, caller: caller.Subject); // 2
        var (policy, facts, decision, masked, pseudonyms) = await judge.JudgeAsync(caller, prompt, upstream, risk, http.RequestAborted); // 3
        shadows.Judge(policies.Shadow, facts, decision);
        var grant = decision is PolicyDecision.Park park ? await grants.TryUseAsync(facts, park, http.RequestAborted) : null;
        if (grant is not null) decision = new PolicyDecision.Forward(Grant.RuleOf(grant));

        var interaction = new Interaction
        {
            Id = Interaction.NewId(clock), StartedAt = started, Caller = caller, Prompt = prompt, Risk = risk, Judged = facts, Decision = decision, PolicyVersion = policy.Version, ResentOf = http.Items[ResendApi.Original] as string,
        };
        http.Response.Headers[InteractionHeader] = interaction.Id;
        metrics.Decided(decision.Word, risk.Score);
        if (decision is PolicyDecision.Park || prompt.Background) share.Leave(); // people or a later run are waited for

        return decision switch
        {
            not PolicyDecision.Block when prompt.Background => await background.OpenAsync(http, interaction.ToParkRequest(PromptExcerpt.Of(prompt, risk.Findings), WaiverOf(decision, masked, pseudonyms))),
            PolicyDecision.Forward => await ForwardAsync(http, interaction, policy, upstream, prompt.Body.Bytes, pseudonyms, "forwarded", share, grant), // 5, 6, 7
            PolicyDecision.Mask => await ForwardAsync(http, interaction, policy, upstream, masked, pseudonyms, "masked", share),
            PolicyDecision.Park => await parked.ParkAsync(http, interaction.ToParkRequest(PromptExcerpt.Of(prompt, risk.Findings), pattern: PromptPattern.Of(caller.Subject, prompt, risk.Findings, decision.Rule))), // 4
            PolicyDecision.Block block => await RefuseAsync(http, interaction, block),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<WaitingCall?> ForwardAsync(HttpContext http, Interaction interaction, PromptPolicy policy, UpstreamOptions upstream, ReadOnlyMemory<byte> body, Pseudonyms pseudonyms, string outcome, OwnWork.Share share, string? grant = null)
    {
        using var call = live.Begin(grant, interaction.Id, http.RequestAborted);
        var prompt = interaction.Prompt;
        var sink = new AnswerSink(http, limits.Value.LargestAnswer, clock, share: share);
        var mask = new AnswerMask(findSensitive, pseudonyms, prompt.Body.Contains);
        var record = records.Of(interaction.Id, interaction.Caller.Subject, interaction.StartedAt, () => interaction.Entry(clock), interaction.Decision is PolicyDecision.Mask ? TextClass.Masked : TextClass.Forwarded, prompt.Body.Bytes);
        try
        {
            var inspect = gate.For(policy, interaction.Judged, prompt.Body.Parts, prompt.Dialect, prompt.Body.Contains, () => interaction.Entry(clock, "blocked"));
            // The same call may wait for its answer already; the model is not asked twice.
            if (inspect is not null && await parked.TryJoinAsync(http, interaction.ToParkRequest(new PromptExcerpt(""))) is { } joined) return joined;
            await record.BeforeSendingAsync();
            await relay.RelayAsync(upstream, prompt.Outgoing(body), mask, sink, (summary, last) => record.AnsweredAsync(sink, outcome, summary, last), call.Token, inspect, record.Prepare); // 7
            metrics.Took(clock.GetElapsedTime(interaction.StartedAt) - sink.Others.Total, interaction.Decision.Word);
        }
        catch (AnswerParkedException held)
        {
            return await parked.ParkAsync(http, interaction.ToParkRequest(held, interaction.Entry(clock, "answer parked"))); // 4 once more
        }
        catch (OperationCanceledException) when (call.IsRevoked)
        {
            await record.AnsweredAsync(sink, "revoked", new AnswerSummary(sink.Status, sink.ContentType, 0, mask.Hidden, GrantedCall.Error), default);
            if (http.Response.HasStarted) http.Abort(); // half an answer, and no more of it
            else await Replies.WriteErrorAsync(http, prompt.Dialect, GrantedCall.Error);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up and with it the model call; what had left until then is recorded all the same.
            await record.AnsweredAsync(sink, "abandoned", new AnswerSummary(sink.Status, sink.ContentType, 0, mask.Hidden, null), default);
        }
        return null;
    }

    private async Task<WaitingCall?> RefuseAsync(HttpContext http, Interaction interaction, PolicyDecision.Block block)
    {
        await records.Of(interaction.Id, interaction.Caller.Subject, interaction.StartedAt, () => interaction.Entry(clock), TextClass.Blocked, interaction.Prompt.Body.Bytes).RefusedAsync("blocked", StatusCodes.Status403Forbidden);
        await Replies.WriteErrorAsync(http, interaction.Prompt.Dialect, new ApiError(StatusCodes.Status403Forbidden, "policy_blocked", $"{block.Explanation} (rule {block.Rule})"));
        metrics.Took(clock.GetElapsedTime(interaction.StartedAt), interaction.Decision.Word);
        return null;
    }

    /// <summary>A background call is run later; what policy lets leave then is decided now.</summary>
    private static Waiver? WaiverOf(PolicyDecision decision, byte[]? masked, Pseudonyms pseudonyms) => decision switch
    {
        PolicyDecision.Forward => Waiver.AsItCame,
        PolicyDecision.Mask => new Waiver(masked ?? throw new System.Diagnostics.UnreachableException(), pseudonyms.Export()), // what cannot be masked is parked
        _ => null,
    };

    private static PromptRefusedException UnknownModel(string model) =>
        new(new ApiError(StatusCodes.Status404NotFound, "model_not_found", $"No upstream serves the model '{model}' on this route. GET /v1/models lists what there is."));
}
