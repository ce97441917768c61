using System.Diagnostics;
using System.Diagnostics.Metrics;
using Contracts;
using Shared;

namespace Approvals.Workflow;

/// <summary>
/// What people's side measures. What is pending is read from the store, so every instance reports the same of it; the rest
/// each counts for itself. Tags hold words of the house, never a person.
/// </summary>
internal sealed class ReviewMetrics
{
    public const string OutcomeTag = "approvals.outcome";
    public const string DecidedByTag = "approvals.decided_by";
    private static readonly InstrumentAdvice<double> PeoplesTime = new() { HistogramBucketBoundaries = [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 86_400] };

    private readonly Counter<long> opened;
    private readonly Counter<long> decided;
    private readonly Counter<long> glass;
    private readonly Histogram<double> decision;
    private readonly UpDownCounter<long> consoles;
    private Queue waiting = new(0, null);

    public ReviewMetrics(IMeterFactory meters, TimeProvider clock)
    {
        var meter = meters.Create(Tracing.Name);
        opened = meter.CreateCounter<long>("approvals.reviews.opened", "{review}", "Reviews opened.");
        decided = meter.CreateCounter<long>("approvals.reviews.decided", "{review}", "Reviews decided, by outcome and by who brought it: people, time or the caller.");
        glass = meter.CreateCounter<long>("approvals.glass.broken", "{review}", "Reviews released by one person alone.");
        decision = meter.CreateHistogram("approvals.reviews.decision.duration", "s", "From parking to the decision, by outcome and by who brought it.", advice: PeoplesTime);
        consoles = meter.CreateUpDownCounter<long>("approvals.consoles.connected", "{console}", "Consoles that listen to this instance now.");
        meter.CreateObservableGauge("approvals.reviews.pending", () => waiting.Length, "{review}", "Reviews that wait for people now.");
        meter.CreateObservableGauge("approvals.reviews.pending.age", () => waiting.Oldest is { } since ? Math.Max(0, (clock.GetUtcNow() - since).TotalSeconds) : 0, "s", "Age of the oldest review that waits for people.");
    }

    public void Opened() => opened.Add(1);

    public void Decided(Review review)
    {
        TagList tags = new() { { OutcomeTag, review.Status.Word() }, { DecidedByTag, DecidedBy(review.Status) } };
        decided.Add(1, tags);
        if (review.DecidedAt is { } at) decision.Record(Math.Max(0, (at - review.OpenedAt).TotalSeconds), tags);
    }

    public void GlassBroken() => glass.Add(1);

    public void ConsoleCame() => consoles.Add(1);

    public void ConsoleWent() => consoles.Add(-1);

    /// <param name="oldest">When the one that waits longest was parked; null when none does.</param>
    public void Waits(int length, DateTimeOffset? oldest) => waiting = new(length, oldest);

    private static string DecidedBy(ApprovalStatus outcome) => outcome switch
    {
        ApprovalStatus.Releasing or ApprovalStatus.Rejected or ApprovalStatus.Revoked => "people",
        ApprovalStatus.Expired => "time",
        ApprovalStatus.Cancelled => "caller",
        _ => throw new UnreachableException(),
    };

    /// <summary>Both of one count, swapped as one: a scrape may come in between.</summary>
    private sealed record Queue(int Length, DateTimeOffset? Oldest);
}
