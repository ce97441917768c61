using System.Net;
using Approvals.Notifications;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Tests.Notifications;

/// <summary>When people are told, and when they are left alone.</summary>
public sealed class Noticing : NoticeTest
{
    [Fact]
    public async Task Chat_is_told_at_once_and_mail_only_if_it_still_waits()
    {
        var host = await StartAsync([.. Slack(), .. ByMail(("After", "00:02:00"))]);
        var prompt = await ParkAsync(host, Given.Prompt(score: 72));

        await UntilAsync(host, NoticeState.Sent, 1);
        Assert.Empty(Mail.Mails);
        Clock.Advance(TimeSpan.FromMinutes(2));
        await UntilAsync(host, NoticeState.Sent, 2);

        Assert.Equal("A prompt waits for a decision: risk 72, 10 min left", Chat.Last["text"]?.GetValue<string>());
        Assert.Equal("A prompt waits for a decision: risk 72, 8 min left", Mail.Last.Subject);
        Assert.Contains($"https://approvals.example/console/reviews/{prompt.TicketId}", Mail.Last.TextBody, StringComparison.Ordinal);
        Assert.Contains("use [SECRET] to sign in", Mail.Last.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_about_what_is_decided_in_time()
    {
        var host = await StartAsync([.. Slack(("After", "00:01:00"), ("RemindBefore", "00:02:00")), .. ByMail(("After", "00:02:00"))]);
        var prompt = await ParkAsync(host, Given.Prompt());
        await UntilAsync(host, NoticeState.Planned, 3);

        await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes());
        Clock.Advance(TimeSpan.FromMinutes(9));
        await UntilAsync(host, NoticeState.NotNeeded, 3);

        Assert.Empty(Chat.Bodies);
        Assert.Empty(Mail.Mails);
    }

    [Fact]
    public async Task What_somebody_holds_is_not_told_until_they_let_it_lapse()
    {
        var host = await StartAsync(Slack(("After", "00:01:00")));
        var prompt = await ParkAsync(host, Given.Prompt());
        await host.As("ann").AskAsync(prompt.TicketId, "claim"); // for two minutes

        Clock.Advance(TimeSpan.FromSeconds(90));
        await Eventually.Async(async () => (await NoticesAsync(host)).Single().DueAt == Given.Start.AddMinutes(2));
        Assert.Empty(Chat.Bodies);

        Clock.Advance(TimeSpan.FromSeconds(30));
        await UntilAsync(host, NoticeState.Sent, 1);
    }

    [Fact]
    public async Task Before_the_deadline_they_are_reminded_once()
    {
        var host = await StartAsync(Slack(("RemindBefore", "00:03:00")));
        await ParkAsync(host, Given.Prompt(score: 81));
        await UntilAsync(host, NoticeState.Sent, 1);

        Clock.Advance(TimeSpan.FromMinutes(8));
        await UntilAsync(host, NoticeState.Sent, 2);

        Assert.Equal("Still nobody has decided: risk 81, 2 min left", Chat.Last["text"]?.GetValue<string>());
    }

    [Fact]
    public async Task A_later_stage_tells_the_groups_it_asks_and_not_those_before()
    {
        var host = await StartAsync([.. Slack(("Groups:0", "leads")), .. ByMail(("Groups:0", "reviewers"))]);
        await ParkAsync(host, Given.Prompt(stages: [Given.Stage(minutes: 5, then: OnDeadline.NextStage), Given.Stage("leads", minutes: 30)]));
        await UntilAsync(host, NoticeState.Sent, 1);
        Assert.Empty(Chat.Bodies);

        Clock.Advance(TimeSpan.FromMinutes(5));
        await UntilAsync(host, NoticeState.Sent, 2);

        Assert.Equal("A prompt now waits for your decision: risk 70, 30 min left", Chat.Last["text"]?.GetValue<string>());
        Assert.Single(Mail.Mails);
    }

    [Fact]
    public async Task Many_prompts_within_a_window_are_one_message()
    {
        var host = await StartAsync(Slack(("Digest", "00:05:00")));
        await ParkAsync(host, Given.Prompt());
        await UntilAsync(host, NoticeState.Sent, 1);

        for (var i = 0; i < 12; i++) await ParkAsync(host, Given.Prompt(stages: [Given.Stage(minutes: 20 + i)], at: Clock.GetUtcNow()));
        Clock.Advance(TimeSpan.FromMinutes(5));
        await UntilAsync(host, NoticeState.Sent, 13);

        Assert.Equal(2, Chat.Bodies.Count);
        Assert.Equal("12 prompts wait for a decision: the oldest for 5 min, the most urgent ends in 15 min", Chat.Last["text"]?.GetValue<string>());
        Assert.Contains("And 2 more: open the queue", Chat.Bodies[1], StringComparison.Ordinal);
        Assert.DoesNotContain("[SECRET]", Chat.Bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_hours_hold_what_can_wait_and_let_through_what_cannot()
    {
        Clock.SetUtcNow(Given.Start.AddHours(12)); // 22:00 in Vienna
        var host = await StartAsync(Slack(("Digest", "00:00:00"), ("Quiet:From", "21:30"), ("Quiet:To", "06:00"), ("Quiet:TimeZone", "Europe/Vienna"), ("Quiet:ExceptFrom", "90")));
        var patient = await ParkAsync(host, Given.Prompt(score: 70, stages: [Given.Stage(minutes: 24 * 60)], at: Clock.GetUtcNow()));
        await ParkAsync(host, Given.Prompt(score: 90, stages: [Given.Stage(minutes: 24 * 60)], at: Clock.GetUtcNow()));

        await UntilAsync(host, NoticeState.Sent, 1);
        Assert.Contains("risk 90", Assert.Single(Chat.Bodies), StringComparison.Ordinal);
        Assert.Equal(Given.Start.AddHours(20), (await NoticesAsync(host)).Single(notice => notice.ReviewId == patient.TicketId).DueAt);

        Clock.Advance(TimeSpan.FromHours(8));
        await UntilAsync(host, NoticeState.Sent, 2);
    }

    [Fact]
    public async Task A_channel_hears_only_of_its_rules_and_scores()
    {
        var host = await StartAsync([.. Slack(("Rules:0", "park-*"), ("LeastScore", "60")), .. ByMail(("Rules:0", "other"))]);
        await host.ParkAsync(Given.Prompt(score: 59));
        await ParkAsync(host, Given.Prompt(score: 60));
        await UntilAsync(host, NoticeState.Sent, 1);

        Assert.Contains("risk 60", Assert.Single(Chat.Bodies), StringComparison.Ordinal);
        Assert.Single(await NoticesAsync(host));
    }

    [Fact]
    public async Task Without_channels_nothing_is_planned()
    {
        var host = await StartAsync();
        await host.ParkAsync();

        Assert.Equal(0, await host.ReadAsync(store => store.Set<NoticeChannel>().CountAsync()));
    }

    [Fact]
    public async Task What_a_message_leads_to_changes_nothing_until_somebody_signs_in()
    {
        var host = await StartAsync(Slack());
        var prompt = await ParkAsync(host, Given.Prompt());

        using var anybody = host.As(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.GetAsync($"/api/reviews/{prompt.TicketId}", TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal(ApprovalStatus.Pending, (await host.ReviewAsync(prompt.TicketId)).Status);
    }
}
