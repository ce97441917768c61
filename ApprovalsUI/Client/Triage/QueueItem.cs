namespace ApprovalsUI.Client.Triage;

/// <summary>One line of the queue's screen.</summary>
public abstract record QueueItem
{
    private QueueItem(string key) => Key = key;

    /// <summary>The same for what stays the same line.</summary>
    public string Key { get; }

    /// <summary>Begins a part of the list.</summary>
    public sealed record Heading(bool Yours, int Count) : QueueItem(Yours ? "heading-yours" : "heading-others");

    /// <param name="Folded">It belongs to the open fold above it.</param>
    public sealed record One(QueueRow Row, bool Folded) : QueueItem(Row.Id);

    /// <summary>Prompts of one pattern, which may be decided together; they follow where it is open.</summary>
    public sealed record Fold(string Name, IReadOnlyList<QueueRow> Rows, bool Yours, bool Open) : QueueItem(Name);
}
