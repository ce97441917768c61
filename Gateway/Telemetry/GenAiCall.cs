using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Dialects;
using Gateway.Masking;

namespace Gateway.Telemetry;

/// <summary>
/// One call of a model, as its span and its measurements tell of it: where to, how long, how much, how it ended. Never what
/// was asked or answered.
/// </summary>
internal sealed class GenAiCall(Activity? span, TagList tags, GatewayMetrics metrics, FindSensitive findSensitive, TimeProvider clock) : IDisposable
{
    /// <summary>Nobody waits for the answer any more.</summary>
    private const string Cancelled = "cancelled";

    private readonly long started = clock.GetTimestamp();
    private readonly AnswerFacts facts = new();
    private bool ended;

    /// <summary>Reads an answer, or one event of it; null while nobody would see what it says.</summary>
    public Action<JsonObject>? LookWith(Dialect dialect) => span is { IsAllDataRequested: true } || metrics.CountsTokens ? data => dialect.Note(data, facts) : null;

    /// <param name="error">What kept the answer from being one; null where there is one.</param>
    public void End(int status, string? error = null)
    {
        if (ended) return;
        ended = true;
        Finish(error ?? (status >= 400 ? status.ToString(CultureInfo.InvariantCulture) : facts.Failed ? "stream_error" : null));
    }

    public void Dispose()
    {
        if (ended) return;
        ended = true;
        Finish(Cancelled);
    }

    /// <summary>Shaped like a model's name, and not like anything that must not leave.</summary>
    public static bool IsTellable(string? model, FindSensitive findSensitive) => AnswerFacts.IsName(model) && findSensitive(model!).Count == 0; // a name is no null

    private void Finish(string? error)
    {
        metrics.Called(clock.GetElapsedTime(started), error, facts.InputTokens, facts.OutputTokens, tags);
        if (span is null) return;

        if (facts.Model is { } model && IsTellable(model, findSensitive)) span.SetTag(GenAiTags.ResponseModel, model);
        if (facts.InputTokens is { } input) span.SetTag(GenAiTags.InputTokens, input);
        if (facts.OutputTokens is { } output) span.SetTag(GenAiTags.OutputTokens, output);
        if (facts.FinishReasons is { Length: > 0 } reasons) span.SetTag(GenAiTags.FinishReasons, reasons);
        if (error is not null) span.SetTag(GenAiTags.ErrorType, error).SetStatus(ActivityStatusCode.Error);
        span.Dispose();
    }
}
