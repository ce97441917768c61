namespace Gateway.Texts;

/// <summary>For people's endpoints: a text that was erased is said to be, and not to be missing.</summary>
internal sealed class SaysErased : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TextErasedException)
        {
            return TypedResults.Problem("The texts of this interaction were erased; the trail says when, by whom and why.", statusCode: StatusCodes.Status410Gone, type: "urn:approvals:text-erased");
        }
    }
}
