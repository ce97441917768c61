using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Approvals.Workflow;

namespace Approvals.Notifications.Buttons;

/// <summary>What a message lets its readers decide.</summary>
/// <param name="Mark">Says which text of which review, by us alone; Slack gives it back with a click.</param>
/// <param name="Release">Whether it can be released there: nobody says yes to what they were not shown.</param>
/// <param name="Model">Where a released text goes.</param>
internal sealed record Offer(string Mark, bool Release, string Model);

/// <summary>A mark that came back.</summary>
internal sealed record Marked(string ReviewId, string Digest, bool Release);

/// <summary>
/// The buttons of one channel of Slack: whose clicks count, and which messages are ours. Whoever knows a webhook's address
/// can post a message with buttons there, but cannot make the mark that a click needs.
/// </summary>
internal sealed class SlackButtons(string channel, string secret, IReadOnlyDictionary<string, string> people)
{
    public const int ShortestSecret = 16;

    /// <summary>Of Slack, for the id of a block.</summary>
    private const int LongestMark = 255;
    private const int LongestModel = 100;
    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);
    private readonly FrozenDictionary<string, string> subjects = people.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsUser(string id) => id is ['U' or 'W', ..] and { Length: >= 3 and <= 30 } && id.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    public string? SubjectOf(string user) => subjects.GetValueOrDefault(user);

    public bool HaveSigned(string timestamp, string signature, ReadOnlySpan<byte> body) => SlackSignature.IsGood(key, timestamp, signature, body);

    /// <param name="showsAll">The message holds all that a model would read, masked.</param>
    public Offer? OfferOf(Review review, bool showsAll)
    {
        var release = showsAll && review.Look == TimeSpan.Zero && !review.NeedsReason;
        var mark = MarkOf(new Marked(review.Id, review.Digest, release));
        return mark.Length <= LongestMark && Read(mark) is not null ? new Offer(mark, release, Surfaces.PlainWords.Of(review.Model, LongestModel)) : null;
    }

    /// <summary>Null for one that was not made here, for this channel.</summary>
    public Marked? Read(string? mark)
    {
        if (mark?.Split(':') is not [var kind, { Length: > 0 } id, { Length: > 0 } digest, _]) return null;
        var marked = new Marked(id, digest, kind == "release");
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(MarkOf(marked)), Encoding.UTF8.GetBytes(mark)) ? marked : null;
    }

    private string MarkOf(Marked marked)
    {
        var said = $"{(marked.Release ? "release" : "reject")}:{marked.ReviewId}:{marked.Digest}";
        return $"{said}:{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"approvals:{channel}:{said}")))}"; // nothing that Slack signs begins so
    }
}
