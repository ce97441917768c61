using System.Diagnostics;

namespace Shared;

/// <summary>One trace runs from the caller's request through queues and people to the model; rows carry it where no message does.</summary>
internal static class Tracing
{
    /// <summary>Of our own meter and activity source, in every service.</summary>
    public const string Name = "Approvals";

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>A step of a trace that was left off at <paramref name="traceParent"/>; null while nobody records traces.</summary>
    /// <param name="traceParent">W3C <c>traceparent</c>; anything else begins a trace of its own.</param>
    public static Activity? GoOn(string step, string? traceParent, ActivityKind kind = ActivityKind.Internal, DateTimeOffset startedAt = default)
    {
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        return Source.StartActivity(step, kind, parent, startTime: startedAt);
    }
}
