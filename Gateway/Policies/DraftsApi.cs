using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Gateway.Identity;
using Gateway.Policy;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Policies;

/// <summary>Changes on their way: written by one person, agreed to by another.</summary>
internal static class DraftsApi
{
    private const int LongestNote = 500;

    public static IEndpointRouteBuilder MapDrafts(this IEndpointRouteBuilder app, RouteGroupBuilder policies)
    {
        policies.MapGet("/drafts/{id:guid}", Find).RequireAuthorization(PolicyExtensions.ReadPolicy)
            .WithName("GetDraft").WithSummary("One draft: its text, what it changes, and what it would have done.");

        var edit = policies.MapGroup("/drafts/{id:guid}").RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.EditPolicy));
        edit.MapPut("", Write).WithName("WriteDraft").WithSummary("Writes a draft, a new one under an id of the client's choosing. Its author may write it anew until it is over.");
        edit.MapPost("/propose", Propose).WithName("ProposeDraft").WithSummary("Asks somebody else to agree, with what it would have done to the last week attached.");
        edit.MapPost("/withdraw", Withdraw).WithName("WithdrawDraft").WithSummary("Its author takes it back.");
        edit.MapPost("/shadow", Shadow).WithName("ShadowDraft").WithSummary("Lets it judge live traffic along, or stops that. It decides nothing; one draft at a time.");

        var approve = policies.MapGroup("/drafts/{id:guid}").RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.ApprovePolicy));
        approve.MapPost("/approve", Approve).WithName("ApproveDraft").WithSummary("Puts it in force. Never by its author.");
        approve.MapPost("/reject", Reject).WithName("RejectDraft").WithSummary("Says no, and why.");
        return app;
    }

    private static async Task<Results<Ok<PolicyDraftView>, NotFound>> Find(Guid id, IDbContextFactory<GatewayStore> stores, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var name = IdOf(id);
        if (await store.Set<PolicyDraft>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == name, ct) is not { } draft) return TypedResults.NotFound();
        var before = await store.Set<PolicyVersion>().Where(v => v.Number == draft.Base).Select(v => v.Text).SingleOrDefaultAsync(ct) ?? "";
        var counts = await store.Set<ShadowCount>().AsNoTracking().Where(c => c.DraftId == name).OrderBy(c => c.Now).ThenBy(c => c.Then).ToListAsync(ct);
        return TypedResults.Ok(draft.View(before, counts));
    }

    private static async Task<IResult> Write(Guid id, WriteDraft draft, ClaimsPrincipal user, PolicyBook book, CancellationToken ct) =>
        draft.Note is { Length: > LongestNote } ? TypedResults.Problem($"A note has at most {LongestNote} characters.", statusCode: 400, type: "urn:approvals:note-too-long")
        : PolicyProblems.Answer(await book.WriteAsync(IdOf(id), PolicyProblems.Who(user), draft.Text ?? "", draft.Note, draft.Version, ct));

    private static async Task<IResult> Propose(Guid id, ClaimsPrincipal user, PolicyBook book, CancellationToken ct) => PolicyProblems.Answer(await book.ProposeAsync(IdOf(id), PolicyProblems.Who(user), ct));

    private static async Task<IResult> Withdraw(Guid id, ClaimsPrincipal user, PolicyBook book, CancellationToken ct) => PolicyProblems.Answer(await book.WithdrawAsync(IdOf(id), PolicyProblems.Who(user), ct));

    private static async Task<IResult> Shadow(Guid id, ShadowDraft shadow, ClaimsPrincipal user, PolicyBook book, CancellationToken ct) =>
        PolicyProblems.Answer(await book.WatchAsync(IdOf(id), PolicyProblems.Who(user), shadow.On, ct));

    private static async Task<IResult> Approve(Guid id, ApproveDraft approval, ClaimsPrincipal user, PolicyBook book, CancellationToken ct) =>
        PolicyProblems.Answer(await book.ApproveAsync(IdOf(id), PolicyProblems.Who(user), approval.Digest ?? "", approval.Reason, ct));

    private static async Task<IResult> Reject(Guid id, PolicyReason no, ClaimsPrincipal user, PolicyBook book, CancellationToken ct) =>
        PolicyProblems.ReasonMissing(no.Reason) ?? PolicyProblems.Answer(await book.RejectAsync(IdOf(id), PolicyProblems.Who(user), no.Reason.Trim(), ct));

    private static string IdOf(Guid id) => $"dft_{id:N}";
}
