using System.Net;
using Gateway.Load;
using Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Forwarding;

/// <summary>More than can be done soon is refused early and can be sent again; to wait for a model or for people is no work.</summary>
public sealed class Overload_Tests(SharedGateway shared) : IAsyncLifetime
{
    private GatewayHost host = null!; // set before any test runs

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private OwnWork Work => host.Services.GetRequiredService<OwnWork>();

    public async ValueTask InitializeAsync() => host = await GatewayHost.StartAsync(shared.Upstream, new() { ["Load:MostAtOnce"] = "2", ["Load:MostWaiting"] = "1", ["Load:LongestWait"] = "00:00:00.100" });

    [Fact]
    public async Task A_call_that_is_one_too_many_is_told_when_to_come_again_and_goes_no_further()
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        using (await Work.TakeAsync(Ct))
        using (await Work.TakeAsync(Ct))
        {
            AssertRefused(await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model))); // it waited for its turn, which did not come
            Assert.True(Work.IsFull); // by the one that has given up
            AssertRefused(await host.Caller(key: null).PostAsync(Calls.Chat, "{")); // at the door, whoever it is and whatever it says
            Assert.Empty(shared.Upstream.For(model));

            // Nobody loses sight of what is under way.
            Assert.Equal(HttpStatusCode.NotFound, (await host.Caller().PostAsync("/v1/approvals/apr_0/cancel", "")).Status);
            await host.AssertHealthyAsync();
        }

        var taken = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        await NothingIsLeftAsync();

        static void AssertRefused(Reply refused)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
            Assert.Equal("1", refused.Header("Retry-After"));
            Assert.Equal("overloaded", (string?)refused.Json["error"]!["code"]);
        }
    }

    [Fact]
    public async Task However_many_wait_for_their_model_the_next_is_taken()
    {
        var answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = shared.Upstream.Model(Answers.Behind(answers.Task, Answers.Chat("late")));
        var waiting = new List<Task<Reply>>();
        while (waiting.Count < 6)
        {
            waiting.Add(host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, slow)));
            await Eventually.TrueAsync(() => Task.FromResult(shared.Upstream.For(slow).Count == waiting.Count), "it is with its model"); // until then it is work
        }

        var next = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, shared.Upstream.Model(Answers.Chat("hello"))));
        Assert.Equal(HttpStatusCode.OK, next.Status);
        answers.SetResult();

        // What was taken comes to its end, however many come back at once.
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task However_many_wait_for_people_the_next_is_taken()
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var waiting = new List<Task>();
        for (var i = 0; i < 4; i++)
        {
            waiting.Add(host.Caller().WaitForAsync(model, $"number {(char)('a' + i)}"));
            await Eventually.TrueAsync(() => Task.FromResult(host.Watched == waiting.Count), "it waits");
        }

        var next = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));

        Assert.Equal(HttpStatusCode.OK, next.Status);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task However_its_waits_overlap_a_call_is_counted_once_and_not_at_all_when_it_is_over()
    {
        var share = await Work.TakeAsync(Ct);
        share.Leave();
        share.Leave();
        share.Return();
        share.Return();
        using (await Work.TakeAsync(Ct)) await Assert.ThrowsAsync<OverloadedException>(async () => await Work.TakeAsync(Ct));

        share.Dispose();
        share.Return();
        share.Dispose();

        await NothingIsLeftAsync();
    }

    /// <summary>Both turns can be had, so nobody holds one.</summary>
    private Task NothingIsLeftAsync() => Eventually.TrueAsync(async () =>
    {
        try
        {
            using var first = await Work.TakeAsync(Ct);
            using var second = await Work.TakeAsync(Ct);
            return true;
        }
        catch (OverloadedException)
        {
            return false;
        }
    }, "every share was given back");

    public ValueTask DisposeAsync() => host.DisposeAsync();
}

/// <summary>Who waits for a turn, for how long, and who is told to come again.</summary>
public sealed class OwnWork_Tests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private readonly FakeTimeProvider clock = new();
    private readonly OwnWork work;

    public OwnWork_Tests() => work = new OwnWork(Options.Create(new LoadOptions { MostAtOnce = 2, MostWaiting = 4, LongestWait = LongestWait }), clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_burst_is_worked_off_in_its_order()
    {
        var (first, second) = (await Take(), await Take());
        Task<OwnWork.Share>[] burst = [Take(), Take(), Take(), Take()];
        await Assert.ThrowsAsync<OverloadedException>(Take); // no more may wait

        clock.Advance(0.99 * LongestWait);
        first.Dispose();
        var third = await burst[0];
        Assert.DoesNotContain(burst[1..], turn => turn.IsCompleted);
        second.Dispose();
        third.Dispose();
        await burst[1];
        await burst[2];
        Assert.False(burst[3].IsCompleted);
    }

    [Fact]
    public async Task Where_nothing_moves_nobody_waits_longer_than_the_longest_wait()
    {
        using var first = await Take();
        using var second = await Take();
        var waiting = Take();
        clock.Advance(1.01 * LongestWait);
        await Assert.ThrowsAsync<OverloadedException>(() => waiting);
    }

    [Fact]
    public async Task Whoever_hangs_up_while_waiting_takes_no_turn()
    {
        var (first, second) = (await Take(), await Take());
        using var hangUp = new CancellationTokenSource();
        var gone = work.TakeAsync(hangUp.Token).AsTask();
        var next = Take();
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        first.Dispose();
        await next;
        second.Dispose();
        await Take();
    }

    private Task<OwnWork.Share> Take() => work.TakeAsync(Ct).AsTask();
}
