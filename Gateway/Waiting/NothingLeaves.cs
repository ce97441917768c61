using System.Data.Common;
using Gateway.Audit;
using Gateway.Dialects;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Waiting;

/// <summary>
/// For callers' endpoints: while the store or the trail is away nothing leaves, and the caller is told so in its provider's
/// words. A status while that can still be said, else an answer that stays visibly incomplete.
/// </summary>
internal sealed partial class NothingLeaves(DialectsByRoute dialects, ILogger<NothingLeaves> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (TextErasedException) when (!http.Response.HasStarted)
        {
            await Replies.WriteErrorAsync(http, dialects.OfErrorsAt(http.Request), new ApiError(StatusCodes.Status410Gone, "text_erased", "The texts of this call were erased, so its answer is not there any more. Send the call again for a new one."));
            return TypedResults.Empty;
        }
        catch (Exception fault) when (fault is TrailUnavailableException or DbException or DbUpdateException)
        {
            if (fault is not TrailUnavailableException) LogStoreFault(fault); // the trail has said so itself
            if (http.Response.HasStarted)
            {
                http.Abort();
                return TypedResults.Empty;
            }
            http.Response.Headers.RetryAfter = "5";
            await Replies.WriteErrorAsync(http, dialects.OfErrorsAt(http.Request), fault is TrailUnavailableException
                ? new ApiError(StatusCodes.Status503ServiceUnavailable, "trail_unavailable", "The audit trail cannot be written, so nothing may leave. Try again later.")
                : new ApiError(StatusCodes.Status503ServiceUnavailable, "store_unavailable", "The gateway's store cannot be used, so nothing is sent on. Try again later."));
            return TypedResults.Empty;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The store cannot be used; the caller got no answer.")]
    private partial void LogStoreFault(Exception fault);
}
