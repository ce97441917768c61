using System.Net;
using Approvals.Alerts;
using Approvals.Storage;
using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Tests.Servers;

[assembly: AssemblyFixture(typeof(Databases))]

namespace Approvals.Tests.Storage;

/// <summary>The same promises on SQLite, PostgreSQL and SQL Server.</summary>
public sealed class OnEachDatabase(Databases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => Databases.All;

    [Theory, MemberData(nameof(All))]
    public async Task A_review_goes_from_parking_to_its_end_and_everybody_hears_of_it(string provider)
    {
        await using var host = await ApprovalsHost.StartAsync(await databases.NewAsync(provider));
        var prompt = await host.ParkAsync(Given.Prompt(stages: [Given.Stage(people: 2)], undoSeconds: 30, at: host.Clock.GetUtcNow()));

        await (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes())).BodyAsync<ReviewDetail>();
        await (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes())).ConflictAsync("already-voted");
        await (await host.As("bob").VoteAsync(prompt.TicketId, Given.Yes())).BodyAsync<ReviewDetail>();
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        var decided = Assert.Single(await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId));
        await host.PublishAsync(new ReleaseSettled(prompt.TicketId, ApprovalStatus.Completed, 200, host.Clock.GetUtcNow()));
        await host.Heard.WaitAsync<ReviewChanged>(change => change.Review.Status == ApprovalStatus.Completed);

        Assert.Equal((ApprovalStatus.Releasing, "ann,bob"), (decided.Outcome, string.Join(',', decided.DecidedBy.Select(person => person.Subject))));
        var detail = await host.As("cyd").GetAsync<ReviewDetail>($"/api/reviews/{prompt.TicketId}");
        Assert.Equal((2, prompt.Findings[0], prompt.ParkedAt), (detail.Votes.Count, detail.Findings[0], detail.Summary.OpenedAt));
        await Eventually.Async(async () => await host.ReadAsync(store => store.Outbox.CountAsync()) == 0); // a row goes once its message is known to have gone
    }

    [Theory, MemberData(nameof(All))]
    public async Task Fifty_votes_through_two_instances_have_one_winner(string provider)
    {
        var database = await databases.NewAsync(provider);
        await using var a = await ApprovalsHost.StartAsync(database);
        var prompt = await a.ParkAsync();
        await using var b = await ApprovalsHost.StartAsync(database, a.Clock);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            var vote = i % 2 == 0 ? Given.Yes() : Given.No();
            return (await (i % 3 == 0 ? a : b).As($"person{i}").VoteAsync(prompt.TicketId, vote)).StatusCode;
        }));

        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(49, answers.Count(status => status == HttpStatusCode.Conflict));
        Assert.Single((await a.ReviewAsync(prompt.TicketId)).Votes);
        await Eventually.Async(() => a.ReadAsync(async store => !await store.Outbox.AnyAsync(Ct)));
        Assert.Single(a.Heard.All<ReviewDecided>().Concat(b.Heard.All<ReviewDecided>()));
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_vote_sent_again_under_its_operation_id_gets_the_same_answer_and_counts_once(string provider)
    {
        await using var host = await ApprovalsHost.StartAsync(await databases.NewAsync(provider));
        var prompt = await host.ParkAsync(Given.Prompt(stages: [Given.Stage(people: 3)], at: host.Clock.GetUtcNow()));
        var vote = Given.Yes();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (await host.As("ann").VoteAsync(prompt.TicketId, vote)).StatusCode));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Single((await host.ReviewAsync(prompt.TicketId)).Votes);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_deadline_that_two_instances_see_pass_expires_the_review_once(string provider)
    {
        var database = await databases.NewAsync(provider);
        await using var a = await ApprovalsHost.StartAsync(database);
        var prompts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => a.ParkAsync()));
        // Each has a bus of its own here: what one of them sends, only its own ears hear.
        await using var b = await ApprovalsHost.StartAsync(database, a.Clock);

        a.Clock.Advance(TimeSpan.FromMinutes(10));

        IEnumerable<ReviewDecided> Decided() => a.Heard.All<ReviewDecided>().Concat(b.Heard.All<ReviewDecided>());
        await Eventually.Async(() => Task.FromResult(prompts.All(prompt => Decided().Any(message => message.TicketId == prompt.TicketId))));
        Assert.Equal(20, Decided().Count());
        Assert.All(Decided(), message => Assert.Equal(ApprovalStatus.Expired, message.Outcome));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Lists_are_paged_in_their_order_and_a_group_is_its_exact_name(string provider)
    {
        await using var host = await ApprovalsHost.StartAsync(await databases.NewAsync(provider));
        for (var i = 0; i < 7; i++) await host.ParkAsync(Given.Prompt(score: 40 + i % 3, stages: [Given.Stage(minutes: 5 + i % 2)], at: host.Clock.GetUtcNow()));

        var seen = new List<ReviewSummary>();
        for (string? next = ""; next is not null;)
        {
            var page = await host.As("ann").GetAsync<ReviewPage>($"/api/reviews?take=2{(next.Length > 0 ? $"&cursor={next}" : "")}");
            seen.AddRange(page.Items);
            next = page.Next;
        }
        var changes = await host.As("ann").GetAsync<ReviewPage>($"/api/reviews?after={seen.Min(review => review.Sequence)}");

        Assert.Equal(seen.OrderBy(r => r.DeadlineAt).ThenByDescending(r => r.Score).ThenBy(r => r.Sequence).Select(r => r.Id), seen.Select(r => r.Id));
        Assert.Equal((7, 6), (seen.Count, changes.Items.Count));
        Assert.Empty((await host.As("zoe", groups: "REVIEWERS").GetAsync<ReviewPage>("/api/reviews")).Items);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Any_text_is_kept_as_it_is_but_for_the_character_that_no_database_has(string provider)
    {
        await using var host = await ApprovalsHost.StartAsync(await databases.NewAsync(provider));
        var prompt = Given.Prompt(at: host.Clock.GetUtcNow()) with { Excerpt = "Zürich 東京 🪟 \u202eevil '; DROP TABLE Reviews; -- \0end", Model = "gpt-ß%_[x]" };
        await host.ParkAsync(prompt);

        var review = await host.ReviewAsync(prompt.TicketId);

        Assert.Equal((prompt.Excerpt.Replace('\0', '␀'), prompt.Model), (review.Excerpt, review.Model));
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_row_with_a_known_key_is_told_from_any_other_fault(string provider)
    {
        await using var host = await ApprovalsHost.BuildAsync(await databases.NewAsync(provider));
        MessageFault Fault(Guid id, string message = "PromptParked") => new() { Id = id, Message = message, TicketId = "apr_1", Fault = "f", At = Given.Start };
        var id = Guid.NewGuid();
        await SaveAsync(Fault(id));

        var duplicate = await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(Fault(id)));
        var sameNumber = await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(Review.Open(Given.Prompt(), 1, Given.Start), Review.Open(Given.Prompt(), 1, Given.Start)));
        var nothing = await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(Fault(Guid.NewGuid(), null!)));

        Assert.Equal((true, true, false), (duplicate.IsDuplicate(), sameNumber.IsDuplicate(), nothing.IsDuplicate()));

        async Task SaveAsync(params object[] rows) => await host.ReadAsync(async store =>
        {
            store.AddRange(rows);
            return await store.SaveChangesAsync(Ct);
        });
    }

    [Theory, MemberData(nameof(All))]
    public async Task Two_that_take_due_messages_at_once_take_different_ones(string provider)
    {
        await using var host = await ApprovalsHost.BuildAsync(await databases.NewAsync(provider));
        await host.ReadAsync(async store =>
        {
            for (var i = 0; i < 20; i++) store.Publish(new CancelReview($"apr_{i}", "carol", Given.Start), host.Clock);
            return await store.SaveChangesAsync(Ct);
        });
        var stores = host.Services.GetRequiredService<IDbContextFactory<ApprovalsStore>>();

        var taken = await Task.WhenAll(TakeAsync(), TakeAsync());

        Assert.Equal((20, 20), (taken.Sum(ids => ids.Count), taken.SelectMany(ids => ids).Distinct().Count()));

        async Task<List<long>> TakeAsync()
        {
            var ids = new List<long>();
            while (true)
            {
                await using var store = await stores.CreateDbContextAsync(Ct);
                await using var taking = await store.Database.BeginTransactionAsync(Ct);
                var due = await store.LockDueAsync<OutboxMessage>(nameof(OutboxMessage.DueAt), host.Clock.GetUtcNow(), 4, Ct);
                foreach (var message in due) message.DueAt = host.Clock.GetUtcNow() + TimeSpan.FromHours(1);
                await store.SaveChangesAsync(Ct);
                await taking.CommitAsync(Ct);
                if (due.Count == 0) return ids;
                ids.AddRange(due.Select(message => message.Id));
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public async Task Four_that_start_at_once_on_an_empty_database_find_it_made_once(string provider)
    {
        var database = await databases.NewAsync(provider);

        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ApprovalsHost.BuildAsync(database))));

        foreach (var host in hosts)
        {
            Assert.Equal(1, await host.ReadAsync(store => store.Counters.CountAsync()));
            await host.DisposeAsync();
        }
    }
}
