namespace Gateway.Audit;

/// <summary>For people's endpoints: what cannot be recorded does not happen, and says so.</summary>
internal sealed class NothingUnrecorded : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TrailUnavailableException)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return TypedResults.Problem("The audit trail cannot be written, so this was not done. Try again later.",
                statusCode: StatusCodes.Status503ServiceUnavailable, type: "urn:approvals:trail-unavailable");
        }
    }
}
