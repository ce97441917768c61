using System.Net;
using System.Text.Json.Nodes;
using Approvals.Notifications;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Tests.Notifications;

/// <summary>A press in Slack decides what its person may decide in the console at that moment, and nothing else.</summary>
public sealed class SlackClicks : NoticeTest
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private (string Key, string Value)[] Buttons(params (string Key, string Value)[] more) =>
        Slack([("SigningSecret", SlackPress.Secret), ("People:U0ANN", "ann"), ("People:W0ANN", "ann"), ("People:U0BOB", "bob"), ("People:U0CAROL", "carol"), ("AnswerOnThisMachine", "true"), ("Digest", "00:00:00"), .. more]);

    private static PromptParked Prompt(ReviewStage[]? stages = null) => Given.Prompt(stages: stages ?? [Given.Stage(minutes: 24 * 60)]) with { Whole = true };

    /// <summary>A service whose channel was told of this prompt, with ann and bob signed in.</summary>
    private async Task<ApprovalsHost> TellAsync(PromptParked prompt, KeyValuePair<string, string?>[]? settings = null)
    {
        var host = await StartAsync([.. Database, .. settings ?? []], Buttons());
        await SignInAsync(host, "ann");
        await SignInAsync(host, "bob");
        await ParkAsync(host, prompt);
        await UntilAsync(host, NoticeState.Sent, 1);
        return host;
    }

    private static async Task SignInAsync(ApprovalsHost host, string name, string groups = "reviewers", string permissions = Permissions.Review, int secondsAgo = 0)
    {
        using var answer = await host.As(name, groups, permissions, secondsAgo).GetAsync(new Uri("/api/reviews", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<JsonNode> PressAsync(ApprovalsHost host, string user = "U0ANN", string? cause = null, string at = "1531420700.000200")
    {
        var before = Chat.Answers.Count;
        using var request = SlackPress.Request(SlackPress.Form(SlackPress.Payload(JsonNode.Parse(Chat.Bodies[0])!, user, Chat.AnswerUrl, cause, at)), Clock.GetUtcNow());
        using var response = await host.As(null).SendAsync(request, Ct);
        Assert.Equal((HttpStatusCode.OK, ""), (response.StatusCode, await response.Content.ReadAsStringAsync(Ct)));
        await Eventually.Async(() => Task.FromResult(Chat.Answers.Count > before));
        return Chat.Answers[^1];
    }

    /// <summary>Told to whoever pressed alone, in this sentence, and the prompt waits on.</summary>
    private static async Task AssertRefusedAsync(ApprovalsHost host, PromptParked prompt, JsonNode answer, string sentence)
    {
        Assert.Equal(("ephemeral", false), (answer["response_type"]!.GetValue<string>(), answer["replace_original"]!.GetValue<bool>()));
        Assert.Equal([sentence, $"<https://approvals.example/console/reviews/{prompt.TicketId}|Open the review>"], SlackPress.Texts(answer));
        Assert.DoesNotContain("sign in [", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(ApprovalStatus.Pending, (await host.ReviewAsync(prompt.TicketId)).Status);
    }

    private const string SessionEnded = "Open the review and sign in; your console session has ended.";

    [Fact]
    public async Task A_release_is_the_same_vote_as_in_the_console_and_says_where_it_came_from()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);
        Assert.Equal(["release", "reject"], SlackPress.ActionIds(Chat.Last));
        Assert.Equal("The text above goes to echo once everybody who has to agree has done so.", SlackPress.Actions(Chat.Last)!["elements"]![0]!["confirm"]!["text"]!["text"]!.GetValue<string>());

        var answer = await PressAsync(host);

        var review = await host.ReviewAsync(prompt.TicketId);
        var vote = Assert.Single(review.Votes);
        Assert.Equal((ApprovalStatus.Releasing, "ann", true, "(through Slack)"), (review.Status, vote.Subject, vote.Approve, vote.Reason));
        Assert.Equal("(through Slack)", Assert.Single(await host.Heard.WaitAsync<PersonActed>(act => act.TicketId == prompt.TicketId)).Reason);
        Assert.True(answer["replace_original"]!.GetValue<bool>());
        Assert.Null(SlackPress.Actions(answer));
        Assert.Equal(
            ["Released by ann", "Risk: 70", "Caller: carol", "Rule: park-secrets", "Masked excerpt, in the caller's words: use [SECRET] to sign in", $"<https://approvals.example/console/reviews/{prompt.TicketId}|Open the review>"],
            SlackPress.Texts(answer));
    }

    [Fact]
    public async Task A_rejection_has_a_cause_and_its_words_for_a_reason()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);

        var answer = await PressAsync(host, cause: nameof(RejectCause.Secrets));

        var review = await host.ReviewAsync(prompt.TicketId);
        Assert.Equal((ApprovalStatus.Rejected, RejectCause.Secrets, "Keys or passwords (through Slack)"), (review.Status, review.Cause, review.Reason));
        Assert.Equal("Rejected by ann: Keys or passwords", SlackPress.Texts(answer)[0]);
    }

    [Fact]
    public async Task Every_cause_can_be_chosen()
    {
        var host = await TellAsync(Prompt());

        var options = SlackPress.Actions(Chat.Last)!["elements"]![1]!["options"]!.AsArray();

        Assert.Equal(Enum.GetNames<RejectCause>().Order(), options.Select(option => option!["value"]!.GetValue<string>()).Order());
    }

    [Fact]
    public async Task A_release_that_can_be_taken_back_says_until_when()
    {
        var prompt = Prompt() with { UndoWindow = TimeSpan.FromSeconds(30) };
        var host = await TellAsync(prompt);

        Assert.Equal("Released by ann; it can be taken back until 09:00:30 UTC", SlackPress.Texts(await PressAsync(host))[0]);
    }

    [Fact]
    public async Task One_of_two_is_told_so_and_the_message_stays_for_the_other()
    {
        var prompt = Prompt([Given.Stage(people: 2)]);
        var host = await TellAsync(prompt);

        await AssertRefusedAsync(host, prompt, await PressAsync(host), "Your yes counts; it needs somebody else's as well.");
        await AssertRefusedAsync(host, prompt, await PressAsync(host, "W0ANN", at: "1531420701.000200"), "Your yes counts already; it needs somebody else's as well."); // the same person by another id
        Assert.Equal("Released by ann, bob", SlackPress.Texts(await PressAsync(host, "U0BOB"))[0]);
    }

    [Fact]
    public async Task Delivered_again_it_is_the_same_vote()
    {
        var prompt = Prompt([Given.Stage(people: 2)]);
        var host = await TellAsync(prompt);

        await PressAsync(host);
        await AssertRefusedAsync(host, prompt, await PressAsync(host), "Your yes counts; it needs somebody else's as well.");
        await PressAsync(host, "U0BOB");
        var again = await PressAsync(host, "U0BOB");

        Assert.Equal("Released by ann, bob", SlackPress.Texts(again)[0]);
        Assert.Equal(2, (await host.ReviewAsync(prompt.TicketId)).Votes.Count);
        Assert.Equal(2, (await host.Heard.WaitAsync<PersonActed>(act => act.TicketId == prompt.TicketId, 2)).Count);
    }

    [Fact]
    public async Task A_user_who_stands_for_nobody_decides_nothing()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);

        await AssertRefusedAsync(host, prompt, await PressAsync(host, "U0EVE"), "Your Slack user stands for nobody here, so nothing was decided.");
    }

    [Fact]
    public async Task Somebody_who_is_not_signed_in_to_the_console_decides_nothing()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);

        await AssertRefusedAsync(host, prompt, await PressAsync(host, "U0CAROL"), SessionEnded);
    }

    [Fact]
    public async Task A_session_ends_with_its_token()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);

        Clock.Advance(HeaderPeople.TokenLife);
        await AssertRefusedAsync(host, prompt, await PressAsync(host), SessionEnded);

        await SignInAsync(host, "ann");
        Assert.Equal("Released by ann", SlackPress.Texts(await PressAsync(host, at: "1531420800.000200"))[0]);
    }

    [Fact]
    public async Task A_session_ends_when_the_settings_say_so_whatever_its_token_says()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt, [new("People:LongestSession", "01:00:00")]);

        Clock.Advance(TimeSpan.FromMinutes(61));

        await AssertRefusedAsync(host, prompt, await PressAsync(host), SessionEnded);
    }

    [Fact]
    public async Task Who_signed_out_everywhere_decides_nothing_in_Slack_either()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);
        await host.PublishAsync(new PersonSignedOut("ann", Clock.GetUtcNow()));
        await Eventually.Async(() => host.ReadAsync(store => store.Set<Shared.SignedOut>().AnyAsync()));
        Clock.Advance(TimeSpan.FromSeconds(3)); // by then every instance has read it

        await AssertRefusedAsync(host, prompt, await PressAsync(host), SessionEnded);
    }

    [Fact]
    public async Task Where_deciding_asks_for_a_fresh_sign_in_a_press_does_too()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt, [new("People:StepUp:0", Permissions.Review)]);

        Clock.Advance(TimeSpan.FromMinutes(6));
        await AssertRefusedAsync(host, prompt, await PressAsync(host), "This needs a fresh sign-in: open the review, sign in again and decide there.");

        await SignInAsync(host, "ann");
        Assert.Equal("Released by ann", SlackPress.Texts(await PressAsync(host, at: "1531420800.000200"))[0]);
    }

    [Fact]
    public async Task Who_may_read_and_not_decide_decides_nothing()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await SignInAsync(host, "ann", permissions: Permissions.ReadTrail); // what they may do has changed

        await AssertRefusedAsync(host, prompt, await PressAsync(host), "Deciding is not one of your permissions.");
    }

    [Fact]
    public async Task A_sign_in_from_before_does_not_bring_its_rights_back()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);
        Clock.Advance(TimeSpan.FromSeconds(10));
        await SignInAsync(host, "ann", permissions: Permissions.ReadTrail);
        await SignInAsync(host, "ann", secondsAgo: 5);

        await AssertRefusedAsync(host, prompt, await PressAsync(host), "Deciding is not one of your permissions.");
    }

    [Fact]
    public async Task Nobody_decides_about_their_own_prompt()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);
        await SignInAsync(host, "carol");

        await AssertRefusedAsync(host, prompt, await PressAsync(host, "U0CAROL"), "This is your own prompt: somebody else decides about it.");
    }

    [Fact]
    public async Task Who_is_in_none_of_its_groups_is_told_as_little_as_by_the_API()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);
        await SignInAsync(host, "carol", groups: "strangers");

        await AssertRefusedAsync(host, prompt, await PressAsync(host, "U0CAROL"), "There is no such review, or it waits for other people.");
    }

    [Fact]
    public async Task Who_is_asked_later_is_told_who_is_asked_now()
    {
        var prompt = Prompt([Given.Stage(minutes: 60), Given.Stage("leads", minutes: 60)]);
        var host = await TellAsync(prompt);
        await SignInAsync(host, "carol", groups: "leads");
        await SignInAsync(host, "bob", groups: "leads");

        await AssertRefusedAsync(host, prompt, await PressAsync(host, "U0BOB"), "This stage waits for people of reviewers.");
    }

    [Fact]
    public async Task What_somebody_else_holds_is_theirs()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);
        await host.As("bob").AskAsync(prompt.TicketId, "claim");

        await AssertRefusedAsync(host, prompt, await PressAsync(host), "bob is deciding about this until 09:02:00 UTC.");
    }

    [Fact]
    public async Task What_is_decided_is_decided()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);
        await host.As("bob").VoteAsync(prompt.TicketId, Given.No());

        var answer = await PressAsync(host);

        Assert.Equal("ephemeral", answer["response_type"]!.GetValue<string>());
        Assert.Equal("bob decided at 2026-03-02 09:00:00 UTC: it is rejected.", SlackPress.Texts(answer)[0]);
        Assert.Equal(ApprovalStatus.Rejected, (await host.ReviewAsync(prompt.TicketId)).Status);
    }

    [Fact]
    public async Task A_text_that_was_changed_meanwhile_is_another_one()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);
        await host.Desk.OpenAsync(prompt with { Edited = new EditedPrompt(1, "other", "echo", [], "[removed]", new PersonRef("bob", "Bob"), Given.Start, Whole: true) }, Ct);

        await AssertRefusedAsync(host, prompt, await PressAsync(host), "Your decision was about another text than the one that waits here. Read it again.");
        await AssertRefusedAsync(host, prompt, await PressAsync(host, cause: nameof(RejectCause.Other), at: "1531420800.000200"), "Your decision was about another text than the one that waits here. Read it again.");
    }

    [Fact]
    public async Task A_reason_that_a_later_stage_asks_for_is_not_made_up()
    {
        var prompt = Prompt([Given.Stage(people: 2), Given.Stage("reviewers") with { Reason = true }]);
        var host = await TellAsync(prompt);
        await host.As("dan").VoteAsync(prompt.TicketId, Given.Yes());
        await host.As("eve").VoteAsync(prompt.TicketId, Given.Yes());

        await AssertRefusedAsync(host, prompt, await PressAsync(host), "Here a release needs a reason as well.");
    }

    public static TheoryData<string> WithoutRelease => ["not all of it", "a look", "a reason", "cut here", "no excerpt"];

    [Theory, MemberData(nameof(WithoutRelease))]
    public async Task Nobody_is_offered_to_release_what_the_message_does_not_show_or_cannot_ask_for(string why)
    {
        var prompt = why switch
        {
            "not all of it" => Prompt() with { Whole = false },
            "a look" => Prompt([Given.Stage() with { Look = TimeSpan.FromSeconds(5) }]) with { Length = 1_000 },
            "a reason" => Prompt([Given.Stage() with { Reason = true }]),
            "cut here" => Prompt() with { Excerpt = string.Concat(Enumerable.Repeat("\u200B", 200)) },
            _ => Prompt(),
        };
        var host = await StartAsync(why == "no excerpt" ? Buttons(("Excerpt", "false")) : Buttons());
        await ParkAsync(host, prompt);
        await UntilAsync(host, NoticeState.Sent, 1);

        Assert.Equal(["reject"], SlackPress.ActionIds(Chat.Last));
    }

    [Fact]
    public async Task A_digest_has_no_buttons()
    {
        var host = await StartAsync(Buttons(("After", "00:01:00")));
        await ParkAsync(host, Prompt());
        await ParkAsync(host, Prompt());

        Clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(host, NoticeState.Sent, 2);

        Assert.Null(SlackPress.Actions(Assert.Single(Chat.Bodies) is var body ? JsonNode.Parse(body)! : null!));
    }

    [Fact]
    public async Task Hostile_names_and_excerpts_are_words_in_buttons_and_answers_too()
    {
        const string hostile = "<!channel> <@U123> <https://evil.example|Release> *bold*\u202E";
        var prompt = Prompt() with { Excerpt = hostile, Rule = hostile, Model = hostile, Caller = new CallerRef("mallory", hostile, []) };
        var host = await StartAsync([.. Database], Buttons(("People:U0EVIL", hostile)));
        await SignInAsync(host, "ann");
        await ParkAsync(host, prompt);
        await UntilAsync(host, NoticeState.Sent, 1);

        await host.Desk.ClaimAsync(prompt.TicketId, Given.Person(hostile), new ClaimReview(Guid.NewGuid()), Ct);
        var held = await PressAsync(host);
        Clock.Advance(TimeSpan.FromMinutes(3));
        var released = await PressAsync(host, at: "1531420800.000200");

        Assert.StartsWith("Released by ann", SlackPress.Texts(released)[0], StringComparison.Ordinal);
        foreach (var words in new[] { Chat.Last, held, released }.SelectMany(SlackPress.Texts).Where(words => !words.StartsWith("<https://approvals.example/console", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain('<', words);
            Assert.DoesNotContain("https://evil", words, StringComparison.Ordinal);
            Assert.DoesNotContain('\u202E', words);
        }
    }

    [Fact]
    public async Task An_answer_that_Slack_does_not_take_changes_nothing_and_no_secret_is_told()
    {
        var prompt = Prompt();
        var host = await TellAsync(prompt);
        Chat.Refuse(HttpStatusCode.InternalServerError);

        await PressAsync(host);
        await Eventually.Async(() => Task.FromResult(Logs.All.Any(line => line.Contains("did not take the answer", StringComparison.Ordinal))));

        Assert.Equal(ApprovalStatus.Releasing, (await host.ReviewAsync(prompt.TicketId)).Status);
        Assert.DoesNotContain(Logs.All, line => line.Contains(ChatServer.Secret, StringComparison.Ordinal) || line.Contains(SlackPress.Secret, StringComparison.Ordinal) || line.Contains("use [SECRET] to sign in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_follows_nobody_elsewhere()
    {
        var host = await TellAsync(Prompt());
        Chat.Answer = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (307, Chat.Url);
            return Task.CompletedTask;
        };

        await PressAsync(host);
        await Eventually.Async(() => Task.FromResult(Logs.All.Any(line => line.Contains("did not take the answer", StringComparison.Ordinal))));

        Assert.Single(Chat.Bodies);
    }
}
