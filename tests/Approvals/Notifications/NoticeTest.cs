using Approvals.Notifications;
using Approvals.Tests.Support;
using Contracts.Messages;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Tests.Notifications;

/// <summary>A service with channels that lead to real servers on this machine, and a clock the test owns.</summary>
public abstract class NoticeTest : IAsyncLifetime
{
    private readonly TempStore file = new();
    private readonly List<ApprovalsHost> hosts = [];

    internal FakeTimeProvider Clock { get; } = new(Given.Start);
    internal ChatServer Chat { get; private set; } = null!; // set before every test
    internal MailServer Mail { get; } = new();
    internal CapturedLogs Logs { get; } = new();

    public async ValueTask InitializeAsync() => Chat = await ChatServer.StartAsync();

    /// <summary>One more instance on the same database.</summary>
    internal Task<ApprovalsHost> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(Database, settings);

    internal KeyValuePair<string, string?>[] Database => [new("Approvals:Storage:Connection", file.ConnectionString)];

    internal async Task<ApprovalsHost> StartAsync(KeyValuePair<string, string?>[] database, (string Key, string Value)[] settings)
    {
        var host = await ApprovalsHost.StartAsync(
            [
                .. database, new("Notifications:ConsoleUrl", "https://approvals.example"),
                new("Notifications:Smtp:Host", "127.0.0.1"), new("Notifications:Smtp:Port", $"{Mail.Port}"), new("Notifications:Smtp:Security", "None"), new("Notifications:Smtp:From", "Approvals <approvals@example.org>"),
                .. settings.Select(setting => KeyValuePair.Create<string, string?>($"Notifications:{setting.Key}", setting.Value)),
            ], Clock, Logs);
        hosts.Add(host);
        return host;
    }

    internal async Task StopAsync(ApprovalsHost host)
    {
        hosts.Remove(host);
        await host.DisposeAsync();
    }

    internal (string Key, string Value)[] Slack(params (string Key, string Value)[] more) =>
        [("Channels:0:Name", "chat"), ("Channels:0:Kind", "Slack"), ("Channels:0:Url", Chat.Url), .. more.Select(setting => ($"Channels:0:{setting.Key}", setting.Value))];

    internal static (string Key, string Value)[] ByMail(params (string Key, string Value)[] more) =>
        [("Channels:1:Name", "mail"), ("Channels:1:Kind", "Mail"), ("Channels:1:To:0", "reviewers@example.org"), .. more.Select(setting => ($"Channels:1:{setting.Key}", setting.Value))];

    internal static Task<List<Notice>> NoticesAsync(ApprovalsHost host) =>
        host.ReadAsync(store => store.Set<Notice>().AsNoTracking().OrderBy(notice => notice.Channel).ThenBy(notice => notice.Kind).ToListAsync());

    /// <summary>Waits until as many are in this state.</summary>
    internal static Task UntilAsync(ApprovalsHost host, NoticeState state, int count) =>
        Eventually.Async(async () => (await NoticesAsync(host)).Count(notice => notice.State == state) == count);

    /// <summary>Parks a prompt and waits until it is planned what will be said. Not over the bus: of two instances on one database, either may take what is sent there.</summary>
    internal static async Task<PromptParked> ParkAsync(ApprovalsHost host, PromptParked prompt)
    {
        await host.Desk.OpenAsync(prompt, TestContext.Current.CancellationToken);
        await Eventually.Async(async () => (await NoticesAsync(host)).Any(notice => notice.ReviewId == prompt.TicketId));
        return prompt;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts) await host.DisposeAsync();
        await Chat.DisposeAsync();
        await Mail.DisposeAsync();
        Logs.Dispose();
        file.Dispose();
        GC.SuppressFinalize(this);
    }
}
