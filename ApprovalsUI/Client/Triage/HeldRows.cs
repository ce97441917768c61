namespace ApprovalsUI.Client.Triage;

/// <summary>The rows of a screen that is held: what is on it changes in its place, what is new gathers.</summary>
internal sealed class HeldRows
{
    private readonly Dictionary<string, int> at = new(StringComparer.Ordinal);
    private readonly HashSet<string> gathered = new(StringComparer.Ordinal);

    internal HeldRows(QueueRow[] rows) => Show(rows);

    internal QueueRow[] Rows { get; private set; } = [];

    internal int Gathered => gathered.Count;

    internal void Show(QueueRow[] rows)
    {
        Rows = rows;
        gathered.Clear();
        at.Clear();
        foreach (var (place, row) in rows.Index())
        {
            at[row.Id] = place;
        }
    }

    internal void Take(QueueRow row, QueueLine line)
    {
        if (at.TryGetValue(row.Id, out var place))
        {
            // A list that is being drawn stays as it is.
            Rows = [.. Rows];
            Rows[place] = Rows[place] with { Review = row.Review };
        }
        else if (line.Has(row.Id))
        {
            gathered.Add(row.Id);
        }
        else
        {
            gathered.Remove(row.Id);
        }
    }
}
