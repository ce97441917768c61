using System.Security.Cryptography;
using System.Text.Json;
using Contracts;
using Contracts.Messages;
using Gateway.Inspection;
using Gateway.Audit;
using Gateway.Identity;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Risk;
using Gateway.Upstreams;

namespace Gateway.Proxying;

/// <summary>One prompt on its way through the house, and what is known of it so far.</summary>
internal sealed record Interaction
{
    public required string Id { get; init; }
    public required long StartedAt { get; init; }
    public required Caller Caller { get; init; }
    public required Prompt Prompt { get; init; }
    public required RiskAssessment Risk { get; init; }
    public required Judged Judged { get; init; }
    public required PolicyDecision Decision { get; init; }
    public required string PolicyVersion { get; init; }

    /// <summary>The recorded interaction that is sent again with this one.</summary>
    public string? ResentOf { get; init; }

    public static string NewId(TimeProvider clock) => "int_" + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    /// <param name="outcome">Null before there is one.</param>
    public TrailEntry Entry(TimeProvider clock, string? outcome = null) => new()
    {
        At = clock.GetUtcNow(),
        Kind = "interaction",
        Actor = Caller.Subject,
        ActorName = Caller.Name,
        InteractionId = Id,
        Route = Prompt.Route,
        Model = Prompt.Model,
        Score = Risk.Score,
        FindingTypes = TrailEntry.Types(Risk.Findings.Select(f => f.Type)),
        Findings = JsonSerializer.Serialize(Risk.Findings, JsonWire.Options),
        Rule = Decision.Rule,
        Decision = Decision.Word,
        Judged = PolicyJson.Write(Judged),
        PolicyVersion = PolicyVersion,
        Subject = ResentOf,
        Outcome = outcome,
        ElapsedMs = clock.GetElapsedTime(StartedAt).TotalMilliseconds,
    };

    /// <summary>The answer waits for people; the prompt itself did not have to.</summary>
    /// <param name="call">The record of the model's call.</param>
    public ParkRequest ToParkRequest(AnswerParkedException held, TrailEntry call) => ToParkRequest(new PromptExcerpt(held.Judged.Excerpt)) with
    {
        Answer = held.Answer.ToBytes(), Interaction = call, Rule = held.Decision.Rule, Score = held.Judged.Score, Findings = [.. Risk.Findings, .. Unread(Judged.Unreadable), .. held.Judged.Findings],
        Judged = PolicyJson.Write(held.Judged.Facts), Stages = held.Decision.Stages, UndoWindow = held.Decision.UndoWindow,
    };

    /// <param name="waiver">What may leave without people; null where policy asks for them.</param>
    /// <param name="pattern">Set where it may wait for people.</param>
    public ParkRequest ToParkRequest(PromptExcerpt excerpt, Waiver? waiver = null, string pattern = "") => new()
    {
        Pattern = pattern,
        Caller = Caller.Ref,
        InteractionId = Id,
        Prompt = Prompt,
        PolicyVersion = PolicyVersion,
        Rule = Decision.Rule,
        Score = Risk.Score,
        Findings = [.. Risk.Findings, .. Unread(Judged.Unreadable)],
        Judged = PolicyJson.Write(Judged),
        Stages = Decision is PolicyDecision.Park park ? park.Stages : [],
        UndoWindow = Decision is PolicyDecision.Park { UndoWindow: var window } ? window : TimeSpan.Zero,
        Excerpt = excerpt.Words,
        Whole = excerpt.IsWhole,
        Waiver = waiver,
    };

    /// <summary>What nobody here could look into may be of any kind of risk: people learn of it, and whoever decides about one kind only does not decide about this.</summary>
    public static IReadOnlyList<Finding> Unread(int attachments) => attachments == 0 ? [] :
    [
        new Finding
        {
            Detector = "attachments", Category = RiskCategory.Fault, Type = "UNREADABLE", Path = "", Start = 0, End = 0, Confidence = 1,
            Reason = $"{attachments} attachment(s) could not be looked into: an image, a recording, or an encoded or linked document.",
        },
    ];
}
