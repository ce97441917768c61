using System.Net;
using Gateway.Tests.Support;
using Gateway.Upstreams;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Forwarding;

/// <summary>More than can be done soon is refused at once and can be sent again; to wait for a model or for people is no work.</summary>
public sealed class Overload_Tests(SharedGateway shared) : IAsyncLifetime
{
    private GatewayHost host = null!; // set before any test runs

    private OwnWork Work => host.Services.GetRequiredService<OwnWork>();

    public async ValueTask InitializeAsync() => host = await GatewayHost.StartAsync(shared.Upstream, new() { ["Load:MostAtOnce"] = "2" });

    [Fact]
    public async Task A_call_that_is_one_too_many_is_told_when_to_come_again_and_goes_no_further()
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        using (Work.Take())
        using (Work.Take())
        {
            var refused = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
            Assert.Equal("1", refused.Header("Retry-After"));
            Assert.Equal("overloaded", (string?)refused.Json["error"]!["code"]);
            Assert.Empty(shared.Upstream.For(model));
        }

        var taken = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        await NothingIsLeftAsync();
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
        var share = Work.Take();
        share.Leave();
        share.Leave();
        share.Return();
        share.Return();
        using (Work.Take()) Assert.True(Work.IsFull);
        Assert.False(Work.IsFull);

        share.Dispose();
        share.Return();
        share.Dispose();

        await NothingIsLeftAsync();
    }

    private Task NothingIsLeftAsync() => Eventually.TrueAsync(() =>
    {
        if (Work.IsFull) return Task.FromResult(false);
        using var first = Work.Take();
        if (Work.IsFull) return Task.FromResult(false);
        using var second = Work.Take();
        return Task.FromResult(Work.IsFull);
    }, "every share was given back");

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
