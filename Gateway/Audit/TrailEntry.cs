using Contracts.Api;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Audit;

/// <summary>One line of the trail. Added, never changed: no code path updates or deletes a row.</summary>
internal sealed record TrailEntry
{
    /// <summary>Given by the store; grows without reuse.</summary>
    public long Sequence { get; init; }

    /// <summary>Set where the same fact may be told twice: a second entry with this key is refused by the store.</summary>
    public Guid? FactId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Kind { get; init; }
    public required string Actor { get; init; }
    public string? ActorName { get; init; }
    public string? InteractionId { get; init; }
    public string? TicketId { get; init; }
    public string? Route { get; init; }
    public string? Model { get; init; }
    public int? Score { get; init; }

    /// <summary>Distinct finding types, comma separated with commas at both ends, so that one type can be searched for.</summary>
    public string FindingTypes { get; init; } = "";

    /// <summary>The findings as JSON: detector, type, place, confidence. Never the text.</summary>
    public string? Findings { get; init; }
    public string? Rule { get; init; }

    /// <summary>What was decided, in one word: forward, mask, park, block.</summary>
    public string? Decision { get; init; }

    /// <summary>What the policy knew when it decided, as JSON and without text, so that another one can be asked the same.</summary>
    public string? Judged { get; init; }

    /// <summary>What a person's act was about, where that is no ticket: a draft, a key, a grant.</summary>
    public string? Subject { get; init; }
    public string? PolicyVersion { get; init; }
    public string? Outcome { get; init; }
    public int? StatusCode { get; init; }
    public string? RequestDigest { get; init; }
    public string? AnswerDigest { get; init; }
    public Guid? RequestText { get; init; }
    public Guid? AnswerText { get; init; }
    public double? ElapsedMs { get; init; }
    public double? UpstreamMs { get; init; }
    public string? Reason { get; init; }

    /// <summary>The chain it is a link of, its place there from 1 on, and the hash that the next link names. Given when it is saved; null for what was recorded before there were chains.</summary>
    public Guid? Chain { get; init; }
    public long? Position { get; init; }
    public byte[]? Hash { get; init; }

    /// <summary>What a person did, told by itself or with the decision it led to.</summary>
    public static TrailEntry Of(PersonActed act) => new()
    {
        FactId = act.ActionId, At = act.At, Kind = act.Action, Actor = act.Person.Subject, ActorName = act.Person.Name, TicketId = act.TicketId, Reason = act.Reason,
    };

    public static string Types(IEnumerable<string> types)
    {
        var joined = string.Join(',', types.Distinct().Order(StringComparer.Ordinal));
        return joined.Length == 0 ? "" : $",{joined},";
    }

    public TrailEntryView ToView() => new()
    {
        Sequence = Sequence, At = At, Kind = Kind, Actor = Actor, ActorName = ActorName, InteractionId = InteractionId,
        TicketId = TicketId, Route = Route, Model = Model, Score = Score,
        FindingTypes = FindingTypes.Split(',', StringSplitOptions.RemoveEmptyEntries),
        Rule = Rule, Decision = Decision, Subject = Subject, PolicyVersion = PolicyVersion, Outcome = Outcome, StatusCode = StatusCode,
        RequestDigest = RequestDigest, AnswerDigest = AnswerDigest, ElapsedMs = ElapsedMs, UpstreamMs = UpstreamMs, Reason = Reason,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<TrailEntry>
    {
        public void Configure(EntityTypeBuilder<TrailEntry> builder)
        {
            builder.ToTable("Trail").HasKey(e => e.Sequence);
            builder.Property(e => e.Sequence).ValueGeneratedOnAdd();
            builder.HasIndex(e => e.FactId).IsUnique();
            builder.HasIndex(e => e.TicketId);
            builder.HasIndex(e => e.InteractionId);
            builder.HasIndex(e => e.At);
            builder.HasIndex(e => new { e.Actor, e.Sequence });
            builder.HasIndex(e => new { e.Kind, e.At });
            builder.HasIndex(e => new { e.Chain, e.Position }).IsUnique();
            builder.Property(e => e.Hash).HasMaxLength(32);
            foreach (var name in new[] { nameof(Kind), nameof(Outcome), nameof(PolicyVersion), nameof(Decision), nameof(Subject), nameof(InteractionId), nameof(TicketId), nameof(RequestDigest), nameof(AnswerDigest) })
                builder.Property(name).HasMaxLength(100);
            foreach (var name in new[] { nameof(Actor), nameof(ActorName), nameof(Route), nameof(Model), nameof(Rule) })
                builder.Property(name).HasMaxLength(300);
            builder.Property(e => e.FindingTypes).HasMaxLength(2000);
            builder.Property(e => e.Reason).HasMaxLength(2000);
        }
    }
}
