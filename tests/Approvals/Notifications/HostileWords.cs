using System.Text.Json.Nodes;
using Approvals.Notifications;
using Approvals.Notifications.Surfaces;
using Approvals.Tests.Support;
using Contracts.Messages;

namespace Approvals.Tests.Notifications;

/// <summary>What callers write cannot speak as us, mention anybody, lead anywhere or hide, on any surface.</summary>
public sealed class HostileWords : NoticeTest
{
    private const string Hostile =
        "<!channel> <@U123> <https://evil.example|Open the review> *bold* [Open the review](https://evil.example) <at>Everyone</at> {{DATE(2017-02-14T06:08:39Z)}} " +
        "<b onclick=x>&amp;</b>\r\nBcc: thief@evil.example\r\n\r\nApprovals: released.\u202Egnp.exe\u200B";

    private static readonly string[] Unseen = ["\u202E", "\u200B", "\r\nBcc"];

    private static PromptParked Prompt(string? id = null) => Given.Prompt(id, score: 66) with
    {
        Caller = new CallerRef("carol", $"carol{Hostile}", []),
        Rule = $"rule{Hostile}",
        Excerpt = Hostile,
    };

    [Fact]
    public async Task Slack_reads_no_mention_link_or_emphasis_in_them()
    {
        var host = await StartAsync(Slack(("Digest", "00:00:00")));
        await ParkAsync(host, Prompt());
        await UntilAsync(host, NoticeState.Sent, 1);

        foreach (var text in Texts(Chat.Last))
        {
            var words = text["text"]!.GetValue<string>();
            if (text["type"]!.GetValue<string>() == "mrkdwn") Assert.StartsWith("<https://approvals.example/console", words, StringComparison.Ordinal);
            else Assert.DoesNotContain('<', words);
            Assert.DoesNotContain("https://evil", words, StringComparison.Ordinal);
            Assert.All(Unseen, unseen => Assert.DoesNotContain(unseen, words, StringComparison.Ordinal));
        }
        Assert.Contains("[U+202E]gnp[.]exe[U+200B]", string.Concat(Texts(Chat.Last).Select(text => text["text"])), StringComparison.Ordinal);
        Assert.DoesNotContain("carol", Chat.Last["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teams_shows_them_in_runs_where_nothing_is_read()
    {
        var host = await StartAsync(("Channels:0:Name", "teams"), ("Channels:0:Kind", "Teams"), ("Channels:0:Url", Chat.Url));
        await ParkAsync(host, Prompt());
        await UntilAsync(host, NoticeState.Sent, 1);

        var card = Chat.Last["attachments"]![0]!["content"]!;
        Assert.All(card["body"]!.AsArray(), block => Assert.Equal("RichTextBlock", block!["type"]!.GetValue<string>()));
        Assert.Null(card["msteams"]);
        Assert.DoesNotContain("{{", card.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["https://approvals.example"], Addresses(card).Select(address => new Uri(address).GetLeftPart(UriPartial.Authority)).Distinct());
    }

    [Fact]
    public async Task A_digest_is_as_safe_as_one_message()
    {
        var host = await StartAsync([.. Slack(("After", "00:01:00")), .. ByMail(("After", "00:01:00")), ("Channels:2:Name", "teams"), ("Channels:2:Kind", "Teams"), ("Channels:2:Url", Chat.Url), ("Channels:2:After", "00:01:00")]);
        await ParkAsync(host, Prompt());
        await ParkAsync(host, Prompt());
        await UntilAsync(host, NoticeState.Planned, 6);

        Clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(host, NoticeState.Sent, 6);

        Assert.Equal(2, Chat.Bodies.Count);
        Assert.All(Chat.Bodies, body => Assert.DoesNotContain("https://evil", body, StringComparison.Ordinal));
        Assert.All(Chat.Bodies, body => Assert.DoesNotContain("<!channel>", JsonNode.Parse(body)!["blocks"]?.ToJsonString() ?? "", StringComparison.Ordinal));
        Assert.DoesNotContain("<b onclick", Mail.Last.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("thief@evil.example", Mail.Last.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_gains_no_header_receiver_element_or_line()
    {
        var host = await StartAsync(ByMail().Select(setting => (setting.Key.Replace("Channels:1", "Channels:0", StringComparison.Ordinal), setting.Value)).ToArray());
        await ParkAsync(host, Prompt());
        await UntilAsync(host, NoticeState.Sent, 1);

        Assert.Equal(["Auto-Submitted", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"], Mail.Last.Headers.Select(header => header.Field).Order(StringComparer.Ordinal));
        Assert.Equal("RCPT TO:<reviewers@example.org>", Assert.Single(Mail.Commands, command => command.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Equal("A prompt waits for a decision: risk 66, 10 min left", Mail.Last.Subject);
        Assert.DoesNotContain("<b onclick", Mail.Last.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("https://evil", Mail.Last.HtmlBody + Mail.Last.TextBody, StringComparison.Ordinal);
        Assert.Equal(["Caller", "Masked excerpt, in the caller's words", "Open the review", "Rule", "Waits for"], // it has both bodies
            Mail.Last.TextBody!.Split('\n').Where(line => line.Contains(": ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split(": ")[0]).Order(StringComparer.Ordinal));
        Assert.All(Unseen, unseen => Assert.DoesNotContain(unseen, Mail.Last.TextBody, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_a_channel_says_so_the_excerpt_stays_here()
    {
        var host = await StartAsync([.. Slack(("Excerpt", "false")), .. ByMail(("Excerpt", "false"))]);
        await ParkAsync(host, Given.Prompt());
        await UntilAsync(host, NoticeState.Sent, 2);

        Assert.DoesNotContain("sign in", Chat.Bodies[0] + Mail.Mails[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain words, 3.5 of 12:30", "plain words, 3.5 of 12:30")]
    [InlineData("two\r\nlines\tand a tab", "two⏎⏎lines and a tab")]
    [InlineData("https://a.example", "https[:]//a[.]example")]
    [InlineData("mailto:a@b.example", "mailto[:]a@b[.]example")]
    [InlineData("a。example", "a[.]example")]
    [InlineData("\uE000 private, \u00A0 wide, \u3164 filler, \u2028 line", "[U+E000] private, [U+00A0] wide, [U+3164] filler, [U+2028] line")]
    [InlineData("\U000E0041\uFE0F\u0007", "[U+E0041][U+FE0F][U+0007]")]
    [InlineData("a\u0301\u0301\u0301\u0301\u0301\u0301\u0301b", "a\u0301\u0301\u0301\u0301b")]
    public void Words_of_others_are_plain(string written, string shown) => Assert.Equal(shown, PlainWords.Of(written, 200));

    [Fact]
    public void Half_a_character_is_seen_as_one() => Assert.Equal("a\uFFFDb", PlainWords.Of("a\uD800b", 200));

    [Fact]
    public void Words_of_others_are_bounded() => Assert.Equal("aaaa…", PlainWords.Of(new string('a', 5_000), 4));

    private static IEnumerable<JsonNode> Texts(JsonNode message) => message["blocks"]!.AsArray().SelectMany(block => block!["elements"]?.AsArray() ?? [.. new[] { block["text"]!.DeepClone() }]).OfType<JsonNode>();

    private static IEnumerable<string> Addresses(JsonNode? node) => node switch
    {
        JsonObject known => known.SelectMany(pair => pair.Key == "url" ? [pair.Value!.GetValue<string>()] : Addresses(pair.Value)),
        JsonArray all => all.SelectMany(Addresses),
        _ => [],
    };
}
