using Approvals.Storage;

namespace Approvals.Workflow;

/// <summary>One try of a change, and what is to be counted and shown should it be stored.</summary>
internal sealed class Turn(ApprovalsStore store, long sequence)
{
    private readonly List<Action> after = [];

    public ApprovalsStore Store { get; } = store;
    public long Sequence { get; } = sequence;

    public void WhenStored(Action act) => after.Add(act);

    public void Stored() => after.ForEach(act => act());
}
