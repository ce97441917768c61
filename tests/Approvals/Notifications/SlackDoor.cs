using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Approvals.Notifications.Buttons;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Messages;

namespace Approvals.Tests.Notifications;

/// <summary>Nobody but Slack comes in, and only with a press of one of our buttons.</summary>
public sealed class SlackDoor : NoticeTest
{
    private const string ExampleBody =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=" +
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private const string ExampleSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private (string Key, string Value)[] Buttons => Slack(("SigningSecret", SlackPress.Secret), ("People:U0ANN", "ann"), ("AnswerOnThisMachine", "true"));

    [Fact]
    public void The_example_of_Slacks_documentation_is_good_and_nothing_near_it_is()
    {
        var secret = Encoding.UTF8.GetBytes(SlackPress.Secret);

        Assert.True(SlackSignature.IsGood(secret, "1531420618", ExampleSignature, Encoding.UTF8.GetBytes(ExampleBody)));
        Assert.False(SlackSignature.IsGood(secret, "1531420619", ExampleSignature, Encoding.UTF8.GetBytes(ExampleBody)));
        Assert.False(SlackSignature.IsGood(secret, "1531420618", ExampleSignature, Encoding.UTF8.GetBytes(ExampleBody + "&")));
        Assert.False(SlackSignature.IsGood(secret, "1531420618", ExampleSignature.Replace('a', 'g'), Encoding.UTF8.GetBytes(ExampleBody)));
        Assert.False(SlackSignature.IsGood(Encoding.UTF8.GetBytes("another secret of Slack's"), "1531420618", ExampleSignature, Encoding.UTF8.GetBytes(ExampleBody)));
    }

    [Theory]
    [InlineData("1531420618", 0, true)]
    [InlineData("1531420618", 300, true)]
    [InlineData("1531420618", 301, false)]
    [InlineData("1531420618", -301, false)]
    [InlineData("-531420618", 0, false)]
    [InlineData("999999999999", 0, false)]
    [InlineData("now", 0, false)]
    [InlineData("", 0, false)]
    public void A_request_is_of_the_last_five_minutes(string timestamp, int later, bool good) =>
        Assert.Equal(good, SlackSignature.MayBe(timestamp, ExampleSignature, DateTimeOffset.FromUnixTimeSeconds(1531420618 + later)));

    private async Task<(ApprovalsHost Host, PromptParked Prompt)> TellAsync()
    {
        var host = await StartAsync(Buttons);
        await host.As("ann").GetAsync("/api/reviews", TestContext.Current.CancellationToken);
        var prompt = await ParkAsync(host, Given.Prompt(stages: [Given.Stage(minutes: 60)]) with { Whole = true });
        await Eventually.Async(() => Task.FromResult(Chat.Bodies.Count == 1));
        return (host, prompt);
    }

    private static async Task<HttpStatusCode> SendAsync(ApprovalsHost host, HttpRequestMessage request)
    {
        using var response = await host.As(null).SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response.StatusCode;
    }

