using System.Collections.Concurrent;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ApprovalsUI.Tests.Backend;

/// <summary>Keys in memory: issued once an operation, shown once.</summary>
public sealed class FakeKeys(TimeProvider clock)
{
    public const string Text = "apk_shownonce000000000000000000000000000000000000x7Qm";

    public ConcurrentDictionary<Guid, ApiKeyView> All { get; } = new();
    public ConcurrentQueue<IssueKey> Asked { get; } = new();
    public ConcurrentQueue<(Guid Key, string Reason)> Revoked { get; } = new();

    /// <summary>What the next requests meet instead; a key may be issued all the same.</summary>
    public ConcurrentQueue<Func<IResult>> Answers { get; } = new();

    /// <summary>When set, issuing waits for it.</summary>
    public Task Slowly { get; set; } = Task.CompletedTask;

    public void Put(ApiKeyView key) => All[key.Id] = key;

    internal void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/keys", (HttpContext context) => Manages(context, () => Results.Ok(All.Values.OrderByDescending(key => key.IssuedAt))));
        app.MapPost("/api/keys", async (IssueKey key, HttpContext context) =>
        {
            Asked.Enqueue(key);
            await Slowly;
            return Manages(context, () => Issue(key, FakeBackend.Caller(context)));
        });
        app.MapPost("/api/keys/{id:guid}/revoke", (Guid id, RevokeKey revoke, HttpContext context) => Manages(context, () =>
        {
            Revoked.Enqueue((id, revoke.Reason));
            var person = FakeBackend.Caller(context);
            return Results.Ok(All[id] = All[id] with { RevokedAt = clock.GetUtcNow(), RevokedBy = new(person.Subject, person.Name) });
        }));
    }

    public static IResult FreshSignInNeeded() => Results.Problem("This needs a fresh sign-in.", statusCode: 401, type: "urn:approvals:fresh-sign-in-needed");

    private IResult Issue(IssueKey key, PersonView person)
    {
        var view = Sample.Key(key.Account, clock.GetUtcNow()) with
        {
            Id = key.OperationId, Name = key.Name, Groups = key.Groups ?? [], Models = key.Models ?? [], Routes = key.Routes ?? [],
            Owner = key.Owner ?? person.Subject, IssuedBy = new PersonRef(person.Subject, person.Name), ExpiresAt = key.ExpiresAt,
        };
        return All.TryAdd(key.OperationId, view)
            ? Results.Ok(new IssuedKey(Text, view))
            : Results.Problem("This operation has issued its key already, and a key is shown only once. Revoke it if it was lost, and issue another.", statusCode: 409);
    }

    private IResult Manages(HttpContext context, Func<IResult> answer) =>
        Answers.TryDequeue(out var other) ? other()
        : FakeBackend.Caller(context).Permissions.Contains(Permissions.ManageKeys) ? answer() : Results.StatusCode(StatusCodes.Status403Forbidden);
}
