using Approvals.Storage;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Workflow;

/// <summary>One try of a change, and what is to be counted and shown should it be stored.</summary>
internal sealed class Turn(ApprovalsStore store, long sequence)
{
    private readonly List<Action> after = [];

    public ApprovalsStore Store { get; } = store;
    public long Sequence { get; } = sequence;

    /// <summary>After its changes were looked for: what is written here is told to the store, instead of being looked for once more.</summary>
    public void Stamp(Review review)
    {
        review.Stamp(Sequence);
        var row = Store.Entry(review);
        if (row.State == EntityState.Added) return;
        row.Property(nameof(Review.Version)).IsModified = row.Property(nameof(Review.Sequence)).IsModified = true;
    }

    public void WhenStored(Action act) => after.Add(act);

    public void Stored() => after.ForEach(act => act());
}
