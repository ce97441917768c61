using System.Text.Json.Nodes;

namespace Approvals.Notifications.Surfaces;

/// <summary>
/// A message as an Adaptive Card for Teams Workflows. Words of others stand in text runs, where no Markdown is read, and a
/// card without a list of mentions mentions nobody.
/// </summary>
internal static class TeamsCard
{
    public static JsonObject Of(NoticeMessage message) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["content"] = new JsonObject
            {
                ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                ["type"] = "AdaptiveCard",
                ["version"] = "1.4",
                ["fallbackText"] = message.Headline,
                ["body"] = new JsonArray([Line(Run(message.Headline, strong: true)), .. message.Only is { } only ? Details(only) : Rows(message)]),
                ["actions"] = new JsonArray(message.Only is { } one ? Open(one.Link, "Open the review") : Open(message.Queue, "Open the queue")),
            },
        }),
    };

    private static IEnumerable<JsonNode> Details(NoticeLine line) => line.Facts().Select(fact => Line(Run($"{fact.Label}: ", strong: true), Run(fact.Words)));

    private static IEnumerable<JsonNode> Rows(NoticeMessage message)
    {
        foreach (var line in message.Named)
            yield return Line(Run($"Risk {line.Score}, {NoticeMessage.InWords(line.Left)} left", strong: true, Open(line.Link, "Open the review")), Run($" Caller: {line.Caller}. Rule: {line.Rule}"));
        if (message.Unnamed > 0) yield return Line(Run($"And {message.Unnamed} more."));
    }

    private static JsonObject Line(params JsonNode[] runs) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(runs) };

    private static JsonObject Run(string words, bool strong = false, JsonObject? open = null)
    {
        // Two braces begin a date that the reader's program would write in our place.
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = words.Replace("{{", "{ {", StringComparison.Ordinal) };
        if (strong) run["weight"] = "Bolder";
        if (open is not null) run["selectAction"] = open;
        return run;
    }

    private static JsonObject Open(Uri address, string title) => new() { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = address.AbsoluteUri };
}
