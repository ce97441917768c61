using Contracts;

namespace ApprovalsUI.Client.Triage;

/// <summary>All open reviews in order. One that comes, goes or changes is found by halving; the others are not looked at.</summary>
internal sealed class QueueLine
{
    private readonly List<QueueRow> line = [];
    private readonly Dictionary<string, QueueRow> placed = new(StringComparer.Ordinal);
    private QueueRow[]? rows;

    /// <summary>As they stand now; a later change makes another list.</summary>
    internal QueueRow[] Rows => rows ??= [.. line];

    internal int Pending { get; private set; }

    /// <summary>The earliest moment at which a place may be another.</summary>
    internal DateTimeOffset Until { get; private set; } = DateTimeOffset.MaxValue;

    internal bool Has(string id) => placed.ContainsKey(id);

    internal void Fill(IEnumerable<QueueRow> all)
    {
        line.Clear();
        line.AddRange(all);
        line.Sort(QueueOrder.Default);
        placed.Clear();
        (rows, Pending, Until) = (null, 0, DateTimeOffset.MaxValue);
        foreach (var row in line)
        {
            Count(row, +1);
        }
    }

    internal void Put(QueueRow row)
    {
        Remove(row.Id);
        line.Insert(~line.BinarySearch(row, QueueOrder.Default), row);
        Count(row, +1);
        rows = null;
    }

    internal void Remove(string id)
    {
        if (placed.Remove(id, out var row))
        {
            line.RemoveAt(line.BinarySearch(row, QueueOrder.Default));
            Count(row, -1);
            rows = null;
        }
    }

    /// <returns>The next of theirs after a place, from the beginning where none is left; never the same one. Null for none.</returns>
    internal QueueRow? NextAfter(QueueRow? place, Func<QueueRow, bool> wanted)
    {
        var at = place is null ? 0 : line.BinarySearch(place, QueueOrder.Default) is var found && found < 0 ? ~found : found + 1;
        for (var step = 0; step < line.Count; step++)
        {
            var row = line[(at + step) % line.Count];
            if (row.Standing == Standing.Yours && row.Id != place?.Id && wanted(row))
            {
                return row;
            }
        }

        return null;
    }

    private void Count(QueueRow row, int by)
    {
        Pending += row.Review.Status == ApprovalStatus.Pending ? by : 0;
        if (by > 0)
        {
            placed[row.Id] = row;
            Until = row.Until < Until ? row.Until : Until;
        }
    }
}
