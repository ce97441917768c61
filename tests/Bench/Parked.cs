using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Contracts;
using Contracts.Api;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Bench;

/// <summary>Many callers wait for people at once, each on an open stream: what one costs, how soon a console hears of one, how soon a vote is an answer.</summary>
internal sealed class Parked(GatewayUnderTest gateway, BenchOptions options, Report report) : IAsyncDisposable
{
    /// <summary>Parked at once while the queue fills.</summary>
    private const int Filling = 32;
    private const int Voters = 16;
    private const int LongestQuote = 500;

    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HttpClient callers = StreamClient.New();
    private readonly ConcurrentDictionary<int, Waiter> waiters = new();
    private readonly CancellationTokenSource closing = new();
    private HubConnection? console;

    /// <summary>Reviews and answers measured one by one, with all the others waiting.</summary>
    private int Singly => Math.Min(200, options.Waiters / 5);

    /// <summary>Filling ends then, with as many as wait by then: the figures say how many.</summary>
    private TimeSpan LongestFilling => TimeSpan.FromMinutes(options.Full ? 10 : 1);

    public async Task RunAsync()
    {
        var (reviewer, token) = await gateway.SignInAsync("riley");
        console = await ListenAsync(token);
        await OneByOneAsync(0, 20, TimeSpan.Zero); // warms up
        await VoteOneByOneAsync(reviewer, Enumerable.Range(0, 20));

        await Task.Delay(Settles, TimeProvider.System);
        var before = await gateway.ResidentAsync();
        var began = Stopwatch.GetTimestamp();
        var waiting = await FillAsync(1_000, options.Waiters);
        var filled = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.Delay(Settles, TimeProvider.System);
        var each = (await gateway.ResidentAsync() - before) / (double)waiting / 1e3;
        var busy = await BusyAsync();
        var together = Math.Min(2_000, waiting / 2);

        var list = await ListAsync(reviewer);
        var heard = await OneByOneAsync(100_000, Singly, Pause);
        var answered = await VoteOneByOneAsync(reviewer, Enumerable.Range(100_000, Singly));
        var used = gateway.ProcessorSeconds();
        var (votes, all) = await VoteTogetherAsync(reviewer, together);
        var cost = (gateway.ProcessorSeconds() - used) / together * 1e3;

        var many = ((double)waiting).Whole();
        report.Table($"{many} callers waiting on streams", ["", "p50", "p99", "longest"],
        [
            Row("from park to a console, ms", heard), Row("from vote to the answer's first byte, ms", answered), Row("first page of the queue, ms", list.First),
            ["all pages of the queue, ms", list.All.Ms(), "", ""],
        ], $"{(waiting < options.Waiters ? string.Create(CultureInfo.InvariantCulture, $"It was to be {options.Waiters}, but no more had come in {LongestFilling.TotalMinutes} minutes. ") : "")}Measured one after the other, {(1000 / Pause.TotalMilliseconds).Whole()} a second at most, while the others wait.");
        report.Table("What waiting and voting cost", ["", ""],
        [
            ["memory of one waiter (resident, kB)", each.Ms()], ["parked a second while the queue filled", (waiting / filled).Whole()], ["processors used while all wait", busy.Share()],
            [$"votes a second, {Voters} at once, {((double)together).Whole()} in all", votes.Whole()], ["released answers a second meanwhile", all.Whole()], ["processor time of one vote with its answer, ms", cost.Ms()],
        ]);
        report.Goal($"memory of a parked waiter ({many} of them)", "≤ 12 kB", each, each <= 12, " kB");
        Within("park → console p99", 150, heard);
        Within("vote → first byte p99", 100, answered);
        report.Goal("votes", "≥ 500 a second", votes, votes >= 500, " a second");
        reviewer.Dispose();

        void Within(string what, double most, IReadOnlyCollection<double> seen) =>
            report.Goal($"{what} ({many} pending)", string.Create(CultureInfo.InvariantCulture, $"≤ {most} ms"), Figures.Percentile(seen, 99), Figures.Percentile(seen, 99) <= most, " ms");
        static string[] Row(string name, IReadOnlyCollection<double> seen) => [name, Figures.Percentile(seen, 50).Ms(), Figures.Percentile(seen, 99).Ms(), seen.Max().Ms()];
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        if (console is not null) await console.DisposeAsync();
        callers.Dispose();
        closing.Dispose();
    }

