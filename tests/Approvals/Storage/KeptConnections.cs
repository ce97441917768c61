using System.Data;
using Approvals.Storage;
using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shared;

namespace Approvals.Tests.Storage;

/// <summary>What is asked often is asked on connections that are kept, and written past the mapper: with the same answers and the same rows.</summary>
public sealed class KeptConnections : IAsyncLifetime
{
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private KeptStores<ApprovalsStore> Kept => host.Services.GetRequiredService<KeptStores<ApprovalsStore>>();

    public async ValueTask InitializeAsync() => host = await ApprovalsHost.BuildAsync(file);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    [Fact]
    public async Task A_store_that_comes_back_is_lent_again_open_and_tracking_nothing()
    {
        ApprovalsStore first;
        await using (var lent = await Kept.LendAsync(Ct))
        {
            first = lent.Store;
            first.Add(new EarlyCancel("never saved", Given.Start));
        }

        await using var again = await Kept.LendAsync(Ct);

        Assert.Same(first, again.Store);
        Assert.Equal(ConnectionState.Open, again.Store.Database.GetDbConnection().State);
        Assert.Empty(again.Store.ChangeTracker.Entries());
    }

    [Fact]
    public async Task A_store_that_comes_back_inside_a_transaction_is_not_lent_again()
    {
        await using (var lent = await Kept.LendAsync(Ct))
        {
            await lent.Store.Database.BeginTransactionAsync(Ct);
            lent.Store.Add(new EarlyCancel("never committed", Given.Start));
            await lent.Store.SaveChangesAsync(Ct);
        }

        await using var other = await Kept.LendAsync(Ct);

        Assert.Null(other.Store.Database.CurrentTransaction);
        Assert.Empty(await other.Store.EarlyCancels.ToListAsync(Ct)); // and nobody waits for the file
        Assert.Equal(1, await other.Store.Counters.ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, 7), Ct));
    }

    [Fact]
    public async Task What_was_prepared_on_a_connection_that_is_closed_is_never_run_for_who_has_it_next()
    {
        var stores = host.Services.GetRequiredService<IDbContextFactory<ApprovalsStore>>();
        List<KeptStores<ApprovalsStore>.Lent> many = [];
        for (var i = 0; i < 20; i++) many.Add(await Kept.LendAsync(Ct));
        foreach (var lent in many) await AddAsync(lent.Store);
        foreach (var lent in many) await lent.DisposeAsync(); // most of them are too many to be kept

        for (var round = 0; round < 3; round++) // each time with another handle
        {
            List<ApprovalsStore> others = [];
            for (var i = 0; i < 20; i++) others.Add(await stores.CreateDbContextAsync(Ct));
            foreach (var other in others) await other.Database.OpenConnectionAsync(Ct);
            foreach (var other in others) await AddInVainAsync(other);
            foreach (var other in others) await other.DisposeAsync();
        }

        await using var last = await Kept.LendAsync(Ct);
        Assert.Equal(20, await last.Store.EarlyCancels.CountAsync(Ct));

        async Task AddInVainAsync(ApprovalsStore store)
        {
            await using var transaction = await store.Database.BeginTransactionAsync(Ct);
            await AddAsync(store);
            Assert.Equal(21, await store.EarlyCancels.CountAsync(Ct));
            await transaction.RollbackAsync(Ct);
        }
        static Task AddAsync(ApprovalsStore store) => store.Database.ExecuteSqlAsync($"INSERT INTO EarlyCancels (ReviewId, At) VALUES ({Guid.NewGuid().ToString()}, '2026-03-02')", Ct);
    }

    [Fact]
    public async Task The_same_question_about_something_else_has_another_answer_also_while_the_first_is_read()
    {
        foreach (var id in (string[])["apr_1", "apr_2"]) await host.Desk.OpenAsync(Given.Prompt(id), Ct);
        await using var lent = await Kept.LendAsync(Ct);
        var (store, asked) = (lent.Store, new List<string>());

        await foreach (var one in Ask("apr_1"))
            await foreach (var two in Ask("apr_2"))
                asked.AddRange([one.Id, two.Id]);
        await foreach (var again in Ask("apr_2")) asked.Add(again.Id);

        Assert.Equal(["apr_1", "apr_2", "apr_2"], asked);
        IAsyncEnumerable<Review> Ask(string id) => store.Reviews.AsNoTracking().Where(review => review.Id == id).AsAsyncEnumerable();
    }

    [Fact]
    public async Task A_statement_that_failed_can_be_used_again()
    {
        await using var lent = await Kept.LendAsync(Ct);
        var store = lent.Store;
        await AddAsync("once");
        store.ChangeTracker.Clear();
        await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync("once"));
        store.ChangeTracker.Clear();
        await AddAsync("another");

        Assert.Equal(["another", "once"], await store.EarlyCancels.Select(wish => wish.ReviewId).Order().ToListAsync(Ct));
        Task AddAsync(string id)
        {
            store.Add(new EarlyCancel(id, Given.Start));
            return store.SaveChangesAsync(Ct);
        }
    }

    [Fact]
    public async Task A_row_that_somebody_else_changed_in_between_is_not_written_over()
    {
        var prompt = Given.Prompt();
        await host.Desk.OpenAsync(prompt, Ct);
        await using var lent = await Kept.LendAsync(Ct);
        await using var saves = new PlainSaves(lent.Store);
        var late = await lent.Store.Reviews.SingleAsync(review => review.Id == prompt.TicketId, Ct);
        Assert.Equal(ReviewAnswer.Accepted, (await host.Desk.VoteAsync(prompt.TicketId, Given.Person("riley"), Given.Yes(), Ct)).Answer);

        Assert.Equal(ReviewAnswer.Accepted, late.Cast(Given.Person("sam"), approve: false, "Too late.", late.Digest, Given.Start));
        late.Stamp(99);
        lent.Store.ChangeTracker.DetectChanges();
        await using (await lent.Store.Database.BeginTransactionAsync(Ct))
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => saves.SaveAsync(Ct));

        var stored = await host.ReviewAsync(prompt.TicketId);
        Assert.Equal((ApprovalStatus.Releasing, "riley"), (stored.Status, Assert.Single(stored.Votes).Subject));
    }

    [Fact]
    public async Task What_is_written_past_the_mapper_is_what_the_mapper_reads()
    {
        var prompt = Given.Prompt(stages: [Given.Stage(people: 2)], undoSeconds: 30);
        await host.Desk.OpenAsync(prompt, Ct);
        await host.Desk.VoteAsync(prompt.TicketId, Given.Person("riley"), Given.Yes(), Ct);
        var answered = (await host.Desk.VoteAsync(prompt.TicketId, Given.Person("sam"), Given.Yes(), Ct)).Review!;

        var stored = await host.ReviewAsync(prompt.TicketId);

        await using var lent = await Kept.LendAsync(Ct);
        Assert.Equal(Values(answered), Values(stored));
        Assert.Equal(answered.Votes.Select(vote => (vote.Subject, vote.Stage, vote.At)), stored.Votes.OrderBy(vote => vote.At).Select(vote => (vote.Subject, vote.Stage, vote.At)));
        Assert.Equal(ApprovalStatus.Approved, stored.Status);
        IEnumerable<string> Values(Review review) => lent.Store.Entry(review).Properties.Select(property => $"{property.Metadata.Name}: {System.Text.Json.JsonSerializer.Serialize(property.CurrentValue)}");
    }

    [Fact]
    public async Task What_takes_rows_away_is_stored_too()
    {
        var prompt = Given.Prompt(stages: [Given.Stage(people: 2)]);
        await host.Desk.OpenAsync(prompt, Ct);
        await host.Desk.VoteAsync(prompt.TicketId, Given.Person("riley"), Given.Yes(), Ct);
        var edited = new EditedPrompt(1, "another", "echo", [], "use it", new PersonRef("sam", "Sam"), Given.Start);

        await host.Desk.OpenAsync(prompt with { Edited = edited }, Ct);

        var stored = await host.ReviewAsync(prompt.TicketId);
        Assert.Equal(("another", 1), (stored.Digest, stored.Edition));
        Assert.Empty(stored.Votes);
    }
}
