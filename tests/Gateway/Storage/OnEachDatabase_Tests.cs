using System.Net;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Parking;
using Gateway.Storage;
using Gateway.Tests.Background;
using Gateway.Tests.Support;
using Gateway.Webhooks;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Tests.Servers;

[assembly: AssemblyFixture(typeof(Databases))]

namespace Gateway.Tests.Storage;

/// <summary>The same promises on SQLite, PostgreSQL and SQL Server.</summary>
public sealed class OnEachDatabase_Tests(SharedGateway shared, Databases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => Databases.All;

    [Theory, MemberData(nameof(All))]
    public async Task A_prompt_is_parked_decided_executed_and_recorded(string provider)
    {
        await using var host = await StartAsync(provider);
        var model = shared.Upstream.Model(Answers.Chat("Grüße 🪟."));
        var waiting = host.Caller().WaitForAsync(model, "Zürich 東京 \0 end");
        var ticket = await host.TicketOfAsync(model);

        using var ada = await host.PersonAsync();
        var prompt = await ada.GetFromJsonAsync<PromptView>($"/api/prompts/{ticket.Id}", JsonWire.Options, Ct);
        await Eventually.TrueAsync(async () => (await ada.GetAsync($"/api/reviews/{ticket.Id}", Ct)).IsSuccessStatusCode, "the review");
        using var vote = await ada.PostAsJsonAsync($"/api/reviews/{ticket.Id}/votes", new CastVote { OperationId = Guid.NewGuid(), Approve = true, Digest = prompt!.Digest }, JsonWire.Options, Ct);

        Assert.Equal(HttpStatusCode.OK, vote.StatusCode);
        Assert.Equal(Answers.ChatBody("Grüße 🪟."), (await waiting).Text);
        shared.Upstream.Only(model);
        await host.EntryAsync(e => e.TicketId == ticket.Id && e.Kind == "vote.approve");
        Assert.Equal(["decision", "execution", "parked", "vote.approve"], (await host.TrailAsync(e => e.TicketId == ticket.Id)).Select(e => e.Kind).Order());
    }

    [Theory, MemberData(nameof(All))]
    public async Task Thirty_equal_calls_open_one_ticket_and_an_idempotency_key_names_one_body(string provider)
    {
        await using var host = await StartAsync(provider);
        var model = shared.Upstream.Model(Answers.Chat("never"));

        var tickets = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.ParkAsync(host.Caller(), model)));
        var other = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, Tickets.Risky("a")), ("Idempotency-Key", "k1"), ("Prefer", "respond-async"));
        var reused = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, Tickets.Risky("b")), ("Idempotency-Key", "k1"), ("Prefer", "respond-async"));

        Assert.Single(tickets.Select(ticket => ticket.Id).Distinct());
        Assert.Equal(29, (await host.TicketAsync(tickets[0].Id)).Joins);
        Assert.Equal(29, (await host.TrailAsync(e => e.TicketId == tickets[0].Id && e.Kind == "joined")).Count);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity), (other.Status, reused.Status));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Of_twenty_that_want_to_call_the_model_one_may_and_one_result_is_kept(string provider)
    {
        await using var host = await StartAsync(provider);
        var ticket = await ReleasedAsync(host);

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Steps.ClaimAsync(ticket.Id, Ct)));
        var settled = await Task.WhenAll(Enumerable.Range(0, 5).Select(i =>
            host.Steps.SettleAsync(ticket, true, 200, "application/json", new byte[] { (byte)i }, host.Lot.Entry(ticket, "execution"), Ct)));

        Assert.Single(claims, claimed => claimed is not null);
        Assert.Single(settled, stored => stored);
        Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "execution"));
        Assert.Equal([(byte)Array.IndexOf(settled, true)], await host.Lot.ResultBodyAsync(await host.TicketAsync(ticket.Id), Ct));
    }

    [Theory, MemberData(nameof(All))]
    public async Task An_execution_that_is_handed_over_can_be_taken_at_once_by_the_next(string provider)
    {
        await using var host = await StartAsync(provider);
        var ticket = await ReleasedAsync(host);
        var first = await host.Steps.ClaimAsync(ticket.Id, Ct);

        await host.Steps.LetGoAsync(first!, Ct);
        var second = await host.Steps.ClaimAsync(ticket.Id, Ct);
        await host.Steps.LetGoAsync(first!, Ct); // too late: it is the second one's now

        Assert.Equal((1, 2), (first!.Attempts, second!.Attempts));
        Assert.Null(await host.Steps.ClaimAsync(ticket.Id, Ct));
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_deed_told_five_times_at_once_is_recorded_once(string provider)
    {
        await using var host = await StartAsync(provider);
        var deed = new PersonActed { ActionId = Guid.NewGuid(), Person = new PersonRef("ann", "Ann"), Action = "claim.taken", TicketId = "apr_1", At = DateTimeOffset.UnixEpoch };

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.Services.GetRequiredService<IBus>().Publish(deed, Ct)));
        await host.Services.GetRequiredService<IBus>().Publish(deed with { ActionId = Guid.NewGuid(), Action = "vote.approve" }, Ct);

        await host.EntryAsync(e => e.Kind == "vote.approve");
        Assert.Single(await host.TrailAsync(e => e.Kind == "claim.taken"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_trail_is_searched_by_exact_words_newest_first_page_by_page(string provider)
    {
        await using var host = await StartAsync(provider);
        var trail = host.Services.GetRequiredService<Trail>();
        for (var i = 0; i < 5; i++)
        {
            await trail.RecordAsync(new TrailEntry
            {
                At = DateTimeOffset.UnixEpoch, Kind = "test", Actor = i % 2 == 0 ? "Ann" : "ann", Model = $"m{i}", Outcome = "done", FindingTypes = TrailEntry.Types(i == 3 ? ["EMAIL_ADDRESS"] : []),
            }, [], Ct);
        }
        using var ada = await host.PersonAsync();
        Task<TrailPage?> Page(string query) => ada.GetFromJsonAsync<TrailPage>($"/api/trail?kind=test&{query}", JsonWire.Options, Ct);

        var first = await Page("take=3");
        var second = await Page($"take=3&before={first!.Next}");

        Assert.Equal(["m4", "m3", "m2", "m1", "m0"], first.Items.Concat(second!.Items).Select(entry => entry.Model!));
        Assert.Null(second.Next);
        Assert.Equal(3, (await Page("actor=Ann"))!.Items.Count);
        Assert.Equal("m3", Assert.Single((await Page("finding=EMAIL_ADDRESS"))!.Items).Model);
        Assert.Empty((await Page("model=M1"))!.Items);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_background_response_is_stored_and_read_again(string provider)
    {
        await using var host = await StartAsync(provider);
        var model = shared.Upstream.Model(Responses.Whole("In the background."));

        var created = await host.Caller().CreateAsync(Responses.Body(model));

        Assert.Equal("In the background.", (await host.Caller().EndAsync(created.Id())).Text());
    }

    [Theory, MemberData(nameof(All))]
    public async Task What_a_caller_may_have_open_is_counted_in_the_store(string provider)
    {
        await using var host = await StartAsync(provider, ("Parking:MostPerCaller", "2"));
        var model = shared.Upstream.Model(Answers.Chat("never"));
        await host.ParkAsync(host.Caller(), model, "one");
        await host.ParkAsync(host.Caller(), model, "two");

        var third = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, Tickets.Risky("three")), ("Prefer", "respond-async"));

        Assert.Equal("too_many_parked", third.AssertError(Calls.Chat, HttpStatusCode.TooManyRequests));
        Assert.Equal(2, await host.ReadAsync(store => store.Set<Ticket>().CountAsync()));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Two_that_take_due_webhooks_at_once_take_different_ones(string provider)
    {
        await using var host = await StartAsync(provider);
        var stores = host.Services.GetRequiredService<IDbContextFactory<GatewayStore>>();
        var due = DateTimeOffset.UnixEpoch.AddYears(200); // nobody else takes them
        await host.ReadAsync(async store =>
        {
            for (var i = 0; i < 12; i++) store.Add(new WebhookDelivery { Id = Guid.NewGuid(), TicketId = $"apr_{i}", CallerSubject = "alice", Body = "{}", CreatedAt = due, DueAt = due });
            return await store.SaveChangesAsync(Ct);
        });

        var taken = await Task.WhenAll(TakeAsync(), TakeAsync());

        Assert.Equal((12, 12), (taken.Sum(ids => ids.Count), taken.SelectMany(ids => ids).Distinct().Count()));

        async Task<List<Guid>> TakeAsync()
        {
            var ids = new List<Guid>();
            while (true)
            {
                await using var store = await stores.CreateDbContextAsync(Ct);
                await using var taking = await store.Database.BeginTransactionAsync(Ct);
                var rows = await store.LockDueAsync<WebhookDelivery>(nameof(WebhookDelivery.DueAt), due, 3, Ct);
                foreach (var row in rows) row.DueAt = null;
                await store.SaveChangesAsync(Ct);
                await taking.CommitAsync(Ct);
                if (rows.Count == 0) return ids;
                ids.AddRange(rows.Select(row => row.Id));
            }
        }
    }

    private async Task<GatewayHost> StartAsync(string provider, params (string, string)[] more)
    {
        var settings = (await databases.NewAsync(provider)).Settings("Storage").Concat((await databases.NewAsync(provider)).Settings("Approvals:Storage")).ToDictionary();
        foreach (var (name, value) in more) settings[name] = value;
        return await GatewayHost.StartAsync(shared.Upstream, settings);
    }

    private async Task<Ticket> ReleasedAsync(GatewayHost host)
    {
        // Nobody waits and nobody polls: only this test asks for the execution.
        var model = shared.Upstream.Model(Answers.Chat("never"));
        using (var hangsUp = new CancellationTokenSource())
        {
            var waiting = host.Caller().PostAsync(Calls.Chat, new StringContent(Calls.Body(Calls.Chat, model, Tickets.Risky()), System.Text.Encoding.UTF8, "application/json"), hangsUp.Token);
            await host.TicketOfAsync(model);
            await hangsUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
        await Eventually.TrueAsync(() => Task.FromResult(host.Watched == 0), "the hang-up is noticed");
        var ticket = await host.TicketOfAsync(model);
        await host.Steps.DecideAsync(new ReviewDecided
        {
            TicketId = ticket.Id, Outcome = ApprovalStatus.Releasing, Digest = ticket.Digest, DecidedBy = [new PersonRef("ada", "Ada")], DecidedAt = ticket.ParkedAt,
        }, Ct);
        return await host.TicketAsync(ticket.Id);
    }
}
