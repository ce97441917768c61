using System.Collections.Concurrent;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ApprovalsUI.Tests.Backend;

/// <summary>The gateway's known cases in memory.</summary>
public sealed class FakeKnown(TimeProvider clock)
{
    public int PerDay { get; set; }
    public ConcurrentDictionary<Guid, KnownCaseView> Cases { get; } = new();
    public ConcurrentQueue<AddKnown> Added { get; } = new();

    /// <summary>What the next acts meet instead.</summary>
    public ConcurrentQueue<Func<IResult>> Answers { get; } = new();

    /// <summary>How often the list was asked for.</summary>
    public int Looks { get; private set; }

    internal void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/known/notice", () => Or(() => Results.Ok(new KnownNotice(PerDay))));
        app.MapGet("/api/known", () =>
        {
            Looks++;
            return Or(() => Results.Ok(new KnownList(PerDay, [.. Cases.Values.OrderByDescending(known => known.AddedAt)])));
        });
        app.MapPost("/api/known", (AddKnown known, HttpContext context) =>
        {
            Added.Enqueue(known);
            return Or(() => Results.Ok(Cases.GetOrAdd(known.OperationId, id => Sample.Known(id, clock.GetUtcNow()) with
            {
                Name = known.Name, Expected = known.Expected, Why = known.Why, Caller = known.Caller, AddedBy = new PersonRef(FakeBackend.Caller(context).Subject, FakeBackend.Caller(context).Name),
            })));
        });
        app.MapDelete("/api/known/{id:guid}", (Guid id) => Or(() => Cases.TryRemove(id, out _) ? Results.NoContent() : Results.NotFound()));
    }

    private IResult Or(Func<IResult> answer) => Answers.TryDequeue(out var other) ? other() : answer();
}
