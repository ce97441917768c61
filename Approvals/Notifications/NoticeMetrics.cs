using System.Diagnostics.Metrics;
using Approvals.Workflow;
using Shared;

namespace Approvals.Notifications;

internal sealed class NoticeMetrics
{
    public const string KindTag = "approvals.channel";
    private readonly Counter<long> sent;
    private readonly Counter<long> failed;
    private readonly Counter<long> clicks;

    public NoticeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Tracing.Name);
        sent = meter.CreateCounter<long>("approvals.notices.sent", "{message}", "Messages that a channel took, by its kind.");
        failed = meter.CreateCounter<long>("approvals.notices.failed", "{attempt}", "Attempts that a channel did not take, by its kind.");
        clicks = meter.CreateCounter<long>("approvals.clicks", "{click}", "Clicks that came in, by what became of them.");
    }

    public void Sent(ChannelKind kind) => sent.Add(1, new KeyValuePair<string, object?>(KindTag, Word(kind)));

    public void Failed(ChannelKind kind) => failed.Add(1, new KeyValuePair<string, object?>(KindTag, Word(kind)));

    /// <param name="outcome">counted, refused, unusable, unsigned or full.</param>
    public void Clicked(string outcome) => clicks.Add(1, new KeyValuePair<string, object?>(ReviewMetrics.OutcomeTag, outcome));

    private static string Word(ChannelKind kind) => kind.ToString().ToLowerInvariant();
}
