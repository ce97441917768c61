using System.Text.RegularExpressions;
using Approvals.Notifications.Buttons;
using Approvals.Workflow;
using Contracts;

namespace Approvals.Notifications;

/// <summary>One place that messages go to, as its settings say once they have been looked at.</summary>
internal sealed class Channel
{
    private readonly ChannelOptions options;
    private readonly Regex? rules;
    private readonly QuietHours? quiet;
    private readonly TimeSpan after;

    public Channel(ChannelOptions options)
    {
        this.options = options;
        Kind = KindOf(options.Kind) ?? throw new InvalidOperationException($"A channel of kind '{options.Kind}' got past the rules.");
        Url = Kind == ChannelKind.Mail ? null : new Uri(Secret(options.Url, options.UrlFile) ?? throw new InvalidOperationException($"The address of channel '{options.Name}' can no longer be read."));
        rules = options.Rules.Count == 0 ? null
            : new Regex($"^({string.Join('|', options.Rules.Select(rule => Regex.Escape(rule).Replace("\\*", ".*", StringComparison.Ordinal)))})$", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.IgnoreCase);
        quiet = options.Quiet is { } hours ? new QuietHours(hours) : null;
        after = options.After;
        if (Kind == ChannelKind.Slack && Secret(options.SigningSecret, options.SigningSecretFile) is { } secret) Buttons = new SlackButtons(options.Name, secret, options.People);
    }

    public string Name => options.Name;
    public ChannelKind Kind { get; }

    /// <summary>Null for mail.</summary>
    public Uri? Url { get; }
    public IReadOnlyList<string> To => options.To;
    public TimeSpan Digest => options.Digest;
    public bool ShowsExcerpt => options.Excerpt;

    /// <summary>Null where messages have none.</summary>
    public SlackButtons? Buttons { get; }

    /// <summary>Where Slack may ask for the answer to a click.</summary>
    public bool MayAnswerAt(Uri address) =>
        address is { Scheme: "https", Host: "hooks.slack.com", IsDefaultPort: true, UserInfo: "" } || (options.AnswerOnThisMachine && address.Scheme == "http" && IsHere(address.DnsSafeHost));

    /// <summary>Whether its people are asked about this one now.</summary>
    public bool Serves(Review review) =>
        review.Status == ApprovalStatus.Pending && review.Score >= options.LeastScore
        && (options.Groups.Count == 0 || review.Stages[review.Stage].Groups.Any(options.Groups.Contains))
        && rules?.IsMatch(review.Rule) != false;

    /// <summary>What is to be said about a review in the stage it is in, and when.</summary>
    public IEnumerable<(NoticeKind Kind, DateTimeOffset DueAt)> Plan(Review review)
    {
        if (!Serves(review) || review.DueAt is not { } deadline) yield break;

        var began = deadline - review.Stages[review.Stage].Deadline;
        var told = began;
        if (review.Stage == 0) yield return (NoticeKind.Waits, told = began + after);
        else if (options.Escalate) yield return (NoticeKind.Escalated, began);
        if (options.RemindBefore is { } before && deadline - before > told) yield return (NoticeKind.Reminder, deadline - before);
    }

    /// <summary>When a notice that is due may go: now, later, or never (null), since what it would say is not so any more.</summary>
    public DateTimeOffset? GoesAt(Notice notice, Review? review, DateTimeOffset now)
    {
        if (review is null || review.Stage != notice.Stage || now >= review.DueAt || !Serves(review)) return null;
        // Who holds it is deciding; should they let go, it is looked at again.
        if (notice.Kind == NoticeKind.Waits && after > TimeSpan.Zero && review.ClaimAt(now) is not null) return review.ClaimedUntil;
        return quiet?.EndOf(review.Score, now) ?? now;
    }

    public static ChannelKind? KindOf(string word) => Enum.TryParse<ChannelKind>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    /// <summary>https, or http that does not leave this machine.</summary>
    public static bool IsSafe(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == "https" || (address.Scheme == "http" && IsHere(address.DnsSafeHost)));

    public static bool IsHere(string? host) => host is not null && (host == "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address)));

    /// <summary>A setting, or what its file holds; null for neither, or a file that cannot be read.</summary>
    public static string? Secret(string? value, string? file)
    {
        if (!string.IsNullOrEmpty(value)) return value;
        if (string.IsNullOrEmpty(file)) return null;
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } kept ? kept : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
