using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Known;
using Gateway.Parking;
using Gateway.Storage;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Known;

/// <summary>Prompts whose right answer is known: kept by who writes the policy, and like any other to who decides.</summary>
public sealed class Known_Tests(SharedGateway shared) : IAsyncLifetime
{
    private GatewayHost host = null!; // set before every test, like the rest
    private HttpClient ada = null!;
    private HttpClient sam = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync(shared.Upstream);
        (ada, sam) = (await host.PersonAsync(), await host.PersonAsync("sam"));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_reviewer_cannot_tell_it_from_a_callers_prompt_before_they_have_answered()
    {
        var known = KnownRoom.Case(Model());
        var real = await host.ParkAsync(host.Caller(), Model(), "of a caller");
        var planted = await host.PlantedAsync(ada, known);
        await Eventually.TrueAsync(async () => (await sam.GetReplyAsync($"/api/reviews/{real.Id}")).Status == HttpStatusCode.OK, "the review");

        foreach (var path in new[] { "/api/reviews/{0}", "/api/reviews/{0}/context", "/api/prompts/{0}" })
        {
            var (ours, theirs) = (await sam.GetReplyAsync(string.Format(null, path, planted.Id)), await sam.GetReplyAsync(string.Format(null, path, real.Id)));
            Assert.Equal(Shape(theirs.Json), Shape(ours.Json));
            foreach (var told in new[] { KnownRoom.Why, known.Name, known.OperationId.ToString("N"), "\"known" }) Assert.DoesNotContain(told, ours.Text, StringComparison.OrdinalIgnoreCase);
        }
        var (mine, other) = ((await DetailAsync(planted.Id)).Summary.Caller, (await DetailAsync(real.Id)).Summary.Caller);
        Assert.Equal((other.Subject, other.Name, other.Credential, other.Owner, other.IssuedBy), (mine.Subject, mine.Name, mine.Credential, mine.Owner, mine.IssuedBy));
        Assert.Equal(2, (await sam.GetFromJsonAsync<ReviewPage>("/api/reviews", JsonWire.Options, Stop))!.Pending); // it has a body
        Assert.Equal(2, (await sam.GetFromJsonAsync<OverviewReport>("/api/overview", JsonWire.Options, Stop))!.Parked);
        var turns = new List<int>();
        foreach (var id in new[] { real.Id, planted.Id }) turns.Add((await sam.GetFromJsonAsync<PromptView>($"/api/prompts/{id}", JsonWire.Options, Stop))!.Waits!.Position);
        Assert.Equal([1, 2], turns);
    }

