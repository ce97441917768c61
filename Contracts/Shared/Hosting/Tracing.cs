using System.Diagnostics;

namespace Shared;

/// <summary>One trace runs from the caller's request through queues and people to the model; rows carry it where no message does.</summary>
internal static class Tracing
{
    /// <summary>Of our own meter and activity source, in every service.</summary>
    public const string Name = "Approvals";

    public const string TicketTag = "approvals.ticket";
    public const string OutcomeTag = "approvals.outcome";

    /// <summary>Which try of the one execution; above 1 after a crash.</summary>
    public const string AttemptTag = "approvals.attempt";

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>
    /// A step of a trace that was left off at <paramref name="traceParent"/>, linked to what is under way here where that is
    /// another trace: a reviewer's request, a retry that joined. Null while nobody records traces.
    /// </summary>
    /// <param name="traceParent">W3C <c>traceparent</c>; anything else goes on with what is under way, or begins a trace of its own.</param>
    public static Activity? GoOn(string step, string? traceParent, ActivityKind kind = ActivityKind.Internal, DateTimeOffset startedAt = default)
    {
        var here = Activity.Current?.Context;
        var known = ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        return Source.StartActivity(step, kind, parent, links: known && here is { } other && other.TraceId != parent.TraceId ? [new ActivityLink(other)] : null, startTime: startedAt);
    }

    /// <summary>What is under way here has to do with another trace, too.</summary>
    public static void LinkTo(string? traceParent)
    {
        if (Activity.Current is { } here && ActivityContext.TryParse(traceParent, null, isRemote: true, out var other) && other.TraceId != here.TraceId)
            here.AddLink(new ActivityLink(other));
    }
}
