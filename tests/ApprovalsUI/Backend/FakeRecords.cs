using System.Collections.Concurrent;
using Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ApprovalsUI.Tests.Backend;

/// <summary>Interactions, questions, evidence, holds and erasures in memory, with all that was asked for.</summary>
public sealed class FakeRecords(TimeProvider clock)
{
    private int looks;

    public ConcurrentDictionary<string, InteractionView> Interactions { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<string, OpenedInteraction> Texts { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<int, string> Hidden { get; } = new();
    public ConcurrentDictionary<Guid, HoldView> Holds { get; } = new();

    public ConcurrentQueue<(string Interaction, string Reason)> Opens { get; } = new();
    public ConcurrentQueue<(string Interaction, string Reason)> Resends { get; } = new();
    public ConcurrentQueue<RevealFinding> Reveals { get; } = new();
    public ConcurrentQueue<WhoAsked> Asked { get; } = new();
    public ConcurrentQueue<DidItLeave> Left { get; } = new();
    public ConcurrentQueue<WhoGotPast> Past { get; } = new();
    public ConcurrentQueue<ExportEvidence> Exports { get; } = new();
    public ConcurrentQueue<EraseTexts> Erasures { get; } = new();
    public ConcurrentQueue<PlaceHold> Placed { get; } = new();
    public ConcurrentQueue<(Guid Hold, string Reason)> Lifted { get; } = new();

    public Found<AskedBy> Askers { get; set; } = new([], 0, false);
    public Found<LeftBy> Leavers { get; set; } = new([], 0, false);
    public Found<GotPast> Passers { get; set; } = new([], 0, false);
    public ErasedTexts Came { get; set; } = new(1, 0, 0);
    public JudgedAgain? Judged { get; set; }

    /// <summary>What the next acts meet instead.</summary>
    public ConcurrentQueue<Func<IResult>> Answers { get; } = new();

    /// <summary>How often anything was asked for without a reason.</summary>
    public int Looks => looks;

    internal void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/interactions/{id}", (string id) =>
        {
            Interlocked.Increment(ref looks);
            return Or(() => Interactions.TryGetValue(id, out var view) ? Results.Ok(view) : Results.NotFound());
        });
        app.MapPost("/api/interactions/{id}/open", (string id, OpenInteraction open) => Do(() => Opens.Enqueue((id, open.Reason)), () => Results.Ok(Texts[id])));
        app.MapPost("/api/interactions/{id}/reveals", (string id, RevealFinding reveal) => Do(() => Reveals.Enqueue(reveal), () => Results.Ok(new RevealedFinding(reveal.Finding, Hidden[reveal.Finding]))));
        app.MapPost("/api/interactions/{id}/resend", (string id, OpenInteraction again) => Do(() => Resends.Enqueue((id, again.Reason)), () => Results.Ok(new ResentInteraction("int_2", null, 200))));
        app.MapPost("/api/interactions/{id}/judge", (string id, JudgeAgain judge) =>
            Judged is null ? Results.Problem($"There is no policy {judge.Policy}.", statusCode: 404) : Results.Ok(Judged with { Now = Judged.Now with { Policy = judge.Policy } }));
        app.MapPost("/api/questions/who-asked", (WhoAsked question) => Do(() => Asked.Enqueue(question), () => Results.Ok(Askers)));
        app.MapPost("/api/questions/did-it-leave", (DidItLeave question) => Do(() => Left.Enqueue(question), () => Results.Ok(Leavers)));
        app.MapPost("/api/questions/who-got-past", (WhoGotPast question) => Do(() => Past.Enqueue(question), () => Results.Ok(Passers)));
        app.MapPost("/api/evidence", (ExportEvidence export) => Do(() => Exports.Enqueue(export), () => Results.Bytes("PK"u8.ToArray(), "application/zip", "evidence.zip")));
        app.MapPost("/api/erasures", (EraseTexts erase) => Do(() => Erasures.Enqueue(erase), () =>
        {
            foreach (var id in erase.Ids)
            {
                Interactions[id] = Interactions[id] with { Texts = Came.Erased > 0 ? TextState.Erased : Interactions[id].Texts };
            }

            return Results.Ok(Came);
        }));
        app.MapGet("/api/holds", () =>
        {
            Interlocked.Increment(ref looks);
            return Or(() => Results.Ok(Holds.Values.OrderByDescending(hold => hold.PlacedAt)));
        });
        app.MapPost("/api/holds", (PlaceHold place, HttpContext context) => Do(() => Placed.Enqueue(place), () =>
        {
            if (place.InteractionId is { } id && Interactions.TryGetValue(id, out var view))
            {
                Interactions[id] = view with { Held = true };
            }

            return Results.Ok(Holds.GetOrAdd(place.OperationId, hold => Sample.Hold(hold, clock.GetUtcNow()) with
            {
                Subject = place.Subject, InteractionId = place.InteractionId, From = place.From, To = place.To, Reason = place.Reason, PlacedBy = FakeBackend.Caller(context).Subject,
            }));
        }));
        app.MapPost("/api/holds/{id:guid}/lift", (Guid id, LiftHold lift) =>
            Do(() => Lifted.Enqueue((id, lift.Reason)), () => Results.Ok(Holds[id] = Holds[id] with { LiftedAt = clock.GetUtcNow() })));
    }

    private IResult Do(Action note, Func<IResult> answer)
    {
        note();
        return Or(answer);
    }

    private IResult Or(Func<IResult> answer) => Answers.TryDequeue(out var other) ? other() : answer();
}
