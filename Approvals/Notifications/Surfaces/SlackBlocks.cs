using System.Text.Json.Nodes;

namespace Approvals.Notifications.Surfaces;

/// <summary>
/// A message in Slack's Block Kit. Words of others stand in <c>plain_text</c>, where no mention, link or emphasis is read,
/// and are escaped besides; links are ours alone.
/// </summary>
internal static class SlackBlocks
{
    public static JsonObject Of(NoticeMessage message) => new()
    {
        ["text"] = Escape(message.Headline), // what a phone shows
        ["unfurl_links"] = false,
        ["unfurl_media"] = false,
        ["blocks"] = new JsonArray([Section(Plain(message.Headline)), .. message.Only is { } only ? Details(only) : Rows(message)]),
    };

    private static IEnumerable<JsonNode> Details(NoticeLine line)
    {
        foreach (var (label, words) in line.Facts()) yield return Section(Plain($"{label}: {words}"));
        yield return Section(Link(line.Link, "Open the review"));
    }

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
