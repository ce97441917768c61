using System.Security.Cryptography;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shared;

namespace Gateway.Known;

/// <summary>When the next known case is due, for all gateways of one store. A day is cut into as many slots as are wanted, and each has one at a moment of its own.</summary>
internal sealed class KnownPlan
{
    public const int Only = 1;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public int Id { get; init; } = Only;

    /// <summary>Grows with every turn: of those who want the same one, one has it.</summary>
    public int Round { get; init; }
    public int PerDay { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset SlotEnds { get; init; }

    /// <summary>A moment of the slot that begins at <paramref name="from"/>, and nobody knows which.</summary>
    public static KnownPlan Within(DateTimeOffset from, int perDay, int round)
    {
        var slot = Day / perDay;
        return new KnownPlan { Round = round, PerDay = perDay, DueAt = from + (slot * (RandomNumberGenerator.GetInt32(10_000) / 10_000.0)), SlotEnds = from + slot };
    }

    /// <summary>The slot behind this one. What fell into a time when no gateway ran is not made up for.</summary>
    public KnownPlan Next(DateTimeOffset now) => Within(now - SlotEnds < Day / PerDay ? SlotEnds : now, PerDay, Round + 1);

    /// <returns>Whether one is due, and it is this gateway that has it.</returns>
    public static async Task<bool> TakeTurnAsync(GatewayStore store, int perDay, DateTimeOffset now, CancellationToken ct)
    {
        if (await store.Set<KnownPlan>().AsNoTracking().SingleOrDefaultAsync(ct) is not { } plan)
        {
            await TryBeginAsync(store, Within(now, perDay, 0), ct);
            return false;
        }
        if (plan.PerDay != perDay)
        {
            await MoveOnAsync(store, plan, Within(now, perDay, plan.Round + 1), ct);
            return false;
        }
        return plan.DueAt <= now && await MoveOnAsync(store, plan, plan.Next(now), ct);
    }

    private static async Task TryBeginAsync(GatewayStore store, KnownPlan first, CancellationToken ct)
    {
        store.Add(first);
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException fault) when (fault.IsDuplicate())
        {
            store.ChangeTracker.Clear(); // another gateway was first
        }
    }

    private static async Task<bool> MoveOnAsync(GatewayStore store, KnownPlan seen, KnownPlan next, CancellationToken ct) => await store.Set<KnownPlan>().Where(plan => plan.Round == seen.Round)
        .ExecuteUpdateAsync(set => set.SetProperty(p => p.Round, next.Round).SetProperty(p => p.PerDay, next.PerDay).SetProperty(p => p.DueAt, next.DueAt).SetProperty(p => p.SlotEnds, next.SlotEnds), ct) == 1;

    internal sealed class Mapping : IEntityTypeConfiguration<KnownPlan>
    {
        public void Configure(EntityTypeBuilder<KnownPlan> builder)
        {
            builder.ToTable("KnownPlan").HasKey(p => p.Id);
            builder.Property(p => p.Id).ValueGeneratedNever();
        }
    }
}
