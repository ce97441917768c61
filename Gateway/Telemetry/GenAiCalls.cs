using System.Diagnostics;
using Gateway.Masking;
using Shared;

namespace Gateway.Telemetry;

/// <summary>Where a call of a model goes.</summary>
/// <param name="Upstream">Its name in the configuration.</param>
/// <param name="Model">As the caller named it.</param>
/// <param name="ListsModel">The configuration names this very model, so that there are only so many.</param>
internal sealed record GenAiTarget(string Upstream, string Provider, Uri Address, string Route, string Model, bool ListsModel);

/// <summary>Begins a client span and the measurements of each call of a model, after OpenTelemetry's GenAI conventions.</summary>
internal sealed class GenAiCalls(GatewayMetrics metrics, FindSensitive findSensitive, TimeProvider clock)
{
    /// <summary>Dispose it when the call is over; <see cref="GenAiCall.End"/> tells how.</summary>
    public GenAiCall Begin(GenAiTarget target)
    {
        var operation = OperationOf(target.Route);
        // A caller may write anything where a model's name belongs.
        var model = target.ListsModel || (Tracing.Source.HasListeners() && GenAiCall.IsTellable(target.Model, findSensitive)) ? target.Model : null;
        var tags = new TagList
        {
            { GenAiTags.Operation, operation }, { GenAiTags.Provider, target.Provider },
            { GenAiTags.ServerAddress, target.Address.Host }, { GenAiTags.ServerPort, target.Address.Port },
        };
        var spanTags = tags;
        if (model is not null) spanTags.Add(GenAiTags.RequestModel, model);
        var span = Tracing.Source.StartActivity(model is null ? operation : $"{operation} {model}", ActivityKind.Client, default(ActivityContext), spanTags);
        tags.Add(GatewayMetrics.UpstreamTag, target.Upstream);
        if (target.ListsModel) tags.Add(GenAiTags.RequestModel, target.Model);
        return new GenAiCall(span, tags, metrics, findSensitive, clock);
    }

    /// <summary>The convention's own words; a route it knows nothing of is <c>other</c>.</summary>
    private static string OperationOf(string route) => route switch
    {
        "/v1/chat/completions" or "/v1/messages" or "/v1/responses" => "chat",
        "/v1/embeddings" => "embeddings",
        "/v1/completions" => "text_completion",
        _ when route.StartsWith("/v1/images/", StringComparison.Ordinal) || route.StartsWith("/v1/audio/", StringComparison.Ordinal) || route.StartsWith("/v1/videos", StringComparison.Ordinal) => "generate_content",
        _ => "other",
    };
}
