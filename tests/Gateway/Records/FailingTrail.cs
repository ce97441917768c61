using Gateway.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gateway.Tests.Records;

/// <summary>A store in which entries cannot be saved.</summary>
internal sealed class FailingTrail : SaveChangesInterceptor
{
    public bool Fails { get; set; }

    /// <summary>Only entries of this kind fail.</summary>
    public string? FailsFor { get; set; }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var entries = eventData.Context!.ChangeTracker.Entries<TrailEntry>().ToList();
        return entries.Count > 0 && (Fails || entries.Exists(e => e.Entity.Kind == FailsFor))
            ? throw new DbUpdateException("The disk is full.")
            : ValueTask.FromResult(result);
    }
}
