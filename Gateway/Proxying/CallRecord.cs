using Gateway.Audit;
using Gateway.Texts;
using Gateway.Upstreams;
using Microsoft.Extensions.Options;

namespace Gateway.Proxying;

/// <summary>How a call that needs no people is recorded: what was asked, and what left, with both texts sealed.</summary>
internal sealed class CallRecord(Trail trail, TextVault vault, IOptions<TrailOptions> options)
{
    /// <param name="entry">What is known of the call by then, with the outcome it is given.</param>
    public OneCall Of(string interaction, string caller, Func<string, TrailEntry> entry, TextClass kept, ReadOnlyMemory<byte> request) =>
        new(trail, vault.Begin(interaction, caller, kept), entry, request, options.Value.Strict);
}

/// <summary>The record of one call.</summary>
internal sealed class OneCall(Trail trail, TextSeals seals, Func<string, TrailEntry> entry, ReadOnlyMemory<byte> request, bool strict)
{
    private SealedText? sealedRequest;

    /// <summary>In strict mode returns when the request is on disk; only then its model is called.</summary>
    public Task BeforeSendingAsync() =>
        strict ? trail.RecordAsync(WithRequest(entry("sent")) with { Kind = "request", Judged = null }, seals.TakeRows(), CancellationToken.None) : Task.CompletedTask;

    /// <summary>Returns when the entry and both texts are on disk; only then the answer's last byte leaves.</summary>
    public Task AnsweredAsync(AnswerSink sink, string outcome, AnswerSummary summary, ReadOnlyMemory<byte> last)
    {
        byte[] leaves = [.. sink.Left.Span, .. last.Span];
        var answer = seals.Seal(leaves).Id;
        if (sink.Times.ToBytes() is { } times) seals.Seal(times, AnswerTimes.IdOf(answer));
        var recorded = WithRequest(entry(outcome)) with
        {
            StatusCode = summary.Status, AnswerText = answer, AnswerDigest = seals.Digest(leaves), UpstreamMs = summary.UpstreamMs,
            Reason = summary.Failure?.Message ?? (summary.Hidden > 0 ? $"{summary.Hidden} value(s) hidden in the answer." : null),
        };
        return trail.RecordAsync(recorded, seals.TakeRows(), CancellationToken.None);
    }

    /// <summary>Nothing was asked of a model.</summary>
    public Task RefusedAsync(string outcome, int status) =>
        trail.RecordAsync(WithRequest(entry(outcome)) with { StatusCode = status }, seals.TakeRows(), CancellationToken.None);

    private TrailEntry WithRequest(TrailEntry known)
    {
        sealedRequest ??= seals.Seal(request.Span);
        return known with { RequestText = sealedRequest.Id, RequestDigest = seals.Digest(request.Span) };
    }
}
