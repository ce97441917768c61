using System.Diagnostics;
using Approvals.Storage;
using Approvals.Tests.Support;
using Approvals.Workflow;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shared;

namespace Approvals.Tests.Storage;

/// <summary>Changes that wait for the writer go to the disk together, and are none the less changes of their own.</summary>
public sealed class SharedCommits : IAsyncLifetime
{
    private readonly TempStore file = new();
    private readonly TaskCompletionSource busy = new();
    private ApprovalsHost host = null!; // set before every test
    private Task first = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SingleWriter Writer => host.Services.GetRequiredService<SingleWriter>();

    /// <summary>The writer is busy until <see cref="busy"/>, so whoever comes waits.</summary>
    public async ValueTask InitializeAsync()
    {
        host = await ApprovalsHost.BuildAsync(file);
        var begun = new TaskCompletionSource();
        first = Writer.WriteAsync(async (store, _) =>
        {
            begun.TrySetResult();
            await busy.Task;
            store.Add(new EarlyCancel("first", Given.Start));
        }, Ct);
        await begun.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    [Fact]
    public async Task What_waits_is_one_transaction_with_a_number_for_each_that_changes_something()
    {
        var waiting = Enumerable.Range(0, 5).Select(i => Writer.WriteAsync((store, sequence) =>
        {
            if (i != 2) store.Add(new EarlyCancel($"ticket-{i}", Given.Start));
            return Task.FromResult((sequence, store.Database.CurrentTransaction!.TransactionId));
        }, Ct)).ToList();
        busy.SetResult();
        var made = await Task.WhenAll(waiting);

        Assert.Single(made.Select(change => change.TransactionId).Distinct());
        Assert.Equal([2L, 3, 4, 4, 5], made.Select(change => change.sequence));
        Assert.Equal((5L, 5), await host.ReadAsync(async store => (await store.Counters.Select(counter => counter.Value).SingleAsync(Ct), await store.EarlyCancels.CountAsync(Ct))));
    }

    [Fact]
    public async Task One_that_fails_takes_nobody_with_it_and_leaves_no_gap()
    {
        var waiting = Enumerable.Range(0, 5).Select(i => Writer.WriteAsync((store, sequence) =>
        {
            store.Add(new EarlyCancel($"ticket-{i}", Given.Start));
            return i == 2 ? throw new InvalidOperationException("Mine alone.") : Task.FromResult(sequence);
        }, Ct)).ToList();
        busy.SetResult();

        Assert.Equal("Mine alone.", (await Assert.ThrowsAsync<InvalidOperationException>(() => waiting[2])).Message);
        waiting.RemoveAt(2);
        var numbers = await Task.WhenAll(waiting);
        Assert.Equal([2L, 3, 4, 5], numbers);
        var kept = await host.ReadAsync(store => store.EarlyCancels.Select(wish => wish.ReviewId).Order().ToListAsync(Ct));
        Assert.Equal(["first", "ticket-0", "ticket-1", "ticket-3", "ticket-4"], kept);
    }

    [Fact]
    public async Task Who_gives_up_before_its_turn_changes_nothing()
    {
        using var patience = new CancellationTokenSource();
        var given = Writer.WriteAsync((store, _) =>
        {
            store.Add(new EarlyCancel("given up", Given.Start));
            return Task.CompletedTask;
        }, patience.Token);
        await patience.CancelAsync();
        busy.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await first;
        var kept = await host.ReadAsync(store => store.EarlyCancels.Select(wish => wish.ReviewId).ToListAsync(Ct));
        Assert.Equal(["first"], kept);
    }

    [Fact]
    public async Task Each_goes_on_with_the_trace_of_whoever_wished_for_it()
    {
        var wishes = Enumerable.Range(0, 3).Select(_ =>
        {
            using var wish = new Activity("wish").Start();
            return (wish.Id, Seen: Writer.WriteAsync((store, sequence) =>
            {
                store.Add(new EarlyCancel($"ticket-{sequence}", Given.Start));
                return Task.FromResult(Activity.Current?.Id);
            }, Ct));
        }).ToList();
        busy.SetResult();

        foreach (var (id, seen) in wishes) Assert.Equal(id, await seen);
    }

    [Fact]
    public async Task The_outbox_is_woken_once_by_a_commit_that_leaves_something_whoever_of_the_group_left_it()
    {
        var signal = host.Services.GetRequiredService<OutboxSignal<ApprovalsStore>>();
        busy.SetResult();
        await first;
        Assert.False(await signal.WaitAsync(TimeSpan.Zero, Ct));

        var blocked = new TaskCompletionSource();
        var before = Writer.WriteAsync((_, _) => blocked.Task, Ct);
        var leaves = host.Desk.OpenAsync(Given.Prompt(), Ct);
        var leavesNothing = Writer.WriteAsync((store, _) =>
        {
            store.Add(new EarlyCancel("quiet", Given.Start));
            return Task.CompletedTask;
        }, Ct);
        blocked.SetResult();
        await Task.WhenAll(before, leaves, leavesNothing);

        Assert.True(await signal.WaitAsync(TimeSpan.Zero, Ct));
        Assert.False(await signal.WaitAsync(TimeSpan.Zero, Ct));
    }
}
