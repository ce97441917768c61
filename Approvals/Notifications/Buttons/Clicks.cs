using System.Threading.Channels;

namespace Approvals.Notifications.Buttons;

/// <summary>
/// Clicks that Slack was told are here, and their work, which may take longer than Slack waits. One that is lost with the
/// process decides nothing: its message keeps its buttons.
/// </summary>
internal sealed partial class Clicks(ClickDesk desk, SlackAnswers answers, NoticeMetrics metrics, ILogger<Clicks> logger) : BackgroundService
{
    private const int Most = 256;
    private const int AtOnce = 8;

    private readonly Channel<(Channel From, SlackClick Click, Marked Marked)> waiting =
        System.Threading.Channels.Channel.CreateBounded<(Channel, SlackClick, Marked)>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.Wait });

    /// <returns>False when too many wait, or the process ends.</returns>
    public bool TryTake(Channel from, SlackClick click, Marked marked) => waiting.Writer.TryWrite((from, click, marked));

    /// <summary>What was taken is done, also while the host stops.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stop = stoppingToken.Register(() => waiting.Writer.TryComplete());
        await Parallel.ForEachAsync(waiting.Reader.ReadAllAsync(CancellationToken.None), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, ct) => await ServeAsync(one.From, one.Click, one.Marked, ct));
    }

    private async Task ServeAsync(Channel from, SlackClick click, Marked marked, CancellationToken ct)
    {
        try
        {
            var answer = await desk.AnswerAsync(from, click, marked, ct);
            metrics.Clicked(answer.Counted ? "counted" : "refused");
            await answers.PostAsync(from, click.AnswerTo, answer.Message, ct);
        }
        catch (Exception fault) // whatever one click broke on, the next is served
        {
            LogNotServed(from.Name, fault);
            await answers.PostAsync(from, click.AnswerTo, desk.NotNow(marked), ct);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A click in channel {Channel} could not be served; it may be made again, or the decision made in the console.")]
    private partial void LogNotServed(string channel, Exception fault);
}
