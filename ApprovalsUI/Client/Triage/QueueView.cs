using Contracts.Api;

namespace ApprovalsUI.Client.Triage;

/// <summary>What of the queue is on the screen: filtered, in its two parts, those of one pattern folded into one line.</summary>
public sealed class QueueView
{
    private readonly IReadOnlyList<QueueRow> rows;
    private readonly QueueFilter filter;
    private readonly string[] words;
    private readonly QueueFacet[] asked;

    private QueueView(IReadOnlyList<QueueRow> rows, QueueFilter filter, string[] words) => (this.rows, this.filter, this.words, asked) = (rows, filter, words, [.. QueueFilter.Facets.Where(facet => filter[facet] is not null)]);

    internal static QueueView Empty { get; } = Of([], QueueFilter.None, "", new HashSet<string>());

    /// <summary>For a list that is drawn in parts; not to be changed.</summary>
    internal List<QueueItem> Items { get; } = [];

    internal int All => rows.Count;

    internal int Shown { get; private set; }

    internal int Hidden => All - Shown;

    /// <param name="open">Names of the folds that are open.</param>
    internal static QueueView Of(IReadOnlyList<QueueRow> rows, QueueFilter filter, string words, IReadOnlySet<string> open)
    {
        var view = new QueueView(rows, filter, words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        List<QueueRow> yours = [], others = [];
        foreach (var row in rows)
        {
            if (view.Wants(row.Review))
            {
                (row.Standing == Standing.Yours ? yours : others).Add(row);
            }
        }

        view.Shown = yours.Count + others.Count;
        view.Add(yours, isYours: true, open);
        view.Add(others, isYours: false, open);
        return view;
    }

    /// <returns>What can be chosen of a facet, with how many there would be under the other filters; the most first.</returns>
    internal IReadOnlyList<Choice> Choices(QueueFacet facet)
    {
        var counts = new Dictionary<string, Choice>(StringComparer.OrdinalIgnoreCase);
        foreach (var review in rows.Select(row => row.Review).Where(review => Wants(review, facet)))
        {
            foreach (var value in QueueFilter.Values(facet, review))
            {
                counts[value] = new(value, facet == QueueFacet.Caller ? review.Caller.Name : value, counts.GetValueOrDefault(value)?.Count + 1 ?? 1);
            }
        }

        return [.. counts.Values.OrderByDescending(choice => choice.Count).ThenBy(choice => choice.Label, StringComparer.OrdinalIgnoreCase)];
    }

    private bool Wants(ReviewSummary review, QueueFacet? except = null) =>
        asked.All(facet => facet == except || filter.Lets(facet, review)) && (words.Length == 0 || QueueFilter.Says(review, words));

    private void Add(List<QueueRow> rows, bool isYours, IReadOnlySet<string> open)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Items.Add(new QueueItem.Heading(isYours, rows.Count));
        var alike = rows.Where(row => row.Review.Pattern.Length > 0).GroupBy(row => row.Review.Pattern, StringComparer.Ordinal)
            .Where(group => group.Count() > 1).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!alike.TryGetValue(row.Review.Pattern, out var group))
            {
                Items.Add(new QueueItem.One(row, Folded: false));
            }
            else if (group[0] == row)
            {
                // The fold stands where the most pressing of them would.
                var fold = new QueueItem.Fold($"{(isYours ? "yours" : "others")} {row.Review.Pattern}", group, isYours, open.Contains($"{(isYours ? "yours" : "others")} {row.Review.Pattern}"));
                Items.Add(fold);
                Items.AddRange(fold.Open ? group.Select(one => new QueueItem.One(one, Folded: true)) : []);
            }
        }
    }

    /// <param name="Label">Where the value itself is no name.</param>
    internal sealed record Choice(string Value, string Label, int Count);
}
