using System.Globalization;
using Approvals.Notifications;
using Approvals.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Approvals.Tests.Notifications;

public sealed class ChannelSettings
{
    private const string Hook = "https://hooks.example/services/T0-secret";
    private static readonly NotificationsRules Rules = new(new ConfigurationBuilder().Build());

    private static NotificationsOptions Good(Action<NotificationsOptions>? change = null)
    {
        var options = new NotificationsOptions
        {
            ConsoleUrl = "https://approvals.example",
            Smtp = new() { Host = "mail.example", From = "approvals@example.org" },
            Channels = [new() { Name = "chat", Kind = "slack", Url = Hook }, new() { Name = "mail", Kind = "Mail", To = ["a@example.org"], Quiet = new() { From = "22:00", To = "07:00" } }],
        };
        change?.Invoke(options);
        return options;
    }

    private static readonly Dictionary<string, Action<NotificationsOptions>> Mistakes = new()
    {
        ["Notifications:ConsoleUrl (http://approvals.example)"] = options => options.ConsoleUrl = "http://approvals.example",
        ["Notifications:MostAttempts (0)"] = options => options.MostAttempts = 0,
        ["Notifications:Patience (00:02:00)"] = options => options.Patience = TimeSpan.FromMinutes(2),
        ["Notifications:Channels:0:Kind (pigeon) must be Slack, Teams, Mail"] = options => options.Channels[0].Kind = "pigeon",
        ["Notifications:Channels:0:Kind (9)"] = options => options.Channels[0].Kind = "9",
        ["Notifications:Channels:0:Name (My Chat)"] = options => options.Channels[0].Name = "My Chat",
        ["the name 'mail' is given 2 times"] = options => options.Channels[0].Name = "mail",
        ["Notifications:Channels:0:Url must be an https address"] = options => options.Channels[0].Url = Hook.Replace("https", "http", StringComparison.Ordinal),
        ["Notifications:Channels:0 needs either Url or UrlFile"] = options => options.Channels[0].Url = null,
        ["Notifications:Channels:0:UrlFile must be an https address"] = options => (options.Channels[0].Url, options.Channels[0].UrlFile) = (null, "/nowhere"),
        ["Notifications:Channels:0:LeastScore (101)"] = options => options.Channels[0].LeastScore = 101,
        ["Notifications:Channels:0:After (-00:00:01)"] = options => options.Channels[0].After = TimeSpan.FromSeconds(-1),
        ["Notifications:Channels:0:Digest (1.00:00:00)"] = options => options.Channels[0].Digest = TimeSpan.FromDays(1),
        ["Notifications:Channels:0:RemindBefore (00:00:00)"] = options => options.Channels[0].RemindBefore = TimeSpan.Zero,
        ["Notifications:Channels:1:To names nobody"] = options => options.Channels[1].To = [],
        ["Notifications:Channels:1:To (nobody)"] = options => options.Channels[1].To = ["nobody"],
        ["Notifications:Channels:1:Quiet:From (25:00)"] = options => options.Channels[1].Quiet!.From = "25:00",
        ["are both 07:00"] = options => options.Channels[1].Quiet!.From = "07:00",
        ["Notifications:Channels:1:Quiet:TimeZone (Atlantis)"] = options => options.Channels[1].Quiet!.TimeZone = "Atlantis",
        ["Notifications:Channels:0:SigningSecret is set, but People names nobody"] = options => options.Channels[0].SigningSecret = "T0-secret-of-the-app",
        ["Notifications:Channels:0:People is set without a SigningSecret"] = options => options.Channels[0].People["U0123ABC"] = "ann",
        ["Notifications:Channels:0 needs only one of SigningSecret and SigningSecretFile"] = options => Clicked(options, "T0-secret-of-the-app").SigningSecretFile = "/nowhere",
        ["Notifications:Channels:0:SigningSecretFile must be the signing secret"] = options => Clicked(options, null).SigningSecretFile = "/nowhere",
        ["Notifications:Channels:0:SigningSecret must be the signing secret"] = options => Clicked(options, "T0-secret"),
        ["Notifications:Channels:0:People (ann) must be a Slack member id"] = options => Clicked(options, "T0-secret-of-the-app").People["ann"] = "ann",
        ["Notifications:Channels:0:People:U0123ABC names nobody"] = options => Clicked(options, "T0-secret-of-the-app").People["U0123ABC"] = " ",
        ["nothing that Mail sends proves who pressed a button"] = options => options.Channels[1].SigningSecret = "T0-secret-of-the-app",
        ["nothing that Teams sends proves who pressed a button"] = options => Clicked(options, "T0-secret-of-the-app").Kind = "Teams",
        ["Notifications:Smtp:Host"] = options => options.Smtp.Host = null,
        ["Notifications:Smtp:From"] = options => options.Smtp.From = "a@b\r\nBcc: c@d",
        ["Notifications:Smtp:Security is None"] = options => options.Smtp.Security = "None",
        ["Notifications:Smtp:Username and a password belong together"] = options => options.Smtp.Password = "T0-secret",
    };

