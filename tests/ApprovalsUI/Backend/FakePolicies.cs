using System.Collections.Concurrent;
using System.Text.Json;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ApprovalsUI.Tests.Backend;

/// <summary>Versions and drafts in memory, and every request about them as it came.</summary>
public sealed class FakePolicies
{
    public const string Text = "name: Standard\nthresholds:\n  mask: 30\n  park: 60\n  block: 95\nreview: {stages: [{groups: [reviewers]}]}\n";
    private readonly ConcurrentDictionary<Guid, PolicyDraftView> drafts = new();

    /// <summary>Newest first.</summary>
    public List<PolicyVersionView> Versions { get; } = [];

    /// <summary>What was asked: method, path below <c>/api/policies</c>, body.</summary>
    public ConcurrentQueue<(string Act, JsonElement Body)> Asked { get; } = new();

    /// <summary>What the next changes meet instead of being made.</summary>
    public ConcurrentQueue<Func<IResult>> Answers { get; } = new();

    public IReadOnlyList<PolicyProblem> Errors { get; set; } = [];

    public Func<AskWhatIf, WhatIfReport> WhatIf { get; set; } = ask => Report(ask.Text?.Contains("park: 60", StringComparison.Ordinal) == true ? 0 : 3);

    /// <summary>When set, a question waits for it; a newer one does not wait for the older.</summary>
    public Func<AskWhatIf, CancellationToken, Task>? Slowly { get; set; }

    public void Put(PolicyDraftView draft) => drafts[IdOf(draft.Id)] = draft;

    public PolicyDraftView Draft(Guid id) => drafts[id];

    public IReadOnlyList<PolicyDraftView> Drafts => [.. drafts.Values];

    public IReadOnlyList<JsonElement> Bodies(string act) => [.. Asked.Where(asked => asked.Act == act).Select(asked => asked.Body)];