    [Fact]
    public async Task It_is_nobodys_call_no_caller_joins_it_or_reads_it_and_no_grant_is_made_of_it()
    {
        var known = KnownRoom.Case(Model());
        var planted = await host.PlantedAsync(ada, known);
        var alice = host.Caller();

        var same = await alice.PostAsync(Calls.Chat, known.Body, ("Prefer", "respond-async"));

        Assert.NotEqual(planted.Id, same.Header("x-approval-id"));
        Assert.Equal(0, (await host.TicketAsync(planted.Id)).Joins);
        Assert.NotEqual(planted.Pattern, (await host.TicketAsync(same.Header("x-approval-id")!)).Pattern);
        Assert.Equal(HttpStatusCode.NotFound, (await alice.GetReplyAsync($"/v1/approvals/{planted.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await alice.PostAsync($"/v1/approvals/{planted.Id}/cancel", "{}")).Status);

        await sam.VoteAsync(planted.Id, planted.Digest);
        await host.TicketWhenAsync(planted.Id, t => t.Status == ApprovalStatus.Completed);
        using var grant = await sam.PostAsJsonAsync("/api/grants", new MakeGrant(Guid.NewGuid(), planted.Id, 10, 5, "More of these."), JsonWire.Options, Stop);
        Assert.Equal(HttpStatusCode.Conflict, grant.StatusCode);
        Assert.Contains("known case", await grant.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trail_calls_it_known_and_neither_habits_nor_recorded_traffic_have_it()
    {
        var planted = await host.PlantedAsync(ada, KnownRoom.Case(Model(), expected: KnownAnswer.Release));

        var voted = await sam.VoteAsync(planted.Id, planted.Digest);
        await host.TicketWhenAsync(planted.Id, t => t.Status == ApprovalStatus.Completed);

        Assert.True(voted.Known!.Right);
        var entries = await host.TrailAsync(e => e.TicketId == planted.Id && e.Kind == "known");
        Assert.Equal([("planted", null), ("released", null)], entries.Select(e => (e.Outcome, e.InteractionId)));
        Assert.All(entries, entry => Assert.Equal(planted.Known!.Subject, entry.Subject));
        Assert.Equal(["added"], (await host.TrailAsync(e => e.Kind == "known" && e.Actor == "ada")).Select(e => e.Outcome));
        Assert.Empty(await host.TrailAsync(e => e.Actor == "alice" || (e.TicketId == planted.Id && e.Judged != null) || e.Kind == "parked" || e.Kind == "decision"));
        using var whatIf = await ada.PostAsJsonAsync("/api/policies/what-if", new AskWhatIf(null, 1), JsonWire.Options, Stop);
        Assert.Equal(0, (await whatIf.Content.ReadFromJsonAsync<WhatIfReport>(JsonWire.Options, Stop))!.Judged); // it has a body
    }

    [Fact]
    public async Task What_policy_asks_nobody_about_is_shown_to_nobody_and_its_keeper_is_told()
    {
        var harmless = await ada.AddedAsync(KnownRoom.Case(Model(), "What is the capital of France?"));
        var unserved = await ada.AddedAsync(KnownRoom.Case("no-such-model"));
        Assert.Equal((KnownStanding.DoesNotAsk, KnownStanding.NoModel), (harmless.Standing, unserved.Standing));

        Assert.False(await host.PlantAsync(harmless));
        Assert.False(await host.PlantAsync(unserved));

        Assert.False(await host.ReadAsync(store => store.Set<Ticket>().AnyAsync(Stop)));
        Assert.Null((await ada.ViewAsync(harmless.Id)).PlantedAt);
    }

    [Fact]
    public async Task Of_one_case_one_waits_at_a_time()
    {
        var known = await ada.AddedAsync(KnownRoom.Case(Model()));

        var planted = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.PlantAsync(known)));

        Assert.Single(planted, one => one);
        var ticket = Assert.Single(await host.ReadAsync(store => store.Set<Ticket>().AsNoTracking().ToListAsync(Stop)));
        Assert.Equal((ticket.Id, ApprovalStatus.Pending), (await ada.ViewAsync(known.Id)) is var waits ? (waits.TicketId, waits.Status) : default);
        await host.DecideAsync(ticket, ApprovalStatus.Rejected, reason: "A live key.");
        await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Rejected);
        Assert.True(await host.PlantAsync(known));
    }

    [Fact]
    public async Task Those_whose_turn_was_longest_ago_come_first_and_what_cannot_be_shown_is_passed_over()
    {
        await ada.AddedAsync(KnownRoom.Case(Model(), "What is the capital of France?"));
        var (first, second) = (await ada.AddedAsync(KnownRoom.Case(Model())), await ada.AddedAsync(KnownRoom.Case(Model())));
        var planter = host.Services.GetRequiredService<KnownPlanter>();

        await planter.PlantAsync(Stop);
        Assert.Equal((ApprovalStatus.Pending, null), ((await ada.ViewAsync(first.Id)).Status, (await ada.ViewAsync(second.Id)).Status));
        await planter.PlantAsync(Stop);

        Assert.Equal(ApprovalStatus.Pending, (await ada.ViewAsync(second.Id)).Status);
    }

    [Fact]
    public async Task A_retired_case_is_shown_to_nobody_and_its_text_is_gone()
    {
        var known = await ada.AddedAsync(KnownRoom.Case(Model()));

        using var retired = await ada.DeleteAsync($"/api/known/{known.Id}", Stop);
        using var again = await ada.DeleteAsync($"/api/known/{known.Id}", Stop);
        using var missing = await ada.DeleteAsync($"/api/known/{Guid.NewGuid()}", Stop);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (retired.StatusCode, again.StatusCode, missing.StatusCode));
        await host.Services.GetRequiredService<KnownPlanter>().PlantAsync(Stop);
        Assert.False(await host.ReadAsync(store => store.Set<Ticket>().AnyAsync(Stop)));
        Assert.False(await host.ReadAsync(store => store.Set<TextKey>().AnyAsync(key => key.Id == $"known_{known.Id:N}", Stop)));
        Assert.Equal(["added", "retired"], (await host.TrailAsync(e => e.Kind == "known")).Select(e => e.Outcome));
    }

    [Fact]
    public async Task What_no_caller_could_have_sent_is_refused_with_what_to_do()
    {
        var good = KnownRoom.Case(Model());
        foreach (var (known, status, says) in new[]
        {
            (good with { Body = "{ not json" }, HttpStatusCode.UnprocessableEntity, "Paste the request's body"),
            (good with { Body = """{"messages":[]}""" }, HttpStatusCode.UnprocessableEntity, "needs a 'model'"),
            (good with { Route = "/V1/Chat" }, HttpStatusCode.UnprocessableEntity, "such as /v1/chat/completions"),
            (good with { Body = Calls.Body(Calls.Chat, "m-1", new string('x', AddKnown.LargestBody)) }, HttpStatusCode.BadRequest, "Shorten the prompt"),
            (good with { Why = " " }, HttpStatusCode.BadRequest, "Say why"),
            (good with { Name = "" }, HttpStatusCode.BadRequest, "Give it a name"),
        })
        {
            using var refused = await ada.AddAsync(known);
            Assert.Equal(status, refused.StatusCode);
            Assert.Contains(says, (string)JsonNode.Parse(await refused.Content.ReadAsStringAsync(Stop))!["detail"]!, StringComparison.Ordinal);
        }

        Assert.Equal((await ada.AddedAsync(good)).Id, (await ada.AddedAsync(good)).Id); // sent twice, it is one
        Assert.Single((await ada.GetFromJsonAsync<KnownList>("/api/known", JsonWire.Options, Stop))!.Cases);
    }

    [Fact]
    public async Task It_is_off_unless_it_is_switched_on_and_then_everybody_is_told()
    {
        Assert.Equal(0, (await sam.GetFromJsonAsync<KnownNotice>("/api/known/notice", JsonWire.Options, Stop))!.PerDay); // it has a body
        Assert.False(await host.ReadAsync(store => store.Set<KnownPlan>().AnyAsync(Stop)));

        await using var on = await GatewayHost.StartAsync(shared.Upstream, new() { ["Known:PerDay"] = "5" });

        Assert.Equal(5, (await (await on.PersonAsync("sam")).GetFromJsonAsync<KnownNotice>("/api/known/notice", JsonWire.Options, Stop))!.PerDay);
        await Eventually.TrueAsync(() => on.ReadAsync(store => store.Set<KnownPlan>().AnyAsync(Stop)), "a plan");
        await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => GatewayHost.StartAsync(shared.Upstream, new() { ["Known:PerDay"] = "201" }));
    }

