using Contracts;
using Gateway.Audit;
using Gateway.Policy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Gateway.Habits;

/// <summary>
/// Callers' habits as the trail tells them, read when a caller is first seen here and again after a while, so that instances
/// and restarts come to the same. In between, an instance knows of the others' calls what the trail said then.
/// </summary>
internal sealed class CallerHabits(IDbContextFactory<GatewayStore> stores, IOptions<HabitOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>What is longer ago is no habit.</summary>
    public const int Days = 30;

    private const int LastCalls = 200;
    private const int MostCallers = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MostCallers });

    /// <summary>In what this call is unlike the caller's others; nothing where habits are switched off.</summary>
    /// <param name="length">Of its texts, in UTF-16 units.</param>
    public async ValueTask<IReadOnlyList<Finding>> NoteAsync(string caller, string model, int length, CancellationToken ct)
    {
        if (!options.Value.Enabled) return [];
        var call = new PastCall(clock.GetUtcNow(), model, length);
        if (!known.TryGetValue(caller, out (Habit Habit, DateTimeOffset Until) kept) || kept.Until <= call.At)
        {
            // Calls that come at once may each read it; the last is kept, and knows of the others by the trail.
            kept = (new Habit(await ReadAsync(caller, call.At, ct)), call.At + KeptFor);
            known.Set(caller, kept, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = KeptFor });
        }
        return kept.Habit.Note(call);
    }

    public void Dispose() => known.Dispose();

    private async Task<IReadOnlyList<PastCall>> ReadAsync(string caller, DateTimeOffset now, CancellationToken ct)
    {
        var since = now.AddDays(-Days);
        await using var store = await stores.CreateDbContextAsync(ct);
        var entries = await store.Set<TrailEntry>().AsNoTracking()
            .Where(e => e.Actor == caller && e.At >= since && e.Judged != null && e.Kind != "answer").OrderByDescending(e => e.Sequence).Take(LastCalls)
            .Select(e => new { e.InteractionId, e.At, e.Model, e.Judged }).ToListAsync(ct);
        return [.. entries.DistinctBy(e => e.InteractionId).Select(e => new PastCall(e.At, e.Model ?? "", PolicyJson.ReadJudged(e.Judged!).Length))]; // asked for above
    }
}
