using Gateway.Audit;
using Gateway.Policy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tuning;

/// <summary>One recorded prompt as a policy sees it, and what became of it.</summary>
/// <param name="People">What people decided; null where nobody was asked or has decided yet.</param>
internal sealed record RecordedPrompt(string InteractionId, string? TicketId, string Caller, Judged Facts, string? People);

internal sealed record RecordedPeriod(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<RecordedPrompt> Prompts, bool Truncated);

/// <summary>
/// Recorded prompts of a period, newest first. People drag a threshold and ask again within a second, so the last period
/// that was read is kept for a few seconds.
/// </summary>
internal sealed class RecordedTraffic(IDbContextFactory<GatewayStore> stores, TimeProvider clock) : IDisposable
{
    public const int Most = 50_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim reading = new(1, 1);
    private (TimeSpan Length, DateTimeOffset ReadAt, RecordedPeriod Period)? kept;

    /// <summary>The period of this length that ends now, give or take the seconds it is kept.</summary>
    public async Task<RecordedPeriod> LastAsync(TimeSpan length, CancellationToken ct)
    {
        await reading.WaitAsync(ct);
        try
        {
            var now = clock.GetUtcNow();
            if (kept is { } last && last.Length == length && now - last.ReadAt < KeptFor) return last.Period;
            var period = await ReadAsync(now - length, now, ct);
            kept = (length, now, period);
            return period;
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();

    public async Task<RecordedPeriod> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var entries = store.Set<TrailEntry>().AsNoTracking().Where(e => e.At >= from && e.At <= to);
        var decisions = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var decision in entries.Where(e => e.Kind == "decision" && e.TicketId != null).Select(e => new { e.TicketId, e.Outcome }).AsAsyncEnumerable().WithCancellation(ct))
            decisions[decision.TicketId!] = decision.Outcome ?? ""; // only those with a ticket are asked for

        var prompts = new List<RecordedPrompt>();
        // Prompts only: an answer that was kept back is an entry of its own, and a draft's rules on answers cannot be asked without it.
        await foreach (var entry in entries.Where(e => e.Judged != null && e.Kind != "answer" && !(e.Kind == "parked" && e.Outcome == "answer parked")).OrderByDescending(e => e.Sequence).Take(Most + 1)
            .Select(e => new { e.InteractionId, e.TicketId, e.Actor, e.ActorName, e.Judged }).AsAsyncEnumerable().WithCancellation(ct))
        {
            prompts.Add(new RecordedPrompt(entry.InteractionId ?? "", entry.TicketId, entry.ActorName ?? entry.Actor, PolicyJson.ReadJudged(entry.Judged!), // asked for above
                entry.TicketId is null ? null : decisions.GetValueOrDefault(entry.TicketId)));
        }
        return new RecordedPeriod(from, to, prompts.Count > Most ? prompts[..Most] : prompts, prompts.Count > Most);
    }
}
