using System.Collections.Concurrent;
using Gateway.Policy;
using Gateway.Storage;
using Gateway.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shared;

namespace Gateway.Policies;

/// <summary>How often a draft that judges along would have done this where the policy in force did that.</summary>
internal sealed class ShadowCount
{
    public required string DraftId { get; init; }
    public required PolicyAction Now { get; init; }
    public required PolicyAction Then { get; init; }
    public long Times { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ShadowCount>
    {
        public void Configure(EntityTypeBuilder<ShadowCount> builder)
        {
            builder.ToTable("ShadowCounts").HasKey(c => new { c.DraftId, c.Now, c.Then });
            builder.Property(c => c.DraftId).HasMaxLength(100);
            builder.Property(c => c.Now).HasConversion<string>().HasMaxLength(20);
            builder.Property(c => c.Then).HasConversion<string>().HasMaxLength(20);
        }
    }
}

/// <summary>Lets a draft judge along. What it says is counted here and added to the store now and then; it decides nothing.</summary>
internal sealed class ShadowCounter(IDbContextFactory<GatewayStore> stores, GatewayMetrics metrics)
{
    private readonly ConcurrentDictionary<(string Draft, PolicyAction Now, PolicyAction Then), long> counts = new();

    public void Judge(PromptPolicy? draft, Judged facts, PolicyDecision decision)
    {
        if (draft is null) return;
        var then = draft.Decide(facts);
        counts.AddOrUpdate((draft.Version, decision.Action, then.Action), 1, (_, before) => before + 1);
        metrics.Shadowed(decision.Word, then.Word);
    }

    public async Task FlushAsync(CancellationToken ct)
    {
        foreach (var key in counts.Keys)
        {
            if (!counts.TryRemove(key, out var times)) continue;
            try
            {
                await AddAsync(key.Draft, key.Now, key.Then, times, ct);
            }
            catch (Exception)
            {
                counts.AddOrUpdate(key, times, (_, more) => more + times); // not lost: added at the next flush
                throw;
            }
        }
    }

    private async Task AddAsync(string draft, PolicyAction now, PolicyAction then, long times, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        Task<int> AddToRowAsync() => store.Set<ShadowCount>().Where(c => c.DraftId == draft && c.Now == now && c.Then == then)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Times, c => c.Times + times), ct);
        if (await AddToRowAsync() > 0) return;
        store.Add(new ShadowCount { DraftId = draft, Now = now, Then = then, Times = times });
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException twice) when (twice.IsDuplicate())
        {
            await AddToRowAsync(); // another gateway made the row in between
        }
    }
}
