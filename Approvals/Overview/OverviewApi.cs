using System.Security.Claims;
using System.Text;
using Approvals.Identity;
using Contracts;
using Contracts.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Approvals.Overview;

/// <summary>
/// Reviewers see the figures of what they may see anyway; what other people did, each by themself, only who reads the trail.
/// </summary>
internal static class OverviewApi
{
    private const int MostDays = 90;

    public static void MapOverview(this IEndpointRouteBuilder app)
    {
        var overview = app.MapGroup("/api/overview").WithTags("Overview").RequireAuthorization(ReviewPolicies.Read)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        overview.MapGet("", Read).WithName("GetOverview").WithSummary("What waits for people now, and how the last days' reviews went.");
        overview.MapGet("/{table}.csv", ReadTable).WithName("GetOverviewTable")
            .WithSummary("One table of the same as CSV: days, rules, groups, people, known or suggestions.")
            .Produces<string>(contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<OverviewReport>, ProblemHttpResult>> Read(
        ClaimsPrincipal user, OverviewReader reader, TimeProvider clock, CancellationToken ct, int days = 7, string zone = "UTC") =>
        Days(days, zone, clock) is { } period ? TypedResults.Ok(await ReadAsync(user, reader, period, ct)) : BadRequest();

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ReadTable(
        string table, ClaimsPrincipal user, OverviewReader reader, TimeProvider clock, CancellationToken ct, int days = 7, string zone = "UTC")
    {
        if (Days(days, zone, clock) is not { } period) return BadRequest();
        return OverviewTables.Write(table, await ReadAsync(user, reader, period, ct)) is { } csv
            ? TypedResults.Text(csv, "text/csv; header=present", Encoding.UTF8)
            : Problem(StatusCodes.Status404NotFound, "table-not-found", "No such table", "The tables are days, rules, groups, people, known and suggestions.");
    }

    private static Task<OverviewReport> ReadAsync(ClaimsPrincipal user, OverviewReader reader, LocalDays days, CancellationToken ct) =>
        reader.ReadAsync(Reviewer.Of(user), seesEverybody: user.HasClaim(PersonClaims.Permission, Permissions.ReadTrail), days, ct);

    private static LocalDays? Days(int days, string zone, TimeProvider clock) =>
        days is >= 1 and <= MostDays && LocalDays.FindZone(zone) is { } found ? new LocalDays(found, days, clock.GetUtcNow()) : null;

    private static ProblemHttpResult BadRequest() => Problem(
        StatusCodes.Status400BadRequest, "period", "Not a usable request", $"days is 1 to {MostDays}, zone the IANA name of a time zone, such as Europe/Berlin.");

    private static ProblemHttpResult Problem(int status, string type, string title, string sentence) =>
        TypedResults.Problem(sentence, statusCode: status, title: title, type: "urn:approvals:problem:" + type);
}