    /// <summary>As a console does it.</summary>
    private async Task<HubConnection> ListenAsync(string token)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(gateway.Url + "/hubs/reviews"), connection => connection.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .AddJsonProtocol(protocol => JsonWire.Configure(protocol.PayloadSerializerOptions)).Build();
        hub.On<ReviewSummary>(nameof(IReviewFeed.ReviewChanged), Hear);
        await hub.StartAsync();
        return hub;
    }

    private void Hear(ReviewSummary review)
    {
        var now = Stopwatch.GetTimestamp();
        if (review.Status != ApprovalStatus.Pending || NumberIn(review.Excerpt) is not { } number || !waiters.TryGetValue(number, out var waiter)) return;
        waiter.Heard.TrySetResult((review.Id, now));
    }

    private static int? NumberIn(string excerpt)
    {
        const string Before = "(prompt ";
        var start = excerpt.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        var end = excerpt.IndexOf(')', Math.Max(0, start));
        return start >= Before.Length && end > start && int.TryParse(excerpt.AsSpan(start, end - start), CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <returns>How many wait.</returns>
    private async Task<int> FillAsync(int first, int count)
    {
        var (began, parked) = (Stopwatch.GetTimestamp(), 0);
        var numbers = Enumerable.Range(first, count).TakeWhile(_ => Stopwatch.GetElapsedTime(began) < LongestFilling);
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = Filling }, async (number, ct) =>
        {
            await Park(number).Heard.Task.WaitAsync(Patience, TimeProvider.System, ct);
            if (Interlocked.Increment(ref parked) % 500 == 0) Console.WriteLine($"{parked} wait after {Stopwatch.GetElapsedTime(began).TotalSeconds.Whole()} s …");
        });
        return parked;
    }

    /// <returns>Milliseconds until the console knew.</returns>
    private async Task<List<double>> OneByOneAsync(int first, int count, TimeSpan pause)
    {
        var heard = new List<double>();
        for (var number = first; number < first + count; number++)
        {
            var waiter = Park(number);
            heard.Add(Stopwatch.GetElapsedTime(waiter.AskedAt, (await waiter.Heard.Task.WaitAsync(Patience, TimeProvider.System)).At).TotalMilliseconds);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, TimeProvider.System);
        }
        return heard;
    }

    /// <returns>Milliseconds until the answer began.</returns>
    private async Task<List<double>> VoteOneByOneAsync(HttpClient reviewer, IEnumerable<int> numbers)
    {
        var answered = new List<double>();
        foreach (var number in numbers)
        {
            var waiter = waiters[number];
            var (id, digest) = await DigestAsync(reviewer, waiter);
            var voted = Stopwatch.GetTimestamp();
            await VoteAsync(reviewer, id, digest);
            answered.Add(Stopwatch.GetElapsedTime(voted, await waiter.Answered.Task.WaitAsync(Patience, TimeProvider.System)).TotalMilliseconds);
            await Task.Delay(Pause, TimeProvider.System);
        }
        return answered;
    }

    /// <returns>Votes and answers a second.</returns>
    private async Task<(double Votes, double Answers)> VoteTogetherAsync(HttpClient reviewer, int together)
    {
        var seen = new ConcurrentBag<(string Id, string Digest)>();
        var numbers = Enumerable.Range(1_000, together).ToList();
        var many = new ParallelOptions { MaxDegreeOfParallelism = Voters };
        await Parallel.ForEachAsync(numbers, many, async (number, _) => seen.Add(await DigestAsync(reviewer, waiters[number])));
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(seen, many, async (review, _) => await VoteAsync(reviewer, review.Id, review.Digest));
        var votes = together / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.WhenAll(numbers.Select(number => waiters[number].Answered.Task)).WaitAsync(Patience, TimeProvider.System);
        return (votes, together / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task<(string Id, string Digest)> DigestAsync(HttpClient reviewer, Waiter waiter)
    {
        var (id, _) = await waiter.Heard.Task;
        return (id, (await reviewer.GetFromJsonAsync<ReviewDetail>($"/api/reviews/{id}", JsonWire.Options))!.Digest); // it was announced
    }

    private static async Task VoteAsync(HttpClient reviewer, string id, string digest)
    {
        using var answer = await reviewer.PostAsJsonAsync($"/api/reviews/{id}/votes", new CastVote { OperationId = Guid.NewGuid(), Approve = true, Digest = digest }, JsonWire.Options);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"A vote was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>As a console loads it.</summary>
    private static async Task<(List<double> First, double All)> ListAsync(HttpClient reviewer)
    {
        var first = new List<double>();
        for (var round = 0; round < 20; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await PageAsync(null);
            first.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        var start = Stopwatch.GetTimestamp();
        for (var next = await PageAsync(null); next is not null;) next = await PageAsync(next);
        return (first, Stopwatch.GetElapsedTime(start).TotalMilliseconds);

        async Task<string?> PageAsync(string? cursor) =>
            (await reviewer.GetFromJsonAsync<ReviewPage>($"/api/reviews?state=open&take=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", JsonWire.Options))!.Next; // a page is what this answers
    }

    /// <summary>Processors the gateway keeps busy while nothing happens but waiting.</summary>
    private async Task<double> BusyAsync()
    {
        var (began, used) = (Stopwatch.GetTimestamp(), gateway.ProcessorSeconds());
        await Task.Delay(Settles, TimeProvider.System);
        return (gateway.ProcessorSeconds() - used) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private Waiter Park(int number)
    {
        var waiter = new Waiter();
        waiters[number] = waiter;
        _ = WaitAsync(waiter, Prompts.Risky(Model.Burst.Name, number));
        return waiter;
    }

    private async Task WaitAsync(Waiter waiter, string body)
    {
        try
        {
            using var request = StreamClient.Post(gateway.Url + Model.Route, body);
            using var response = await callers.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, closing.Token);
            if (response.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"A caller that was to wait got {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(closing.Token)}");
            await using var stream = await response.Content.ReadAsStreamAsync(closing.Token);
            var last = "nothing";
            await StreamClient.EachEventAsync(stream, (data, now) =>
            {
                if (StreamClient.Read(data) is not null) return !waiter.Answered.TrySetResult(now);
                last = Encoding.UTF8.GetString(data.Span[..Math.Min(data.Length, LongestQuote)]);
                return true;
            }, closing.Token);
            waiter.Answered.TrySetException(new InvalidOperationException($"A stream ended without an answer; last it said {last}"));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            waiter.Heard.TrySetException(fault);
            waiter.Answered.TrySetException(fault);
        }
    }

    private sealed class Waiter
    {
        public long AskedAt { get; } = Stopwatch.GetTimestamp();
        public TaskCompletionSource<(string Id, long At)> Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource<long> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