    private static ChannelOptions Clicked(NotificationsOptions options, string? secret)
    {
        (options.Channels[0].SigningSecret, options.Channels[0].People["U0123ABC"]) = (secret, "ann");
        return options.Channels[0];
    }

    public static TheoryData<string> Wrong => [.. Mistakes.Keys];

    [Theory, MemberData(nameof(Wrong))]
    public void What_cannot_work_is_told_with_its_key_and_without_its_secret(string said)
    {
        var result = Rules.Validate(null, Good(Mistakes[said]));

        Assert.Contains(said, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("T0-secret", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_work_is_taken_and_so_is_no_channel_at_all()
    {
        Assert.True(Rules.Validate(null, Good()).Succeeded);
        Assert.True(Rules.Validate(null, new()).Succeeded);
    }

    [Fact]
    public void An_address_may_lie_in_a_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, $"{Hook}\n");
        var options = Good(options => (options.Channels[0].Url, options.Channels[0].UrlFile) = (null, file));

        Assert.True(Rules.Validate(null, options).Succeeded);
        Assert.Equal(new Uri(Hook), new Channel(options.Channels[0]).Url);
        File.Delete(file);
    }

    [Fact]
    public void Buttons_need_both_a_secret_which_may_lie_in_a_file_and_people()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "8f742231b10e8888abcd99yyyzzz85a5\n");
        var options = Good(options => Clicked(options, null).SigningSecretFile = file);

        Assert.True(Rules.Validate(null, options).Succeeded);
        Assert.Equal("ann", new Channel(options.Channels[0]).Buttons?.SubjectOf("U0123ABC"));
        Assert.Null(new Channel(Good().Channels[0]).Buttons);
        File.Delete(file);
    }

    [Fact]
    public async Task A_service_with_a_wrong_channel_does_not_start()
    {
        using var file = new TempStore();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => ApprovalsHost.StartAsync(file, [new("Notifications:Channels:0:Kind", "pigeon"), new("Notifications:Channels:0:Quite:From", "22:00")]));

        Assert.Contains("Notifications:Channels:0:Quite is no setting of a channel", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Notifications:Channels:0:Kind (pigeon)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-02T12:00Z", null)]
    [InlineData("2026-03-02T21:00Z", "2026-03-03T06:00Z")]
    [InlineData("2026-03-03T03:00Z", "2026-03-03T06:00Z")]
    [InlineData("2026-03-03T06:00Z", null)]
    [InlineData("2026-03-28T22:00Z", "2026-03-29T05:00Z")] // clocks go forward
    [InlineData("2026-10-24T21:00Z", "2026-10-25T06:00Z")] // and back
    public void Quiet_hours_go_by_the_clock_on_the_wall(string at, string? until)
    {
        var quiet = new QuietHours(new() { From = "22:00", To = "07:00", TimeZone = "Europe/Vienna" });

        Assert.Equal(until is null ? null : DateTimeOffset.Parse(until, CultureInfo.InvariantCulture), quiet.EndOf(50, DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Quiet_hours_that_end_in_an_hour_the_clock_leaves_out_end_after_it()
    {
        var quiet = new QuietHours(new() { From = "22:00", To = "02:30", TimeZone = "Europe/Vienna" });

        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), quiet.EndOf(50, new DateTimeOffset(2026, 3, 28, 23, 0, 0, TimeSpan.Zero)));
    }
}
