using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Dialects;
using Gateway.Identity;
using Gateway.Interactions;
using Gateway.Parking;
using Gateway.Prompts;
using Gateway.Texts;
using Gateway.Waiting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Proxying;

/// <summary>
/// A recorded prompt goes to its model again, on the same path as any other: a new interaction of the person who asks for it. Policy
/// as it is now decides; where it asks for people, others than this person do.
/// </summary>
internal static class ResendApi
{
    /// <summary>Of the request: the interaction that is sent again.</summary>
    public const string Original = "resent-interaction";

    private const int ShortestReason = 3;
    private const int LongestReason = 500;

    public static IEndpointRouteBuilder MapResend(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/interactions/{id}/resend", Resend).RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.Resend)).WithTags("Trail")
            .AddEndpointFilter<NothingUnrecorded>().AddEndpointFilter<SaysErased>().WithName("ResendInteraction").WithSummary("Sends the recorded prompt to its model again, as a new interaction of yours. The reason is on record before.");
        return app;
    }

    private static async Task<Results<Ok<ResentInteraction>, NotFound, ProblemHttpResult>> Resend(
        string id, OpenInteraction asked, HttpContext http, RecordedInteractions interactions, PromptProxy proxy, DialectsByRoute dialects, Trail trail, TimeProvider clock, CancellationToken ct)
    {
        if (asked.Reason?.Trim().Length is not (>= ShortestReason and <= LongestReason)) return Problem($"This needs a reason of {ShortestReason} to {LongestReason} characters.", StatusCodes.Status400BadRequest, "reason-needed");
        if (await interactions.FindAsync(id, ct) is not { Route: { } route } found) return TypedResults.NotFound();
        var request = await interactions.RequestAsync(found, ct);
        var person = SignedIn.PersonOf(http.User);
        TrailEntry Entry(string outcome) => new() { At = clock.GetUtcNow(), Kind = "resent", Actor = person.Subject, ActorName = person.Name, InteractionId = found.InteractionId, Route = route, Model = found.Model, Outcome = outcome, Reason = asked.Reason.Trim() };
        await trail.RecordAsync(Entry("asked"), [], ct);

        var call = CallOf(http, ResentCallers.Of(person, [.. http.User.FindAll(PersonClaims.Group).Select(claim => claim.Value)]), route, request, found.InteractionId!, ct); // it was found by that
        try
        {
            await proxy.HandleAsync(call, dialects.For(route));
        }
        catch (PromptRefusedException refused)
        {
            return Problem(refused.Error.Message, StatusCodes.Status409Conflict, "not-sent");
        }
        catch (TooManyParkedException flooded)
        {
            return Problem(flooded.Error.Message, StatusCodes.Status429TooManyRequests, "too-many-parked");
        }
        var sent = call.Response.Headers[PromptProxy.InteractionHeader].ToString();
        await trail.RecordAsync(Entry("sent") with { Subject = sent, StatusCode = call.Response.StatusCode }, [], CancellationToken.None);
        return TypedResults.Ok(new ResentInteraction(sent, call.Response.Headers["x-approval-id"].ToString() is { Length: > 0 } ticket ? ticket : null, call.Response.StatusCode));
    }

    /// <summary>The call as its caller would have made it: without waiting, and with a review of its own.</summary>
    private static DefaultHttpContext CallOf(HttpContext asking, Caller caller, string route, byte[] request, string original, CancellationToken ct)
    {
        var call = new DefaultHttpContext { RequestServices = asking.RequestServices, User = caller.ToPrincipal(), RequestAborted = ct };
        call.Request.Method = HttpMethods.Post;
        call.Request.Path = route;
        call.Request.ContentType = "application/json";
        call.Request.ContentLength = request.Length;
        call.Request.Body = new MemoryStream(request);
        call.Request.Headers["Prefer"] = "respond-async";
        call.Request.Headers[ParkedCall.NewTicketHeader] = "true";
        call.Response.Body = Stream.Null; // what it says is on record
        call.Items[Original] = original;
        return call;
    }

    private static ProblemHttpResult Problem(string message, int status, string type) => TypedResults.Problem(message, statusCode: status, type: $"urn:approvals:{type}");
}
