using System.Collections.Concurrent;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;

namespace WholePath.Support;

/// <summary>A reviewer with the whole queue of one product before them: finds a cell's review as soon as it is there, and knows how many there ever were.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Reviewer reviewer;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, ReviewSummary>> reviews = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> waiting = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Task reading;
    private long seen;

    private Desk(Reviewer reviewer)
    {
        this.reviewer = reviewer;
        reading = ReadAsync();
    }

    public static async Task<Desk> OpenAsync(Product product) => new(await product.SignInAsync());

    public Task<string> ReviewOfAsync(string cell) => Wait(cell).Task;

    /// <summary>Reviews that were ever opened for this cell, with every change until now.</summary>
    public async Task<IReadOnlyCollection<ReviewSummary>> AllOfAsync(string cell)
    {
        await CatchUpAsync();
        return [.. reviews.GetValueOrDefault(cell)?.Values ?? []];
    }

    public Task ApproveAsync(string review) => reviewer.ApproveAsync(review);

    public Task RejectAsync(string review, string reason) => reviewer.RejectAsync(review, reason);

    public Task<IReadOnlyList<TrailEntryView>> TrailAsync(string review) => reviewer.TrailAsync($"ticket={review}");

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await reading;
        reviewer.Dispose();
        closing.Dispose();
    }

    private async Task ReadAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            await CatchUpAsync();
            await Task.Delay(Look, TimeProvider.System, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CatchUpAsync()
    {
        ReviewPage page;
        do
        {
            page = (await reviewer.Http.GetFromJsonAsync<ReviewPage>($"/api/reviews?after={Interlocked.Read(ref seen)}&take=200", JsonWire.Options))!;
            foreach (var review in page.Items) Take(review);
        }
        while (page.Next is not null && page.Items.Count > 0);
    }

    private void Take(ReviewSummary review)
    {
        if (ScriptedModel.Cell().Match(review.Excerpt) is { Success: true } match)
        {
            var cell = match.Groups[1].Value;
            reviews.GetOrAdd(cell, _ => new())[review.Id] = review;
            Wait(cell).TrySetResult(review.Id);
        }
        if (review.Sequence > Interlocked.Read(ref seen)) Interlocked.Exchange(ref seen, review.Sequence);
    }

    private TaskCompletionSource<string> Wait(string cell) => waiting.GetOrAdd(cell, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
