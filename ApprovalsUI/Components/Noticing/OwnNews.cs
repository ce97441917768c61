using ApprovalsUI.Client.Triage;
using ApprovalsUI.Components.Text;
using Contracts.Api;

namespace ApprovalsUI.Components.Noticing;

/// <summary>What has become this person's to decide since they opened the console: told once for each stage, and not while somebody holds it.</summary>
internal sealed class OwnNews(PersonView person)
{
    private const int LongestName = 60;
    private readonly HashSet<(string Id, int Stage)> told = [];
    private readonly Dictionary<string, ReviewSummary> fresh = new(StringComparer.Ordinal);

    internal bool IsEmpty => fresh.Count == 0;

    /// <summary>What was there already is no news.</summary>
    internal void Know(IEnumerable<QueueRow> rows) => told.UnionWith(rows.Select(row => (row.Id, row.Review.Stage)));

    internal void Hear(ReviewSummary review, DateTimeOffset now)
    {
        fresh.Remove(review.Id);
        if (review.Claim is { } claim && claim.Until > now && claim.Person.Subject == person.Subject) told.Add((review.Id, review.Stage)); // before their eyes
        if (!told.Contains((review.Id, review.Stage)) && QueueRow.Place(review, person, voted: false, now, now).Standing == Standing.Yours) fresh.Add(review.Id, review);
    }

    /// <summary>All of it in one sentence, and where that leads; it is told then. No word of a prompt is in it.</summary>
    internal (string Words, string Path) Take()
    {
        ReviewSummary[] news = [.. fresh.Values];
        told.UnionWith(news.Select(review => (review.Id, review.Stage)));
        fresh.Clear();
        return news is [var one]
            ? ($"Risk {one.Score} from {Short(VisibleText.InOneLine(one.Caller.Name))}", $"console/reviews/{Uri.EscapeDataString(one.Id)}")
            : ($"{news.Length} prompts wait for you, the highest risk {news.Max(review => review.Score)}", "console");
    }

    private static string Short(string name) =>
        name.Length <= LongestName ? name : $"{name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)]}…";
}
