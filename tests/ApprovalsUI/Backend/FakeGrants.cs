using System.Collections.Concurrent;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ApprovalsUI.Tests.Backend;

/// <summary>Grants in memory, each operation once.</summary>
public sealed class FakeGrants(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, GrantView> all = new(StringComparer.Ordinal);
    private int looks;

    public ConcurrentQueue<MakeGrant> Asked { get; } = new();
    public ConcurrentQueue<(string Grant, string Reason)> Revoked { get; } = new();

    /// <summary>What the next acts meet instead.</summary>
    public ConcurrentQueue<Func<IResult>> Answers { get; } = new();

    /// <summary>How many people a new one takes.</summary>
    public int Needed { get; set; } = 1;

    /// <summary>The list is not given out.</summary>
    public bool Silent { get; set; }

    /// <summary>How often the list was asked for.</summary>
    public int Looks => looks;

    public void Put(GrantView grant) => all[grant.Id] = grant;

    internal void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/grants", () =>
        {
            Interlocked.Increment(ref looks);
            return Silent ? Results.StatusCode(503) : Results.Ok(all.Values.OrderByDescending(grant => grant.CreatedAt));
        });
        app.MapPost("/api/grants", (MakeGrant make, HttpContext context) =>
        {
            Asked.Enqueue(make);
            return Or(() => Results.Ok(all.GetOrAdd($"gnt_{make.OperationId:N}", id => Agreed(Sample.Grant(id, clock.GetUtcNow()) with
            {
                TicketId = make.TicketId, Minutes = make.Minutes, MostUses = make.Uses, Reason = make.Reason, Needed = Needed, GrantedBy = [Who(context)],
            }))));
        });
        app.MapPost("/api/grants/{id}/agree", (string id, HttpContext context) => Or(() => Results.Ok(all[id] = Agreed(all[id] with { GrantedBy = [.. all[id].GrantedBy, Who(context)] }))));
        app.MapPost("/api/grants/{id}/revoke", (string id, RevokeGrant revoke, HttpContext context) =>
        {
            Revoked.Enqueue((id, revoke.Reason));
            return Or(() => Results.Ok(all[id] = all[id] with { Status = "revoked", RevokedBy = Who(context), RevokedAt = clock.GetUtcNow() }));
        });
    }

    private GrantView Agreed(GrantView grant) => grant.GrantedBy.Count >= grant.Needed
        ? grant with { Status = "active", ExpiresAt = clock.GetUtcNow().AddMinutes(grant.Minutes) }
        : grant with { Status = "proposed", ExpiresAt = null };

    private IResult Or(Func<IResult> answer) => Answers.TryDequeue(out var other) ? other() : answer();

    private static PersonRef Who(HttpContext context) => FakeBackend.Caller(context) is var person ? new(person.Subject, person.Name) : throw new System.Diagnostics.UnreachableException();
}
