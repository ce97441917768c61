using System.ComponentModel;
using System.Text.Json;
using Contracts;
using Contracts.Api;
using Gateway.Identity;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Audit;

/// <summary>The trail for people who may read it. Reading only: there is nothing here that changes an entry.</summary>
internal static class TrailApi
{
    private const int LongestPage = 200;

    public static IEndpointRouteBuilder MapTrail(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/trail", List)
            .RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.ReadTrail))
            .WithTags("Trail").WithName("ListTrail").WithSummary("Trail entries, newest first, filtered.");
        return app;
    }

    private static async Task<Ok<TrailPage>> List(
        IDbContextFactory<GatewayStore> stores, CancellationToken ct,
        [Description("Only this kind, e.g. interaction, parked, decision.")] string? kind = null,
        [Description("Only this caller or person.")] string? actor = null,
        [Description("Only this ticket.")] string? ticket = null,
        string? outcome = null, string? model = null, string? decision = null, string? rule = null,
        [Description("Only what callers of this group sent.")] string? group = null,
        [Description("Only this interaction.")] string? interaction = null,
        [Description("Only what this policy version judged, e.g. v12.")] string? version = null,
        [Description("Only entries with this score or a higher one.")] int? least = null,
        DateTimeOffset? from = null, DateTimeOffset? to = null,
        [Description("Only entries with a finding of this type, e.g. EMAIL_ADDRESS.")] string? finding = null,
        [Description("Only entries older than this sequence number.")] long? before = null,
        int take = 50)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var entries = store.Set<TrailEntry>().AsNoTracking();
        if (!string.IsNullOrEmpty(kind)) entries = entries.Where(e => e.Kind == kind);
        if (!string.IsNullOrEmpty(actor)) entries = entries.Where(e => e.Actor == actor || e.ActorName == actor);
        if (!string.IsNullOrEmpty(ticket)) entries = entries.Where(e => e.TicketId == ticket);
        if (!string.IsNullOrEmpty(outcome)) entries = entries.Where(e => e.Outcome == outcome);
        if (!string.IsNullOrEmpty(model)) entries = entries.Where(e => e.Model == model);
        if (!string.IsNullOrEmpty(decision)) entries = entries.Where(e => e.Decision == decision);
        if (!string.IsNullOrEmpty(group))
        {
            // The store finds the word, wherever the facts have it; below it is looked at where it stands.
            var needle = JsonSerializer.Serialize(group);
            entries = entries.Where(e => e.Judged != null && e.Judged.Contains(needle));
        }
        if (!string.IsNullOrEmpty(rule)) entries = entries.Where(e => e.Rule == rule);
        if (!string.IsNullOrEmpty(interaction)) entries = entries.Where(e => e.InteractionId == interaction);
        if (!string.IsNullOrEmpty(version)) entries = entries.Where(e => e.PolicyVersion == version);
        if (least is { } score) entries = entries.Where(e => e.Score >= score);
        if (from?.ToUniversalTime() is { } begin) entries = entries.Where(e => e.At >= begin);
        if (to?.ToUniversalTime() is { } end) entries = entries.Where(e => e.At < end);
        if (!string.IsNullOrEmpty(finding))
        {
            var needle = $",{finding},";
            entries = entries.Where(e => e.FindingTypes.Contains(needle));
        }
        if (before is { } sequence) entries = entries.Where(e => e.Sequence < sequence);

        var size = Math.Clamp(take, 1, LongestPage);
        var page = await entries.OrderByDescending(e => e.Sequence).Take(size + 1).ToListAsync(ct);
        var more = page.Count > size;
        var items = page.Take(size).Where(e => string.IsNullOrEmpty(group) || IsOf(e, group)).Select(e => e.ToView()).ToList();
        return TypedResults.Ok(new TrailPage(items, more ? page[size - 1].Sequence : null));
    }

    private static bool IsOf(TrailEntry entry, string group)
    {
        using var facts = JsonDocument.Parse(entry.Judged!); // the query asked for those that have them
        return facts.RootElement.TryGetProperty("groups", out var groups) && groups.EnumerateArray().Any(one => one.GetString() == group);
    }
}
