using System.Net;
using ApprovalsUI.Client.Calls;
using Contracts;
using Contracts.Api;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApprovalsUI.Client;

/// <summary>
/// Keeps <see cref="QueueState"/> up to date. A push is a hint, the cursor is the truth: after every connect, every gap
/// in the sequence and every 30 seconds it asks for what changed after the last number it has seen everything up to.
/// </summary>
internal sealed partial class ReviewFeed(
    ApprovalsClient approvals, PersonSession person, QueueState queue, IOptions<ConsoleOptions> options, TimeProvider clock, ILogger<ReviewFeed> log)
    : IAsyncDisposable
{
    private const int PageSize = 200;
    private const int MaxPages = 100;
    private const long Nothing = -1;
    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, .. new[] { 1, 2, 5, 10 }.Select(seconds => TimeSpan.FromSeconds(seconds))];
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private Task? running;
    private long cursor = Nothing;

    internal event Action? StateChanged;

    internal FeedState State { get; private set; } = FeedState.Connecting;

    /// <summary>Starts listening; a second call changes nothing.</summary>
    internal void Start() => running ??= RunAsync(stop.Token);

    private async Task RunAsync(CancellationToken cancel)
    {
        queue.For(await person.PersonAsync());
        await using var hub = Build();
        await using var safetyNet = clock.CreateTimer(_ => Wake(), null, SafetyNet, SafetyNet);
        for (var failures = 0; !cancel.IsCancellationRequested;)
        {
            try
            {
                await hub.StartAsync(cancel);
                while (hub.State == HubConnectionState.Connected && await CatchUpAsync(cancel))
                {
                    failures = 0;
                    Become(FeedState.Live);
                    await wake.WaitAsync(cancel);
                }

                await hub.StopAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.Unauthorized)
            {
                person.End();
                Become(FeedState.Offline);
                return;
            }
            catch (Exception failure)
            {
                // Whatever a transport throws, the answer is the same: say so on the screen and try again.
                LogConnectFailed(failure.GetType().Name, failures + 1);
            }

            failures++;
            Become(failures <= 2 ? FeedState.Reconnecting : FeedState.Offline);
            await Task.Delay(Pauses[Math.Min(failures, Pauses.Length) - 1], clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private HubConnection Build()
    {
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(options.Value.Approvals, "hubs/reviews"), connection => connection.AccessTokenProvider = person.AccessTokenAsync)
            .AddJsonProtocol(protocol => JsonWire.Configure(protocol.PayloadSerializerOptions))
            .Build();
        hub.On<ReviewSummary>(nameof(IReviewFeed.ReviewChanged), Hear);
        hub.Closed += _ =>
        {
            if (!stop.IsCancellationRequested)
            {
                Become(FeedState.Reconnecting);
            }

            Wake();
            return Task.CompletedTask;
        };
        return hub;
    }

    private void Hear(ReviewSummary review)
    {
        queue.Apply([review]);
        var next = review.Sequence;
        if (Interlocked.CompareExchange(ref cursor, next, next - 1) is var seen && seen != Nothing && next > seen + 1)
        {
            Wake();
        }
    }

    /// <returns>False when the service did not answer: what is on the screen may be old.</returns>
    private async Task<bool> CatchUpAsync(CancellationToken cancel)
    {
        var from = Volatile.Read(ref cursor);
        var (changes, upTo) = await FetchAsync(from, cancel);
        if (upTo < from && upTo != Nothing)
        {
            // The service counts from below what we have seen: another store. Start over.
            queue.Clear();
            (changes, upTo) = await FetchAsync(from = Nothing, cancel);
        }

        if (upTo == Nothing)
        {
            return false;
        }

        if (from == Nothing)
        {
            queue.Load(changes, upTo);
        }
        else
        {
            queue.Apply(changes);
        }

        Volatile.Write(ref cursor, upTo);
        return true;
    }

    private async Task<(List<ReviewSummary> Changes, long UpTo)> FetchAsync(long from, CancellationToken cancel)
    {
        var changes = new List<ReviewSummary>();
        var upTo = Nothing;
        string? next = null;
        for (var page = 0; page < MaxPages && (page == 0 || next is not null); page++)
        {
            var answer = from == Nothing
                ? await approvals.OpenAsync(next, PageSize, cancel)
                : await approvals.ChangedAsync(from, next, PageSize, cancel);
            if (answer is not ApiResult<ReviewPage>.Ok(var reviews))
            {
                return (changes, Nothing);
            }

            // The first page's number is the safe one: what changes while later pages are fetched is asked for again.
            upTo = page == 0 ? reviews.Sequence : upTo;
            changes.AddRange(reviews.Items);
            next = reviews.Next;
        }

        return (changes, upTo);
    }

    private void Become(FeedState state)
    {
        if (State != state)
        {
            State = state;
            StateChanged?.Invoke();
        }
    }

    private void Wake()
    {
        if (wake.CurrentCount == 0)
        {
            try
            {
                wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else woke it in the same moment, which is all that is wanted.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (running is not null)
        {
            await running;
        }

        stop.Dispose();
        wake.Dispose();
    }

    [LoggerMessage(1, LogLevel.Warning, "The live feed could not be reached ({Failure}), attempt {Attempt}.")]
    private partial void LogConnectFailed(string failure, int attempt);
}
