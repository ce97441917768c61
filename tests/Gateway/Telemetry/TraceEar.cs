using System.Collections.Concurrent;
using System.Diagnostics;
using Gateway.Tests.Support;

namespace Gateway.Tests.Telemetry;

/// <summary>Hears every span of every source in this process. Tests keep apart by their traces.</summary>
internal sealed class TraceEar : IDisposable
{
    private readonly ConcurrentQueue<Activity> heard = new();
    private readonly ActivityListener listener;

    public TraceEar()
    {
        listener = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = heard.Enqueue };
        ActivitySource.AddActivityListener(listener);
    }

    public List<Activity> Of(ActivityTraceId trace) => [.. heard.Where(span => span.TraceId == trace)];

    /// <summary>The one span of this trace that fits, as soon as it has ended.</summary>
    public Task<Activity> SpanAsync(ActivityTraceId trace, Func<Activity, bool> which, string what) =>
        Eventually.ValueAsync(() => Task.FromResult(Of(trace).SingleOrDefault(which)), what);

    public Task<Activity> OursAsync(ActivityTraceId trace, string name) => SpanAsync(trace, span => span.Source.Name == "Approvals" && span.DisplayName == name, name);

    /// <summary>The call of the model.</summary>
    public Task<Activity> ModelAsync(ActivityTraceId trace) => SpanAsync(trace, span => span.GetTagItem("gen_ai.operation.name") is not null, "the call of the model");

    /// <summary>The gateway's own request: of a client that is not the gateway, as the upstream's is.</summary>
    public Task<Activity> ServerAsync(ActivityTraceId trace) => SpanAsync(trace, span => span.Kind == ActivityKind.Server
        && Of(trace).Find(client => client.SpanId == span.ParentSpanId) is { } client && client.Parent?.Source.Name != "Approvals", "the gateway's request");

    /// <summary>Does it as a caller who traces would, in a trace of its own.</summary>
    public static async Task<(ActivityTraceId Trace, T Result)> InTraceAsync<T>(Func<Task<T>> ask)
    {
        Activity.Current = null;
        using var caller = new Activity("caller").Start();
        return (caller.TraceId, await ask());
    }

    public void Dispose() => listener.Dispose();
}
