using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ApprovalsUI.Tests.Backend;

/// <summary>The console's two services, endpoint by endpoint.</summary>
internal static class FakeEndpoints
{
    internal static void MapReviews(this FakeBackend backend, IEndpointRouteBuilder app)
    {
        app.MapGet("/api/reviews", (string? state, long? after, string? cursor, int? take) => List(backend, state, after, cursor, take ?? 50));
        app.MapGet("/api/reviews/{id}", (string id, HttpContext context) => backend.Find(id) is { } review ? Results.Ok(For(backend, review, context)) : Results.NotFound());
        app.MapPost("/api/reviews/{id}/votes", (string id, CastVote vote, HttpContext context) => VoteAsync(backend, id, vote, context));
        app.MapGet("/api/reviews/{id}/context", (string id) => backend.Contexts.TryGetValue(id, out var context) ? Results.Ok(context) : Results.NotFound());
        app.MapPost("/api/reviews/{id}/pass", async (string id, PassReview pass, HttpContext context) =>
        {
            backend.Passes.Enqueue(pass);
            return Results.Ok(For(backend, await backend.ChangeDetailAsync(id, review => review with
            {
                Notes = [.. review.Notes, new(ReviewNoteKind.Passed, Person(context), backend.Now, pass.Reason, pass.Group)], MayNotVote = $"This stage waits for people of {pass.Group}.", MayPassTo = [],
            }), context));
        });
        app.MapPost("/api/reviews/{id}/questions", async (string id, AskCaller ask, HttpContext context) =>
        {
            backend.Questions.Enqueue(ask);
            return Results.Ok(For(backend, await backend.ChangeDetailAsync(id, review => review with { Notes = [.. review.Notes, new(ReviewNoteKind.Asked, Person(context), backend.Now, ask.Question)] }), context));
        });
        app.MapPost("/api/reviews/{id}/break-glass", (string id, BreakGlass deed, HttpContext context) => BreakGlassAsync(backend, id, deed, context));
        app.MapPost("/api/reviews/{id}/claim", (string id, ClaimReview claim, HttpContext context) => ClaimAsync(backend, id, claim, context));
        app.MapPost("/api/reviews/{id}/claim/release", async (string id, ReviewOperation _, HttpContext context) =>
        {
            backend.Claims.Enqueue($"release {id}");
            return Results.Ok(For(backend, await backend.ChangeAsync(id, review => review with { Claim = null }), context));
        });
        app.MapPost("/api/reviews/{id}/undo", async (string id, ReviewOperation _, HttpContext context) => Results.Ok(For(
            backend,
            await backend.ChangeAsync(id, review => review with { Status = ApprovalStatus.Revoked, ReleaseAt = null, DecidedAt = backend.Now }),
            context)));
    }

    internal static void MapGateway(this FakeBackend backend, IEndpointRouteBuilder app)
    {
        app.MapGet("/api/prompts/{ticket}", (string ticket) => backend.Prompts.TryGetValue(ticket, out var prompt) ? Results.Ok(prompt) : Results.NotFound());
        app.MapPost("/api/prompts/{ticket}/edits", (string ticket, EditPrompt edit, HttpContext context) =>
        {
            backend.Edits.Enqueue(edit);
            return backend.EditAnswers.TryDequeue(out var answer) ? answer() : Results.Ok(backend.Edit(ticket, edit, Person(context)));
        });
        app.MapPost("/api/prompts/{ticket}/reveals", (string ticket, RevealFinding reveal) =>
        {
            backend.Reveals.Enqueue(reveal);
            return backend.Hidden.TryGetValue((ticket, reveal.Finding), out var text)
                ? Results.Ok(new RevealedFinding(reveal.Finding, text))
                : Results.Problem("This finding has no hidden text.", statusCode: 404);
        });
        app.MapPost("/api/sign-outs", (HttpContext context) =>
        {
            backend.SignOuts.Enqueue(FakeBackend.Caller(context).Subject);
            return Results.NoContent();
        });
        app.MapGet("/api/access", (string? subject) =>
        {
            backend.AccessQueries.Enqueue(subject);
            return backend.Access is null ? Results.Problem("Not now.", statusCode: 403) : Results.Ok(backend.Access with { Asked = subject is null ? null : backend.Access.Asked });
        });
        app.MapGet("/api/trail", (HttpContext context, string? kind, string? actor, string? ticket, string? outcome, string? model, long? before, int? take) =>
        {
            backend.TrailQueries.Enqueue(context.Request.QueryString.Value ?? "");
            var found = backend.Trail
                .Where(entry => (kind is null || entry.Kind == kind) && (actor is null || entry.Actor == actor || entry.ActorName == actor)
                    && (ticket is null || entry.TicketId == ticket) && (outcome is null || entry.Outcome == outcome)
                    && (model is null || entry.Model == model) && (before is null || entry.Sequence < before))
                .OrderByDescending(entry => entry.Sequence).ToList();
            var page = found.Take(take ?? 50).ToList();
            return new TrailPage(page, found.Count > page.Count ? page[^1].Sequence : null);
        });
    }