    [Fact]
    public async Task What_is_not_from_Slack_or_not_from_now_is_401_and_changes_nothing()
    {
        var (host, prompt) = await TellAsync();
        var body = SlackPress.Form(SlackPress.Payload(Chat.Last, "U0ANN", Chat.AnswerUrl));
        var now = Clock.GetUtcNow();

        using var forged = SlackPress.Request(body, now, secret: "another secret of Slack's");
        using var stale = SlackPress.Request(body, now.AddSeconds(-301));
        using var early = SlackPress.Request(body, now.AddSeconds(301));
        using var elsewhere = SlackPress.Request(body, now, channel: "nowhere");
        using var altered = SlackPress.Request(body, now);
        altered.Content = new StringContent(body.Replace("U0ANN", "U0BOB", StringComparison.Ordinal), Encoding.UTF8, "application/x-www-form-urlencoded");
        using var unsigned = SlackPress.Request(body, now);
        unsigned.Headers.Remove("X-Slack-Signature");
        using var timeless = SlackPress.Request(body, now);
        timeless.Headers.Remove("X-Slack-Request-Timestamp");

        foreach (var request in new[] { forged, stale, early, elsewhere, altered, unsigned, timeless }) Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(host, request));
        Assert.Empty(Chat.Answers);
        Assert.Equal(ApprovalStatus.Pending, (await host.ReviewAsync(prompt.TicketId)).Status);
    }

    private static readonly Dictionary<string, Func<JsonObject, string>> Wrong = new()
    {
        ["no payload"] = _ => "other=1",
        ["two payloads"] = payload => $"{SlackPress.Form(payload)}&{SlackPress.Form(payload)}",
        ["no JSON"] = _ => "payload=%7Bx",
        ["many fields"] = payload => $"a=1&b=2&c=3&d=4&e=5&{SlackPress.Form(payload)}",
        ["too deep"] = _ => $"payload={new string('[', 200)}{new string(']', 200)}",
        ["too large"] = payload => $"{SlackPress.Form(payload)}&more={new string('x', ButtonsApi.LargestBody)}",
        ["another type"] = Changed(payload => payload["type"] = "view_submission"),
        ["no user"] = Changed(payload => payload.Remove("user")),
        ["two presses"] = Changed(payload => payload["actions"]!.AsArray().Add(payload["actions"]![0]!.DeepClone())),
        ["another button"] = Changed(payload => payload["actions"]![0]!["action_id"] = "open"),
        ["a cause that is none"] = Changed(payload => (payload["actions"]![0]!["action_id"], payload["actions"]![0]!["selected_option"]) = ("reject", new JsonObject { ["value"] = "3" })),
        ["a mark of somebody else's"] = Changed(payload => payload["actions"]![0]!["block_id"] = "release:apr_1:5f2b7c9a:xxxx"),
        ["a mark with another text"] = Changed(payload => payload["actions"]![0]!["block_id"] = payload["actions"]![0]!["block_id"]!.GetValue<string>().Replace(Given.Digest, "0ther", StringComparison.Ordinal)),
        ["an answer to another host"] = Changed(payload => payload["response_url"] = "https://hooks.slack.com.evil.example/x"),
        ["an answer to another port"] = Changed(payload => payload["response_url"] = "https://hooks.slack.com:8443/x"),
        ["an answer to no web address"] = Changed(payload => payload["response_url"] = "file:///etc/passwd"),
        ["no answer at all"] = Changed(payload => payload.Remove("response_url")),
    };

    private static Func<JsonObject, string> Changed(Action<JsonObject> change) => payload =>
    {
        change(payload);
        return SlackPress.Form(payload);
    };

    [Fact]
    public async Task What_is_no_press_of_one_of_our_buttons_is_400_and_changes_nothing()
    {
        var (host, prompt) = await TellAsync();

        foreach (var (what, make) in Wrong)
        {
            using var request = SlackPress.Request(make(SlackPress.Payload(Chat.Last, "U0ANN", Chat.AnswerUrl)), Clock.GetUtcNow());
            Assert.True(await SendAsync(host, request) == HttpStatusCode.BadRequest, what);
        }
        using var json = SlackPress.Request(SlackPress.Form(SlackPress.Payload(Chat.Last, "U0ANN", Chat.AnswerUrl)), Clock.GetUtcNow());
        json.Content!.Headers.ContentType = new("application/json");
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(host, json));

        Assert.Empty(Chat.Answers);
        Assert.Equal(ApprovalStatus.Pending, (await host.ReviewAsync(prompt.TicketId)).Status);
    }

    [Fact]
    public async Task A_release_needs_a_message_that_offered_it()
    {
        var host = await StartAsync(Buttons);
        var prompt = await ParkAsync(host, Given.Prompt()); // not known to be shown as a whole
        await UntilAsync(host, Approvals.Notifications.NoticeState.Sent, 1);
        Assert.Equal(["reject"], SlackPress.ActionIds(Chat.Last));

        using var request = SlackPress.Request(SlackPress.Form(SlackPress.Payload(Chat.Last, "U0ANN", Chat.AnswerUrl)), Clock.GetUtcNow());

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(host, request));
        Assert.Equal(ApprovalStatus.Pending, (await host.ReviewAsync(prompt.TicketId)).Status);
    }

    [Fact]
    public async Task A_button_of_one_channel_is_none_at_the_hook_of_another()
    {
        var host = await StartAsync([.. Buttons, ("Channels:1:Name", "leads"), ("Channels:1:Kind", "Slack"), ("Channels:1:Url", Chat.Url), ("Channels:1:LeastScore", "100"), ("Channels:1:SigningSecret", SlackPress.Secret), ("Channels:1:People:U0ANN", "bob"), ("Channels:1:AnswerOnThisMachine", "true")]);
        await ParkAsync(host, Given.Prompt() with { Whole = true });
        await UntilAsync(host, Approvals.Notifications.NoticeState.Sent, 1);

        using var request = SlackPress.Request(SlackPress.Form(SlackPress.Payload(Chat.Last, "U0ANN", Chat.AnswerUrl)), Clock.GetUtcNow(), channel: "leads");

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(host, request));
    }

    [Fact]
    public async Task Where_no_channel_has_buttons_there_is_no_door_and_nobodys_session_is_kept()
    {
        var host = await StartAsync(Slack());
        await host.As("ann").GetAsync("/api/reviews", TestContext.Current.CancellationToken);
        await ParkAsync(host, Given.Prompt() with { Whole = true });
        await UntilAsync(host, Approvals.Notifications.NoticeState.Sent, 1);

        using var request = SlackPress.Request("payload=x", Clock.GetUtcNow());

        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(host, request));
        Assert.Null(SlackPress.Actions(Chat.Last));
        Assert.False(await host.ReadAsync(store => Task.FromResult(store.Set<Approvals.Identity.PersonSession>().Any())));
    }
}
