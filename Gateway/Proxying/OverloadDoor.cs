using Gateway.Dialects;
using Gateway.Load;
using Gateway.Telemetry;
using Gateway.Waiting;

namespace Gateway.Proxying;

/// <summary>Marks endpoints whose calls are the gateway's work.</summary>
internal sealed class IsWork;

/// <summary>
/// Refuses in its caller's own words what cannot be done soon: before anything else is known of it, even of whom it is, because what
/// a refusal costs is missing where the others are served.
/// </summary>
internal sealed class OverloadDoor(RequestDelegate next, OwnWork work, DialectsByRoute dialects, GatewayMetrics metrics)
{
    public Task InvokeAsync(HttpContext http) =>
        work.IsFull && http.GetEndpoint()?.Metadata.GetMetadata<IsWork>() is not null ? RefuseAsync(http, dialects.OfErrorsAt(http.Request), metrics) : next(http);

    public static Task RefuseAsync(HttpContext http, Dialect dialect, GatewayMetrics metrics)
    {
        metrics.Overloaded();
        http.Response.Headers.RetryAfter = "1";
        return Replies.WriteErrorAsync(http, dialect, new OverloadedException().Error);
    }
}
