using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Identity;
using Gateway.Policy;
using Gateway.Policy.Yaml;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Policies;

/// <summary>The policy in force and before it: reading, and putting a version in force in the ways that need no draft.</summary>
internal static class PoliciesApi
{
    private const int Most = 50;
    private const int LargestBody = 2 * PolicyReader.LongestText;

    public static IEndpointRouteBuilder MapPolicies(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/policies").WithTags("Policy").WithMetadata(new RequestSizeLimitAttribute(LargestBody)).AddEndpointFilter<NothingUnrecorded>();
        group.MapGet("/schema.json", Schema).AllowAnonymous().WithName("PolicySchema").WithSummary("JSON Schema of a policy, for editors.");

        var read = group.MapGroup("").RequireAuthorization(PolicyExtensions.ReadPolicy);
        read.MapGet("", List).WithName("ListPolicies").WithSummary("What is in force, what was, and what is being changed.");
        read.MapGet("/{number:int}", Find).WithName("GetPolicy").WithSummary("One version: its text, and what it changed.");
        read.MapGet("/{number:int}/yaml", Yaml).WithName("DownloadPolicy").WithSummary("One version's YAML as it came into force.");
        read.MapPost("/check", Check).WithName("CheckPolicy").WithSummary("Everything that is wrong with a policy's text, with its line. Keeps nothing.");
        read.MapPost("/thresholds", Move).WithName("MoveThresholds").WithSummary("A text with its thresholds moved and every other letter as it was. Keeps nothing.");

        var edit = group.MapGroup("").RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.EditPolicy));
        edit.MapPost("/tighten", Tighten).WithName("TightenPolicy").WithSummary("In force at once, if it can only be stricter; somebody else looks at it afterwards.");

        var approve = group.MapGroup("").RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.ApprovePolicy));
        approve.MapPost("/{number:int}/rollback", RollBack).WithName("RollBackPolicy").WithSummary("An earlier version's text in force once more.");
        approve.MapPost("/{number:int}/review", Review).WithName("ReviewEmergency").WithSummary("Says that somebody else has looked at an emergency and leaves it in force.");
        return app.MapDrafts(group);
    }

    private static async Task<Ok<PolicyOverview>> List(IDbContextFactory<GatewayStore> stores, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var versions = await store.Set<PolicyVersion>().AsNoTracking().OrderByDescending(v => v.Number).Take(Most).ToListAsync(ct);
        var drafts = await store.Set<PolicyDraft>().AsNoTracking().OrderByDescending(d => d.ChangedAt).Take(Most).ToListAsync(ct);
        return TypedResults.Ok(new PolicyOverview
        {
            Current = versions[0].Number, // there is one from the first start on
            Versions = [.. versions.Select(version => version.View())],
            Drafts = [.. drafts.OrderBy(draft => draft.IsOver).Select(draft => draft.View())],
        });
    }

    private static async Task<Results<Ok<PolicyVersionView>, NotFound>> Find(int number, IDbContextFactory<GatewayStore> stores, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var both = await store.Set<PolicyVersion>().AsNoTracking().Where(v => v.Number == number || v.Number == number - 1).OrderByDescending(v => v.Number).ToListAsync(ct);
        return both is [{ } version, ..] && version.Number == number ? TypedResults.Ok(version.View(both is [_, { } before] ? before.Text : "")) : TypedResults.NotFound();
    }

    private static async Task<Results<ContentHttpResult, NotFound>> Yaml(int number, IDbContextFactory<GatewayStore> stores, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var text = await store.Set<PolicyVersion>().Where(v => v.Number == number).Select(v => v.Text).SingleOrDefaultAsync(ct);
        return text is null ? TypedResults.NotFound() : TypedResults.Text(text, "application/yaml");
    }

    private static Ok<PolicyCheckResult> Check(CheckPolicy policy, PolicyWorld world) => TypedResults.Ok(new PolicyCheckResult(PolicyProblems.Of(PolicyReader.Read(policy.Text ?? "", world).Errors)));

    private static Results<Ok<CheckPolicy>, ProblemHttpResult> Move(MoveThresholds move)
    {
        var text = move.Text ?? "";
        foreach (var (line, score) in new[] { ("mask", move.Mask), ("park", move.Park), ("block", move.Block) })
        {
            if (ThresholdText.With(text, line, score) is not { } moved)
                return TypedResults.Problem($"The text has no 'thresholds.{line}' that could be moved.", statusCode: 422, type: "urn:approvals:policy-wrong");
            text = moved;
        }
        return TypedResults.Ok(new CheckPolicy(text));
    }

    private static async Task<IResult> Tighten(TightenPolicy tighten, ClaimsPrincipal user, PolicyBook book, CancellationToken ct) =>
        PolicyProblems.ReasonMissing(tighten.Reason) ?? PolicyProblems.Answer(await book.TightenAsync(PolicyProblems.Who(user), tighten.Text ?? "", tighten.Current, tighten.Reason.Trim(), ct));

    private static async Task<IResult> RollBack(int number, RollBackPolicy back, ClaimsPrincipal user, PolicyBook book, CancellationToken ct) =>
        PolicyProblems.ReasonMissing(back.Reason) ?? PolicyProblems.Answer(await book.RollBackAsync(number, PolicyProblems.Who(user), back.Current, back.Reason.Trim(), ct));

    private static async Task<IResult> Review(int number, PolicyReason reason, ClaimsPrincipal user, PolicyBook book, CancellationToken ct) =>
        PolicyProblems.ReasonMissing(reason.Reason) ?? PolicyProblems.Answer(await book.ReviewAsync(number, PolicyProblems.Who(user), reason.Reason.Trim(), ct));

    private static ContentHttpResult Schema() => TypedResults.Text(PolicySchema.Json, "application/schema+json");
}
