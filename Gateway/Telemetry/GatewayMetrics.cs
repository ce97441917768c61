using System.Diagnostics;
using System.Diagnostics.Metrics;
using Contracts;
using Shared;

namespace Gateway.Telemetry;

/// <summary>All that the gateway measures. Tags hold words of the house and names from the configuration; never an id, a caller or a text.</summary>
internal sealed class GatewayMetrics
{
    public const string DecisionTag = "gateway.decision";
    public const string OutcomeTag = "gateway.outcome";
    public const string ShadowTag = "gateway.shadow.decision";
    public const string UpstreamTag = "gateway.upstream";
    public const string OutletTag = "gateway.outlet";

    private static readonly InstrumentAdvice<int> Scores = new() { HistogramBucketBoundaries = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100] };
    private static readonly InstrumentAdvice<double> Moments = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] };
    private static readonly InstrumentAdvice<double> PeoplesTime = new() { HistogramBucketBoundaries = [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 86_400] };
    /// <summary>As the GenAI conventions recommend, this one and the next.</summary>
    private static readonly InstrumentAdvice<double> CallTimes = new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] };
    private static readonly InstrumentAdvice<long> Tokens = new() { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864] };

    private readonly Counter<long> prompts;
    private readonly Counter<long> shadowed;
    private readonly Histogram<int> score;
    private readonly Histogram<double> own;
    private readonly Counter<long> opened;
    private readonly Counter<long> joined;
    private readonly Counter<long> settled;
    private readonly Histogram<double> people;
    private readonly UpDownCounter<long> waiting;
    private readonly Counter<long> retried;
    private readonly Histogram<double> trail;
    private readonly Counter<long> trailFailures;
    private readonly Counter<long> trailBroken;
    private readonly Gauge<long> outletLag;
    private readonly Counter<long> outletFailures;
    private readonly Histogram<double> calls;
    private readonly Histogram<long> tokens;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Tracing.Name);
        prompts = meter.CreateCounter<long>("gateway.prompts", "{prompt}", "Prompts by what was decided: forward, mask, park, block; refused before a decision; or unread, on routes where that is allowed.");
        shadowed = meter.CreateCounter<long>("gateway.shadow.prompts", "{prompt}", "Prompts that a draft judged along: what was decided, and what the draft would have.");
        score = meter.CreateHistogram("gateway.risk.score", "{point}", "Risk scores of prompts, 0 to 100.", advice: Scores);
        own = meter.CreateHistogram("gateway.prompt.overhead", "s", "Time the gateway itself added to an answer: without the upstream, and without the caller's reading.", advice: Moments);
        opened = meter.CreateCounter<long>("gateway.tickets.opened", "{ticket}", "Tickets opened, for people or to be polled by.");
        joined = meter.CreateCounter<long>("gateway.tickets.joined", "{call}", "Calls that joined a ticket that was there instead of opening another.");
        settled = meter.CreateCounter<long>("gateway.tickets.settled", "{ticket}", "Tickets that ended, by outcome.");
        people = meter.CreateHistogram("gateway.people.wait", "s", "From parking until the outcome arrived, by outcome.", advice: PeoplesTime);
        waiting = meter.CreateUpDownCounter<long>("gateway.callers.waiting", "{caller}", "Calls that wait for a ticket on this instance now.");
        retried = meter.CreateCounter<long>("gateway.executions.retried", "{execution}", "Executions tried again because an earlier try broke off.");
        trail = meter.CreateHistogram("gateway.trail.write.duration", "s", "One durable write of the trail: a group of entries.", advice: Moments);
        trailFailures = meter.CreateCounter<long>("gateway.trail.write.failures", "{entry}", "Entries that could not be written; their answers did not leave.");
        trailBroken = meter.CreateCounter<long>("gateway.trail.broken", "{chain}", "Chains of the trail that were not as they had been saved when a checkpoint was to cover them. Anything but 0 is an alarm.");
        outletLag = meter.CreateGauge<long>("gateway.outlet.lag", "{checkpoint}", "Checkpoints that an outlet has not sent on yet, by outlet; of the store: every instance says the same.");
        outletFailures = meter.CreateCounter<long>("gateway.outlet.failures", "{attempt}", "Attempts of an outlet that did not get through, by outlet; all are repeated.");
        calls = meter.CreateHistogram("gen_ai.client.operation.duration", "s", "GenAI operation duration.", advice: CallTimes);
        tokens = meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Number of input and output tokens used.", advice: Tokens);
    }

    public bool CountsTokens => tokens.Enabled;

    public void Decided(string decision, int risk)
    {
        prompts.Add(1, Decision(decision));
        score.Record(risk);
    }

    public void Shadowed(string decision, string draft) => shadowed.Add(1, Decision(decision), new(ShadowTag, draft));

    public void Overloaded() => prompts.Add(1, Decision("overloaded"));

    public void Refused() => prompts.Add(1, Decision("refused"));

    public void Unread() => prompts.Add(1, Decision("unread"));

    public void Took(TimeSpan time, string decision) => own.Record(Math.Max(0, time.TotalSeconds), Decision(decision));

    public void Opened() => opened.Add(1);

    public void Joined() => joined.Add(1);

    public void Settled(ApprovalStatus outcome) => settled.Add(1, Outcome(outcome));

    public void PeopleTook(TimeSpan time, ApprovalStatus outcome) => people.Record(Math.Max(0, time.TotalSeconds), Outcome(outcome));

    /// <summary>Counts a caller as waiting until it is disposed.</summary>
    public IDisposable Waiting() => new Wait(waiting);

    public void Retried() => retried.Add(1);

    public void TrailWritten(TimeSpan time) => trail.Record(time.TotalSeconds);

    public void TrailFailed(int entries) => trailFailures.Add(entries);

    public void TrailBroken() => trailBroken.Add(1);

    public void OutletBehind(string outlet, long checkpoints) => outletLag.Record(checkpoints, new KeyValuePair<string, object?>(OutletTag, outlet));

    public void OutletFailed(string outlet) => outletFailures.Add(1, new KeyValuePair<string, object?>(OutletTag, outlet));

    /// <param name="error">Null for a call that went well.</param>
    /// <param name="tags">Where it went.</param>
    public void Called(TimeSpan time, string? error, long? input, long? output, TagList tags)
    {
        Count(input, "input", tags);
        Count(output, "output", tags);
        if (error is not null) tags.Add(GenAiTags.ErrorType, error);
        calls.Record(time.TotalSeconds, tags);
    }

    private void Count(long? used, string type, TagList tags)
    {
        if (used is not { } count) return;
        tags.Add(GenAiTags.TokenType, type);
        tokens.Record(count, tags);
    }

    private static KeyValuePair<string, object?> Decision(string decision) => new(DecisionTag, decision);

    private static KeyValuePair<string, object?> Outcome(ApprovalStatus outcome) => new(OutcomeTag, outcome.Word());

    private sealed class Wait : IDisposable
    {
        private readonly UpDownCounter<long> waiting;

        public Wait(UpDownCounter<long> waiting)
        {
            this.waiting = waiting;
            waiting.Add(1);
        }

        public void Dispose() => waiting.Add(-1);
    }
}