    internal static void MapAlerts(this FakeBackend backend, IEndpointRouteBuilder app)
    {
        app.MapGet("/api/alerts", () =>
        {
            backend.AlertQueries++;
            return backend.Alerts.ToArray();
        });
        app.MapPost("/api/alerts/{id}/dismiss", (Guid id) =>
        {
            backend.Alerts = [.. backend.Alerts.Where(alert => alert.Id != id)];
            return Results.NoContent();
        });
    }

    private static ReviewPage List(FakeBackend backend, string? state, long? after, string? cursor, int take)
    {
        var found = backend.Reviews.Select(review => review.Summary)
            .Where(review => (after is null || review.Sequence > after)
                && (state is null || (state == "decided") == review.Status.IsDecided()))
            .OrderByDescending(review => review.Sequence).ToList();
        var skip = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var next = skip + take < found.Count ? (skip + take).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return new([.. found.Skip(skip).Take(take)], next, backend.Sequence, found.Count(review => review.Status == ApprovalStatus.Pending));
    }

    private static async Task<IResult> VoteAsync(FakeBackend backend, string id, CastVote vote, HttpContext context)
    {
        backend.Votes.Enqueue(vote);
        if (backend.VoteAnswers.TryDequeue(out var answer))
        {
            return answer();
        }

        if (backend.Find(id) is not { } review)
        {
            return Results.NotFound();
        }

        var caller = FakeBackend.Caller(context);
        var person = new PersonRef(caller.Subject, caller.Name);
        var approvals = review.Summary.Approvals + (vote.Approve ? 1 : 0);
        var status = !vote.Approve ? ApprovalStatus.Rejected : approvals >= review.Summary.Needed ? ApprovalStatus.Approved : ApprovalStatus.Pending;
        var decided = status != ApprovalStatus.Pending;
        var changed = await backend.PutAsync(review with
        {
            Votes = [.. review.Votes, new(person, vote.Approve, vote.Reason, review.Summary.Stage, backend.Now)],
            Reason = vote.Reason,
            Summary = review.Summary with
            {
                Status = status,
                Approvals = approvals,
                Claim = null,
                DeadlineAt = decided ? null : review.Summary.DeadlineAt,
                DecidedAt = decided ? backend.Now : null,
                DecidedBy = decided ? [person] : [],
                ReleaseAt = status == ApprovalStatus.Approved ? backend.Now.AddSeconds(8) : null,
            },
        });
        return Results.Ok(For(backend, changed, context));
    }

    private static async Task<IResult> BreakGlassAsync(FakeBackend backend, string id, BreakGlass deed, HttpContext context)
    {
        backend.Glass.Enqueue(deed);
        if (backend.VoteAnswers.TryDequeue(out var answer))
        {
            return answer();
        }

        var caller = FakeBackend.Caller(context);
        var person = new PersonRef(caller.Subject, caller.Name);
        if (backend.Find(id) is not { } review)
        {
            return Results.NotFound();
        }

        var changed = await backend.PutAsync(review with
        {
            Glass = new(person, deed.Reason, backend.Now),
            Summary = review.Summary with
            {
                Status = ApprovalStatus.Approved, DeadlineAt = null, DecidedAt = backend.Now, DecidedBy = [person], BrokeGlass = person, ReleaseAt = backend.Now.AddSeconds(8),
            },
        });
        return Results.Ok(For(backend, changed, context));
    }

    private static async Task<IResult> ClaimAsync(FakeBackend backend, string id, ClaimReview claim, HttpContext context)
    {
        backend.Claims.Enqueue($"claim {id}");
        var person = FakeBackend.Caller(context);
        return Results.Ok(For(
            backend,
            await backend.ChangeAsync(id, review => review with { Claim = new(new(person.Subject, person.Name), backend.Now.AddSeconds(60), review.Claim?.Since ?? backend.Now, claim.Writing) }),
            context));
    }

    private static PersonRef Person(HttpContext context)
    {
        var caller = FakeBackend.Caller(context);
        return new(caller.Subject, caller.Name);
    }

    private static ReviewDetail For(FakeBackend backend, ReviewDetail review, HttpContext context)
    {
        var person = FakeBackend.Caller(context);
        return review with
        {
            MayBreakGlass = review.Summary.Status == ApprovalStatus.Pending && person.Permissions.Contains(Permissions.BreakGlass),
            MayNotVote = review.MayNotVote
                ?? (review.Summary.Status != ApprovalStatus.Pending ? "This review has been decided."
                : review.Votes.Any(vote => vote.Person.Subject == person.Subject) ? "You have voted. Somebody else has to agree."
                : null),
        };
    }
}
