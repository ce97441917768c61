using Approvals.Notifications.Buttons;
using Approvals.Workflow;

namespace Approvals.Notifications.Surfaces;

/// <summary>
/// What one message says. The sentences are ours and hold numbers only; what a prompt, caller or rule says has lines of its
/// own, already plain, and each surface escapes it again in its own way.
/// </summary>
internal sealed record NoticeMessage
{
    /// <summary>A digest names so many and counts the rest.</summary>
    public const int MostLines = 10;

    public NoticeMessage(IReadOnlyList<NoticeLine> notices, string console)
    {
        Lines = [.. notices.GroupBy(line => line.Id, StringComparer.Ordinal).Select(same => same.MaxBy(line => line.Kind)!).OrderBy(line => line.Left)]; // no group is empty
        Queue = new Uri($"{console.TrimEnd('/')}/console");
    }

    /// <summary>One for each review, the one whose time ends first before the others; several make a digest.</summary>
    public IReadOnlyList<NoticeLine> Lines { get; }

    /// <summary>Where all of them are.</summary>
    public Uri Queue { get; }

    /// <summary>The one it is about; null for a digest.</summary>
    public NoticeLine? Only => Lines is [var only] ? only : null;

    public IEnumerable<NoticeLine> Named => Lines.Take(MostLines);

    /// <summary>How many a digest does not name.</summary>
    public int Unnamed => Math.Max(0, Lines.Count - MostLines);

    public string Headline => Only is not { } only
        ? $"{Lines.Count} prompts wait for a decision: the oldest for {InWords(Lines.Max(line => line.Waited))}, the most urgent ends in {InWords(Lines[0].Left)}"
        : only.Kind switch
        {
            NoticeKind.Waits => $"A prompt waits for a decision: risk {only.Score}, {InWords(only.Left)} left",
            NoticeKind.Escalated => $"A prompt now waits for your decision: risk {only.Score}, {InWords(only.Left)} left",
            NoticeKind.Reminder => $"Still nobody has decided: risk {only.Score}, {InWords(only.Left)} left",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static string InWords(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{Math.Max(1, (int)time.TotalSeconds)} s",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min",
        { TotalDays: < 1 } => $"{(int)time.TotalHours} h {time.Minutes} min",
        _ => $"{(int)time.TotalDays} d {time.Hours} h",
    };
}

/// <summary>What is said of one review. Caller, rule and excerpt were written by others: plain, on one line, and bounded.</summary>
/// <param name="Offer">What may be decided where it is read; null for nothing.</param>
internal sealed record NoticeLine(string Id, NoticeKind Kind, int Score, string Caller, string Rule, string? Excerpt, TimeSpan Waited, TimeSpan Left, Uri Link, Offer? Offer = null)
{
    private const int LongestName = 80;
    private const int LongestExcerpt = 400;

    public static NoticeLine Of(Review review, NoticeKind kind, Channel channel, string console, DateTimeOffset now)
    {
        var isCut = false;
        var excerpt = channel.ShowsExcerpt && review.Excerpt.Length > 0 ? PlainWords.Of(review.Excerpt, LongestExcerpt, out isCut) : null;
        return new NoticeLine(
            review.Id, kind, review.Score, PlainWords.Of(review.Caller.Name, LongestName), PlainWords.Of(review.Rule, LongestName), excerpt,
            Later(now - review.OpenedAt), Later((review.DueAt ?? now) - now), LinkTo(review.Id, console), channel.Buttons?.OfferOf(review, showsAll: review.Whole && excerpt is not null && !isCut));
    }

    public static Uri LinkTo(string id, string console) => new($"{console.TrimEnd('/')}/console/reviews/{Uri.EscapeDataString(id)}");

    /// <summary>Label and words, in the order of every surface.</summary>
    /// <param name="waits">Whether it still does.</param>
    public IEnumerable<(string Label, string Words)> Facts(bool waits = true)
    {
        yield return ("Caller", Caller);
        yield return ("Rule", Rule);
        if (waits) yield return ("Waits for", NoticeMessage.InWords(Waited));
        if (Excerpt is not null) yield return ("Masked excerpt, in the caller's words", Excerpt);
    }

    private static TimeSpan Later(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
