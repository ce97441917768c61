using Gateway.Audit;
using Gateway.Texts;
using Gateway.Upstreams;
using Microsoft.Extensions.Options;

namespace Gateway.Proxying;

/// <summary>How a call that needs no people is recorded: what was asked, and what left, with both texts sealed.</summary>
internal sealed class CallRecord(Trail trail, TextVault vault, IOptions<TrailOptions> options, TimeProvider clock)
{
    /// <param name="known">What is known of the call before it is answered. Asked for once, at the latest when it is recorded.</param>
    /// <param name="started">The call, by the clock's timestamp.</param>
    public OneCall Of(string interaction, string caller, long started, Func<TrailEntry> known, TextClass kept, ReadOnlyMemory<byte> request) =>
        new(trail, () => vault.Begin(interaction, caller, kept), started, known, request, options.Value.Strict, clock);
}

/// <summary>The record of one call.</summary>
internal sealed class OneCall(Trail trail, Func<TextSeals> begin, long started, Func<TrailEntry> known, ReadOnlyMemory<byte> request, bool strict, TimeProvider clock)
{
    private Asked? asked;

    private Asked What => asked ??= Ask();

    /// <summary>Does what needs no answer. Done while the model works, it costs nobody's time; who forgets it waits for it at the end.</summary>
    public void Prepare() => _ = What;

    /// <summary>In strict mode returns when the request is on disk; only then its model is called.</summary>
    public Task BeforeSendingAsync() => strict ? RecordAsync(Entry("sent") with { Kind = "request", Judged = null }) : Task.CompletedTask;

    /// <summary>Returns when the entry and both texts are on disk; only then the answer's last byte leaves.</summary>
    public Task AnsweredAsync(AnswerSink sink, string outcome, AnswerSummary summary, ReadOnlyMemory<byte> last)
    {
        byte[] leaves = [.. sink.Left.Span, .. last.Span];
        var answer = What.Seals.Seal(leaves).Id;
        if (sink.Times.ToBytes() is { } times) What.Seals.Seal(times, AnswerTimes.IdOf(answer));
        return RecordAsync(Entry(outcome) with
        {
            StatusCode = summary.Status, AnswerText = answer, AnswerDigest = What.Seals.Digest(leaves), UpstreamMs = summary.UpstreamMs,
            Reason = summary.Failure?.Message ?? (summary.Hidden > 0 ? $"{summary.Hidden} value(s) hidden in the answer." : null),
        });
    }

    /// <summary>Nothing was asked of a model.</summary>
    public Task RefusedAsync(string outcome, int status) => RecordAsync(Entry(outcome) with { StatusCode = status });

    private TrailEntry Entry(string outcome) => What.Entry with { At = clock.GetUtcNow(), Outcome = outcome, ElapsedMs = clock.GetElapsedTime(started).TotalMilliseconds };

    private Task RecordAsync(TrailEntry entry) => trail.RecordAsync(entry, What.Seals.TakeRows(), CancellationToken.None);

    private Asked Ask()
    {
        var seals = begin();
        return new Asked(seals, known() with { RequestText = seals.Seal(request.Span).Id, RequestDigest = seals.Digest(request.Span) });
    }

    private sealed record Asked(TextSeals Seals, TrailEntry Entry);
}
