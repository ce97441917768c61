using System.Diagnostics;
using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Grants;

/// <summary>Grants for the people who may decide about prompts.</summary>
internal static class GrantsApi
{
    private const int ShortestReason = 3, LongestReason = 500, MostMinutes = 480, MostUses = 100;

    public static IEndpointRouteBuilder MapGrants(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/grants").WithTags("Grants").AddEndpointFilter<NothingUnrecorded>();
        group.MapGet("", List).RequireAuthorization(GrantsExtensions.ReadGrants).WithName("ListGrants").WithSummary("Grants, newest first, with how often each was used.");
        var decide = group.MapGroup("").RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.Review));
        decide.MapPost("", Make).WithName("MakeGrant").WithSummary("Lets a released prompt's caller pass with prompts like it, for a while and so often.");
        decide.MapPost("/{id}/agree", Agree).WithName("AgreeToGrant").WithSummary("Another person's yes, where the review took more than one.");
        decide.MapPost("/{id}/revoke", Revoke).WithName("RevokeGrant").WithSummary("Ends a grant at once, and what passes by it now.");
        return app;
    }

    private static async Task<Ok<IReadOnlyList<GrantView>>> List(GrantDesk desk, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<GrantView>>([.. (await desk.ListAsync(ct)).Select(grant => grant.View(clock.GetUtcNow()))]);

    private static async Task<IResult> Make(MakeGrant make, ClaimsPrincipal user, GrantDesk desk, TimeProvider clock, CancellationToken ct)
    {
        if (make.OperationId == Guid.Empty) return Wrong("operationId is a GUID of the client's choosing, not all zeros.");
        if (make.Minutes is < 1 or > MostMinutes) return Wrong($"minutes is 1 to {MostMinutes}.");
        if (make.Uses is < 1 or > MostUses) return Wrong($"uses is 1 to {MostUses}.");
        if (!IsReason(make.Reason)) return ReasonNeeded();
        return Answer(await desk.MakeAsync(make, PersonOf(user), GroupsOf(user), ct), clock);
    }

    private static async Task<IResult> Agree(string id, ClaimsPrincipal user, GrantDesk desk, TimeProvider clock, CancellationToken ct) =>
        Answer(await desk.AgreeAsync(id, PersonOf(user), GroupsOf(user), ct), clock);

    private static async Task<IResult> Revoke(string id, RevokeGrant revoke, ClaimsPrincipal user, GrantDesk desk, TimeProvider clock, CancellationToken ct) =>
        IsReason(revoke.Reason) ? Answer(await desk.RevokeAsync(id, PersonOf(user), GroupsOf(user), revoke.Reason.Trim(), ct), clock) : ReasonNeeded();

    private static IResult Answer(GrantAnswer answer, TimeProvider clock) => answer switch
    {
        GrantAnswer.Done(var grant) => TypedResults.Ok(grant.View(clock.GetUtcNow())),
        GrantAnswer.Missing => TypedResults.NotFound(),
        GrantAnswer.NotYou(var message) => TypedResults.Problem(message, statusCode: StatusCodes.Status403Forbidden, type: "urn:approvals:not-you"),
        GrantAnswer.TooLate(var message) => TypedResults.Problem(message, statusCode: StatusCodes.Status409Conflict, type: "urn:approvals:too-late"),
        _ => throw new UnreachableException(),
    };

    private static bool IsReason(string? reason) => reason?.Trim().Length is >= ShortestReason and <= LongestReason;

    private static ProblemHttpResult ReasonNeeded() => TypedResults.Problem($"This needs a reason of {ShortestReason} to {LongestReason} characters.", statusCode: 400, type: "urn:approvals:reason-needed");

    private static ProblemHttpResult Wrong(string message) => TypedResults.Problem(message, statusCode: 400, type: "urn:approvals:bad-request");

    private static PersonRef PersonOf(ClaimsPrincipal user) =>
        new(user.FindFirstValue(PersonClaims.Subject)!, user.FindFirstValue(PersonClaims.Name) ?? ""); // the policy let nobody in without a subject

    private static HashSet<string> GroupsOf(ClaimsPrincipal user) => user.FindAll(PersonClaims.Group).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
}
