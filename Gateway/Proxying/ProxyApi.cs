using Gateway.Dialects;
using Gateway.Identity;
using Gateway.Load;
using Gateway.Parking;
using Gateway.Prompts;
using Gateway.Telemetry;
using Gateway.Upstreams;
using Gateway.Waiting;

namespace Gateway.Proxying;

/// <summary>The routes callers know from their providers.</summary>
internal static class ProxyApi
{
    public static IEndpointRouteBuilder MapProxy(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").RequireAuthorization(IdentityExtensions.CallerPolicy).WithTags("Inference").AddEndpointFilter<NothingLeaves>()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute()); // the reader has its own limit and answers in the provider's words
        group.MapPost("/v1/chat/completions", Prompt).WithMetadata(new IsWork()).WithName("ChatCompletions").WithSummary("OpenAI chat completions, sync and streamed.");
        group.MapPost("/v1/messages", Prompt).WithMetadata(new IsWork()).WithName("Messages").WithSummary("Anthropic messages, sync and streamed.");
        group.MapPost("/v1/responses", Prompt).WithMetadata(new IsWork()).WithName("Responses").WithSummary("OpenAI responses, sync and streamed.");
        group.MapPost("/v1/embeddings", Prompt).WithMetadata(new IsWork()).WithName("Embeddings").WithSummary("OpenAI embeddings.");
        group.MapPost("/v1/{**route}", Prompt).WithMetadata(new IsWork()).WithName("OtherRoutes").WithSummary("Any other JSON route of an upstream, read as text.");
        group.MapGet("/v1/models", Models).WithName("ListModels").WithSummary("Models with a name of their own that the caller may use; in Anthropic's shape when asked with anthropic-version.");
        return app;
    }

    private static async Task Prompt(HttpContext http, PromptProxy proxy, UnreadCall unread, DialectsByRoute dialects, GatewayMetrics metrics)
    {
        var route = http.Request.Path.Value!; // routing matched it
        var dialect = dialects.For(route);
        try
        {
            if (!dialects.IsProper(route)) throw new PromptRefusedException(new ApiError(StatusCodes.Status404NotFound, "route_not_found", "There is no such route. Routes are written in small letters, without a slash at the end."));
            if (unread.Allows(http.Request)) await unread.HandleAsync(http, dialect);
            else await proxy.HandleAsync(http, dialect);
        }
        catch (OverloadedException)
        {
            await OverloadDoor.RefuseAsync(http, dialect, metrics);
        }
        catch (PromptRefusedException refused)
        {
            if (!IsDecided(http)) metrics.Refused();
            await Replies.WriteErrorAsync(http, dialect, refused.Error);
        }
        catch (TooManyParkedException flooded)
        {
            http.Response.Headers.RetryAfter = "30";
            await Replies.WriteErrorAsync(http, dialect, flooded.Error);
        }
        catch (BadHttpRequestException broken)
        {
            if (!IsDecided(http)) metrics.Refused();
            await Replies.WriteErrorAsync(http, dialect, new ApiError(broken.StatusCode, "broken_request", "The request ended before its body did, or is not valid HTTP."));
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up before anything was decided.
        }
    }

    /// <summary>Whether the prompt got as far as a decision, which was counted then: it has an id from there on.</summary>
    private static bool IsDecided(HttpContext http) => http.Response.Headers.ContainsKey(PromptProxy.InteractionHeader);

    private static Task Models(HttpContext http, UpstreamDirectory upstreams)
    {
        var caller = Caller.From(http);
        var models = upstreams.ListedModels.Where(m => caller.MayUse(m.Model)).ToList();
        return http.Request.Headers.ContainsKey("anthropic-version")
            ? http.Response.WriteAsJsonAsync(new
            {
                data = models.Select(m => new { type = "model", id = m.Model, display_name = m.Model, created_at = DateTimeOffset.UnixEpoch }),
                has_more = false, first_id = models.FirstOrDefault().Model, last_id = models.LastOrDefault().Model,
            })
            : http.Response.WriteAsJsonAsync(new { @object = "list", data = models.Select(m => new { id = m.Model, @object = "model", created = 0, owned_by = m.Upstream }) });
    }
}
