using Approvals.Notifications;
using Approvals.Tests.Support;
using Tests.Servers;

namespace Approvals.Tests.Notifications;

/// <summary>One channel, two instances, on SQLite, PostgreSQL and SQL Server.</summary>
public sealed class NoticesOnEachDatabase(Databases databases) : NoticeTest
{
    public static TheoryData<string> All => Databases.All;

    [Theory, MemberData(nameof(All))]
    public async Task Notices_are_planned_and_sent_once(string provider)
    {
        var database = (await databases.NewAsync(provider)).Settings("Approvals:Storage").ToArray();
        var first = await StartAsync(database, Slack(("Digest", "00:00:00"), ("RemindBefore", "00:01:00")));
        var second = await StartAsync(database, Slack(("Digest", "00:00:00"), ("RemindBefore", "00:01:00")));

        for (var i = 0; i < 4; i++)
        {
            await ParkAsync(i % 2 == 0 ? first : second, Given.Prompt(at: Clock.GetUtcNow()));
            await UntilAsync(first, NoticeState.Sent, i + 1);
        }
        Clock.Advance(TimeSpan.FromMinutes(9));
        await UntilAsync(first, NoticeState.Sent, 8);

        Assert.Equal(5, Chat.Bodies.Count); // the last reminds of all four
    }
}
