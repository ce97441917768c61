using Approvals.Storage;

namespace Approvals.Workflow;

/// <summary>One try of a change, and what is to be counted should it be stored.</summary>
internal sealed class Turn(ApprovalsStore store, long sequence)
{
    private readonly List<Action> counts = [];

    public ApprovalsStore Store { get; } = store;
    public long Sequence { get; } = sequence;

    public void Count(Action count) => counts.Add(count);

    public void Stored() => counts.ForEach(count => count());
}
