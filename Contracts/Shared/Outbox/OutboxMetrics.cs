using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;

namespace Shared;

/// <summary>How much waits to be sent, and since when: the first place to look when nothing arrives.</summary>
internal sealed class OutboxMetrics<TStore> where TStore : DbContext
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly TimeProvider clock;
    private long looked;
    private int pending;
    private DateTimeOffset? oldest;

    public OutboxMetrics(IMeterFactory meters, TimeProvider clock)
    {
        this.clock = clock;
        var meter = meters.Create(Tracing.Name);
        var store = new KeyValuePair<string, object?>("store", typeof(TStore).Name);
        meter.CreateObservableGauge("approvals.outbox.pending", () => new Measurement<int>(pending, store), "{message}", "Messages that wait to be sent.");
        meter.CreateObservableGauge("approvals.outbox.age", () => new Measurement<double>(oldest is { } since ? (clock.GetUtcNow() - since).TotalSeconds : 0, store), "s", "Age of the oldest message that waits to be sent.");
    }

    public async Task LookAsync(IDbContextFactory<TStore> stores, CancellationToken ct)
    {
        if (looked != 0 && clock.GetElapsedTime(looked) < LookEvery) return;
        looked = clock.GetTimestamp();
        await using var store = await stores.CreateDbContextAsync(ct);
        pending = await store.Set<OutboxMessage>().CountAsync(ct);
        oldest = pending == 0 ? null : await store.Set<OutboxMessage>().OrderBy(m => m.Id).Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefaultAsync(ct);
    }
}
