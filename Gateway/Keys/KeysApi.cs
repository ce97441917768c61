using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Keys;

/// <summary>Callers' keys for the people who may issue them.</summary>
internal static class KeysApi
{
    public static IEndpointRouteBuilder MapKeys(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/keys").RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.ManageKeys)).WithTags("Keys").AddEndpointFilter<NothingUnrecorded>();
        group.MapGet("", List).WithName("ListKeys").WithSummary("All keys, newest first, revoked and expired ones too; of each its last four characters.");
        group.MapPost("", Issue).WithName("IssueKey").WithSummary("Issues a key to a service account. The answer is the only time that it is shown.");
        group.MapPost("/{id:guid}/revoke", Revoke).WithName("RevokeKey").WithSummary("Revokes a key; within seconds no instance takes it any more, and what it has parked is not executed.");
        return app;
    }

    private static async Task<Ok<IReadOnlyList<ApiKeyView>>> List(KeyDesk desk, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<ApiKeyView>>([.. (await desk.ListAsync(ct)).Select(key => key.ToView())]);

    private static async Task<Results<Ok<IssuedKey>, ValidationProblem, ProblemHttpResult>> Issue(IssueKey key, HttpContext http, KeyRules rules, KeyDesk desk, CancellationToken ct)
    {
        if (rules.FaultsOf(key) is { Count: > 0 } faults) return TypedResults.ValidationProblem(faults, type: "urn:approvals:invalid-key", title: "This key cannot be issued.");
        if (await desk.IssueAsync(key, SignedIn.PersonOf(http.User), ct) is not { } issued)
            return TypedResults.Problem("This operation has issued its key already, and a key is shown only once. Revoke it if it was lost, and issue another.", statusCode: StatusCodes.Status409Conflict, type: "urn:approvals:key-issued-already");
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new IssuedKey(issued.Text, issued.Key.ToView()));
    }

    private static async Task<Results<Ok<ApiKeyView>, NotFound, ValidationProblem>> Revoke(Guid id, RevokeKey revoke, HttpContext http, KeyDesk desk, CancellationToken ct)
    {
        if (!KeyRules.IsReason(revoke.Reason)) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["reason"] = [KeyRules.ReasonNeeded] }, type: "urn:approvals:reason-needed");
        return await desk.RevokeAsync(id, revoke.Reason, SignedIn.PersonOf(http.User), ct) is { } key ? TypedResults.Ok(key.ToView()) : TypedResults.NotFound();
    }
}