    internal void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/policies", (HttpContext context) => MayRead(context) ? Results.Ok(new PolicyOverview
        {
            Current = Versions[0].Number, Versions = [.. Versions.Select(version => version with { Text = null, Diff = null })], Drafts = [.. drafts.Values.Select(draft => draft with { Text = null, Diff = null, WhatIf = null })],
        }) : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapGet("/api/policies/{number:int}", (int number) => Versions.Find(version => version.Number == number) is { } found ? Results.Ok(found) : Results.NotFound());
        app.MapGet("/api/policies/drafts/{id:guid}", (Guid id) => drafts.TryGetValue(id, out var draft) ? Results.Ok(draft) : Results.NotFound());
        app.MapPost("/api/policies/check", (CheckPolicy policy) => Note("check", policy, () => Results.Ok(new PolicyCheckResult(Errors))));
        app.MapPost("/api/policies/thresholds", (MoveThresholds move) => Note("thresholds", move, () => Results.Ok(new CheckPolicy(TextWith(move)))));
        app.MapPost("/api/policies/what-if", async (AskWhatIf ask, CancellationToken gone) =>
        {
            Asked.Enqueue(("what-if", JsonSerializer.SerializeToElement(ask, JsonWire.Options)));
            if (Slowly is { } slowly) await slowly(ask, gone);
            return Answers.TryDequeue(out var answer) ? answer() : Results.Ok(WhatIf(ask));
        });
        app.MapPut("/api/policies/drafts/{id:guid}", (Guid id, WriteDraft words, HttpContext context) => Note("write", words, () => Keep(id, draft => (draft ?? Sample.Draft(id, Who(context))) with
        {
            Text = words.Text, Note = words.Note, Status = "open", Version = (draft?.Version ?? 0) + 1, Base = Versions[0].Number, WhatIf = null,
        })));
        app.MapPost("/api/policies/drafts/{id:guid}/propose", (Guid id) => Note("propose", null, () => Keep(id, draft => draft! with { Status = "proposed", WhatIf = Report(3) }))); // there are only known ones
        app.MapPost("/api/policies/drafts/{id:guid}/withdraw", (Guid id, HttpContext context) => Note("withdraw", null, () => Keep(id, draft => draft! with { Status = "withdrawn", DecidedBy = Who(context) })));
        app.MapPost("/api/policies/drafts/{id:guid}/shadow", (Guid id, ShadowDraft shadow) => Note("shadow", shadow, () => Keep(id, draft => draft! with { Shadow = shadow.On })));
        app.MapPost("/api/policies/drafts/{id:guid}/reject", (Guid id, PolicyReason no, HttpContext context) =>
            Note("reject", no, () => Keep(id, draft => draft! with { Status = "rejected", Reason = no.Reason, DecidedBy = Who(context) })));
        app.MapPost("/api/policies/drafts/{id:guid}/approve", (Guid id, ApproveDraft yes, HttpContext context) => Note("approve", yes, () =>
        {
            Keep(id, draft => draft! with { Status = "approved", DecidedBy = Who(context), Became = Versions[0].Number + 1 });
            return Results.Ok(Add("draft", drafts[id].Author));
        }));
        app.MapPost("/api/policies/tighten", (TightenPolicy tighten, HttpContext context) => Note("tighten", tighten, () => Results.Ok(Add("emergency", Who(context)))));
        app.MapPost("/api/policies/{number:int}/rollback", (int number, RollBackPolicy back, HttpContext context) => Note($"rollback {number}", back, () => Results.Ok(Add("rollback", Who(context), number))));
        app.MapPost("/api/policies/{number:int}/review", (int number, PolicyReason seen, HttpContext context) => Note($"review {number}", seen, () =>
        {
            var at = Versions.FindIndex(version => version.Number == number);
            return Results.Ok(Versions[at] = Versions[at] with { AwaitsReview = false, ReviewedBy = Who(context) });
        }));
    }

    public static WhatIfReport Report(int changed, int judged = 120, params ChangedDecision[] changes) => new()
    {
        From = new(2026, 11, 15, 14, 0, 0, TimeSpan.Zero), To = new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero), Judged = judged, Truncated = false,
        Now = new Dictionary<string, int> { ["forward"] = 100, ["mask"] = 10, ["park"] = 8, ["block"] = 2 },
        Then = new Dictionary<string, int> { ["forward"] = 100, ["mask"] = 10 + changed, ["park"] = 8 - changed, ["block"] = 2 },
        Scores = [.. Enumerable.Range(0, 101).Select(score => judged == 0 ? 0 : score switch { 0 => 100, 40 => 10, 70 => 8, 98 => 2, _ => 0 })],
        Days = [new(new DateOnly(2026, 11, 21), 5, 5 - changed), new(new DateOnly(2026, 11, 22), 3, 3)], Groups = [new("", 20, 1, 1), new("engineering", 100, 7, 7 - changed)],
        Changed = changed, Changes = changes,
        ReleasedNowBlocked = changes.Count(change => change is { People: "released", Then: "block" }), RejectedNowForwarded = changes.Count(change => change is { People: "rejected", Then: "forward" }),
    };

    private IResult Note(string act, object? body, Func<IResult> make)
    {
        Asked.Enqueue((act, JsonSerializer.SerializeToElement(body, JsonWire.Options)));
        return act is not ("check" or "thresholds") && Answers.TryDequeue(out var answer) ? answer() : make();
    }

    private IResult Keep(Guid id, Func<PolicyDraftView?, PolicyDraftView> change) => Results.Ok(drafts[id] = change(drafts.GetValueOrDefault(id)));

    private PolicyVersionView Add(string origin, PersonRef author, int? to = null)
    {
        var version = Sample.Version(Versions[0].Number + 1, origin, author) with { RolledBackTo = to };
        Versions.Insert(0, version);
        return version;
    }

    private static string TextWith(MoveThresholds move) => move.Text.Replace("mask: 30", $"mask: {move.Mask}", StringComparison.Ordinal)
        .Replace("park: 60", $"park: {move.Park}", StringComparison.Ordinal).Replace("block: 95", $"block: {move.Block}", StringComparison.Ordinal);

    private static bool MayRead(HttpContext context) => FakeBackend.Caller(context).Permissions.Any(may => may is Permissions.EditPolicy or Permissions.ApprovePolicy or Permissions.ReadTrail);

    private static PersonRef Who(HttpContext context) => FakeBackend.Caller(context) is var person ? new(person.Subject, person.Name) : throw new System.Diagnostics.UnreachableException();

    private static Guid IdOf(string id) => Guid.Parse(id.Replace("dft_", "", StringComparison.Ordinal));
}