    [Fact]
    public async Task A_day_has_as_many_turns_as_are_wanted_and_of_several_gateways_one_has_each()
    {
        var start = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
        await TurnAsync(start);
        var taken = new List<DateTimeOffset>();

        for (var now = start; now < start.AddDays(3); now = now.AddMinutes(20))
        {
            var at = now;
            if ((await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TurnAsync(at)))).Count(mine => mine) is var winners and > 0)
            {
                Assert.Equal(1, winners);
                taken.Add(now);
            }
        }

        Assert.InRange(taken.Count, 11, 12);
        Assert.All(Enumerable.Range(0, 3), day => Assert.InRange(taken.Count(at => at >= start.AddDays(day) && at < start.AddDays(day + 1)), 3, 5));
        Assert.True(taken.Zip(taken.Skip(1), (one, next) => next - one).Distinct().Count() > 1); // nobody can foresee them
    }

    [Fact]
    public async Task What_fell_into_a_time_without_a_gateway_is_not_made_up_for()
    {
        var start = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
        await TurnAsync(start);

        Assert.True(await TurnAsync(start.AddDays(9)));
        Assert.False(await host.ReadAsync(store => store.Set<KnownPlan>().AnyAsync(plan => plan.DueAt < start.AddDays(9), Stop)));
    }

    private string Model() => shared.Upstream.Model(Answers.Chat("Never to be seen."));

    private async Task<ReviewDetail> DetailAsync(string id) => (await sam.GetFromJsonAsync<ReviewDetail>($"/api/reviews/{id}", JsonWire.Options, Stop))!; // it has a body

    private async Task<bool> TurnAsync(DateTimeOffset now)
    {
        await using var store = await host.Services.GetRequiredService<IDbContextFactory<GatewayStore>>().CreateDbContextAsync(Stop);
        return await KnownPlan.TakeTurnAsync(store, perDay: 4, now, Stop);
    }

    /// <summary>Which members there are, at every depth, whatever they hold.</summary>
    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject members => $"{{{string.Join(',', members.Select(member => $"{member.Key}:{Shape(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Shape).Distinct())}]",
        null => "null",
        _ => node.GetValueKind().ToString(),
    };
}
