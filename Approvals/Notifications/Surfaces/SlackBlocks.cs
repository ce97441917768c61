using System.Text.Json.Nodes;
using Approvals.Notifications.Buttons;
using Contracts;

namespace Approvals.Notifications.Surfaces;

/// <summary>
/// A message in Slack's Block Kit. Words of others stand in <c>plain_text</c>, where no mention, link or emphasis is read,
/// and are escaped besides; links are ours alone.
/// </summary>
internal static class SlackBlocks
{
    private const int LongestSentence = 500;

    public static JsonObject Of(NoticeMessage message) => new()
    {
        ["text"] = Escape(message.Headline), // what a phone shows
        ["unfurl_links"] = false,
        ["unfurl_media"] = false,
        ["blocks"] = new JsonArray([Section(Plain(message.Headline)), .. message.Only is { } only ? Details(only) : Rows(message)]),
    };

    /// <summary>What takes a message's place once its review is decided: the same words, and who it was, without buttons.</summary>
    /// <param name="outcome">Holds names of people.</param>
    public static JsonObject Decided(NoticeLine line, string outcome) => new()
    {
        ["replace_original"] = true,
        ["text"] = Escape($"A prompt is decided: risk {line.Score}"),
        ["unfurl_links"] = false,
        ["unfurl_media"] = false,
        ["blocks"] = new JsonArray([Section(Plain(PlainWords.Of(outcome, LongestSentence))), Section(Plain($"Risk: {line.Score}")), .. Details(line with { Offer = null }, waits: false)]),
    };

    /// <summary>For whoever clicked, and seen by nobody else.</summary>
    /// <param name="sentence">May hold names of people and groups.</param>
    public static JsonObject Whisper(string sentence, Uri review) => new()
    {
        ["response_type"] = "ephemeral",
        ["replace_original"] = false,
        ["text"] = "An answer to your click",
        ["blocks"] = new JsonArray(Section(Plain(PlainWords.Of(sentence, LongestSentence))), Section(Link(review, "Open the review"))),
    };

    private static IEnumerable<JsonNode> Details(NoticeLine line, bool waits = true)
    {
        foreach (var (label, words) in line.Facts(waits)) yield return Section(Plain($"{label}: {words}"));
        if (line.Offer is { } offer) yield return Actions(offer);
        yield return Section(Link(line.Link, "Open the review"));
    }

    private static JsonObject Actions(Offer offer) => new() { ["type"] = "actions", ["block_id"] = offer.Mark, ["elements"] = offer.Release ? new JsonArray(Release(offer), Reject()) : new JsonArray(Reject()) };

    private static JsonObject Release(Offer offer) => new()
    {
        ["type"] = "button",
        ["action_id"] = SlackClick.Release,
        ["text"] = Plain("Release"),
        ["confirm"] = Confirm("Release this?", $"The text above goes to {offer.Model} once everybody who has to agree has done so.", "Release"),
    };

    private static JsonObject Reject() => new()
    {
        ["type"] = "static_select",
        ["action_id"] = SlackClick.Reject,
        ["placeholder"] = Plain("Reject…"),
        ["options"] = new JsonArray([.. CauseWords.InOrder.Select(cause => new JsonObject { ["text"] = Plain(CauseWords.Of(cause)), ["value"] = cause.ToString() })]),
        ["confirm"] = Confirm("Reject this?", "The prompt is refused at once, for the cause you chose.", "Reject"),
    };

    private static JsonObject Confirm(string title, string text, string yes) => new() { ["title"] = Plain(title), ["text"] = Plain(text), ["confirm"] = Plain(yes), ["deny"] = Plain("Cancel") };

    private static IEnumerable<JsonNode> Rows(NoticeMessage message)
    {
        foreach (var line in message.Named)
            yield return Context(Link(line.Link, $"Risk {line.Score}, {NoticeMessage.InWords(line.Left)} left"), Plain($"Caller: {line.Caller}"), Plain($"Rule: {line.Rule}"));
        yield return Section(Link(message.Queue, message.Unnamed == 0 ? "Open the queue" : $"And {message.Unnamed} more: open the queue"));
    }

    private static JsonObject Section(JsonObject text) => new() { ["type"] = "section", ["text"] = text };

    private static JsonObject Context(params JsonNode[] elements) => new() { ["type"] = "context", ["elements"] = new JsonArray(elements) };

    private static JsonObject Plain(string words) => new() { ["type"] = "plain_text", ["text"] = Escape(words), ["emoji"] = false };

    /// <param name="words">Ours, never somebody else's.</param>
    private static JsonObject Link(Uri address, string words) => new() { ["type"] = "mrkdwn", ["text"] = $"<{Escape(address.AbsoluteUri)}|{Escape(words)}>", ["verbatim"] = true };

    /// <summary>The three characters that Slack reads as its own.</summary>
    private static string Escape(string words) =>
        words.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
