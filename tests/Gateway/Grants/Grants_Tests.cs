using System.Net;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Gateway.Parking;
using Gateway.Tests.Policies;
using Gateway.Tests.Support;

namespace Gateway.Tests.Grants;

/// <summary>"Allow this caller, this pattern, for half an hour, at most ten times": and nothing beside it.</summary>
public sealed class Grants_Tests : IAsyncLifetime
{
    private const string OtherSecret = "AKIA" + "7HQ2WMVKT3BX4QNL"; // made up
    private MockUpstream upstream = null!; // set before every test, like the rest
    private GatewayHost host = null!;
    private HttpClient caller = null!;
    private HttpClient ada = null!;
    private HttpClient riley = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        upstream = await MockUpstream.StartAsync();
        host = await GatewayHost.StartAsync(upstream, new() { ["Habits:Enabled"] = "true" });
        (caller, ada, riley) = (host.Caller(), await host.PersonAsync("ada"), await host.PersonAsync("riley"));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_granted_caller_passes_with_prompts_of_the_pattern_each_recorded_and_no_more_often_than_granted()
    {
        var (model, grant) = await GrantedAsync(uses: 2);
        Assert.Equal(("active", 0, 1), (grant.Status, grant.Uses, grant.Needed));

        Assert.Equal(HttpStatusCode.OK, await AskAsync(model, OtherSecret));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(model, OtherSecret + " once more"));
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync(model, OtherSecret + " and again"));
        Assert.Equal(("used up", 2), (await FindAsync(grant.Id)) is var used ? (used.Status, used.Uses) : default);
        Assert.Equal(2, (await host.TrailAsync(e => e.Kind == "interaction" && e.Rule == "grant:" + grant.Id && e.Decision == "forward")).Count);
        Assert.Equal("made", (await host.EntryAsync(e => e.Kind == "grant")).Outcome);
    }

    [Fact]
    public async Task It_is_for_that_caller_that_model_and_what_was_found_and_for_nothing_else()
    {
        var (model, _) = await GrantedAsync(uses: 50);
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync(model, OtherSecret, GatewayHost.BobKey));
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync(upstream.Model(Answers.Chat("Fine.")), OtherSecret));
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync(model, OtherSecret + " of jo.doe@example.org"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(model, OtherSecret));
    }

    [Fact]
    public async Task It_covers_what_is_sent_however_unusual_the_pace()
    {
        var (model, grant) = await GrantedAsync(uses: 50);
        for (var n = 0; n < 45; n++) Assert.Equal(HttpStatusCode.OK, await AskAsync(model, $"{OtherSecret} number {n}"));
        Assert.Contains(await host.TrailAsync(e => e.Rule == "grant:" + grant.Id), e => e.FindingTypes.Contains("FASTER_THAN_USUAL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_calls_at_once_no_more_pass_than_were_granted()
    {
        var (model, grant) = await GrantedAsync(uses: 5);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => AskAsync(model, $"{OtherSecret} number {n}")));
        Assert.Equal(5, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(5, (await FindAsync(grant.Id)).Uses);
    }

    [Fact]
    public async Task It_takes_as_many_people_as_the_review_did()
    {
        host.Policies.Put(PolicyTexts.Policy("thresholds: {mask: 30, park: 60, block: 95}\nreview: {stages: [{groups: [reviewers], people: 2}]}\n"));
        var (model, grant) = await GrantedAsync(uses: 5);
        Assert.Equal(("proposed", 2, 30), (grant.Status, grant.Needed, grant.Minutes)); // whoever agrees knows to what
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync(model, OtherSecret));
        Assert.Equal("proposed", (await PostAsync(ada, $"{grant.Id}/agree")).Status); // the same person once more

        Assert.Equal("active", (await PostAsync(riley, $"{grant.Id}/agree")).Status);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(model, OtherSecret + " now"));
    }

    [Fact]
    public async Task Nothing_is_granted_from_a_prompt_that_people_have_not_released()
    {
        var ticket = await host.ParkAsync(caller, upstream.Model(Answers.Chat("Fine.")));
        using var early = await ada.PostAsJsonAsync("/api/grants", new MakeGrant(Guid.NewGuid(), ticket.Id, 30, 10, "To go on working."), JsonWire.Options, Stop);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        await host.DecideAsync(ticket, ApprovalStatus.Rejected, reason: "No.");
        await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Rejected);
        using var rejected = await ada.PostAsJsonAsync("/api/grants", new MakeGrant(Guid.NewGuid(), ticket.Id, 30, 10, "To go on working."), JsonWire.Options, Stop);
        Assert.Equal(HttpStatusCode.Conflict, rejected.StatusCode);
        foreach (var wrong in new[] { new MakeGrant(Guid.NewGuid(), ticket.Id, 0, 10, "Reason"), new MakeGrant(Guid.NewGuid(), ticket.Id, 481, 10, "Reason"), new MakeGrant(Guid.NewGuid(), ticket.Id, 30, 101, "Reason"), new MakeGrant(Guid.NewGuid(), ticket.Id, 30, 10, " ") })
        {
            using var refused = await ada.PostAsJsonAsync("/api/grants", wrong, JsonWire.Options, Stop);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Revoking_ends_it_at_once_and_stops_what_waits_for_the_model()
    {
        var never = new TaskCompletionSource();
        var (model, grant) = await GrantedAsync(uses: 10);
        upstream.Change(model, Answers.Behind(never.Task, Answers.Chat("Too late.")));
        var waiting = caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, OtherSecret));
        await Eventually.TrueAsync(() => Task.FromResult(upstream.For(model).Count == 2), "the call reaches the model");

        var revoked = await PostAsync(riley, $"{grant.Id}/revoke", new RevokeGrant("The agent went astray."));
        Assert.Equal(("revoked", "riley"), (revoked.Status, revoked.RevokedBy!.Subject));
        var reply = await waiting;
        Assert.Equal((HttpStatusCode.Forbidden, "grant_revoked"), (reply.Status, (string?)reply.Json["error"]!["code"]));
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync(model, OtherSecret + " after"));
        Assert.Equal("revoked", (await host.EntryAsync(e => e.Kind == "interaction" && e.Rule == "grant:" + grant.Id)).Outcome);
        Assert.Equal("revoked", (await PostAsync(ada, $"{grant.Id}/revoke", new RevokeGrant("Again."))).Status);
    }

    /// <summary>A prompt with a secret is parked and released, and a grant is made from it.</summary>
    private async Task<(string Model, GrantView Grant)> GrantedAsync(int uses)
    {
        var model = upstream.Model(Answers.Chat("Fine."));
        var ticket = await host.ParkAsync(caller, model, headers: ("Prefer", "respond-async"));
        await host.DecideAsync(ticket);
        await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Completed);
        return (model, await PostAsync(ada, "", new MakeGrant(Guid.NewGuid(), ticket.Id, 30, uses, "To go on working.")));
    }

    private async Task<HttpStatusCode> AskAsync(string model, string words, string key = GatewayHost.AliceKey) =>
        (await host.Caller(key).PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, words), ("Prefer", "respond-async"))).Status;

    private async Task<GrantView> FindAsync(string id) => (await ada.GetFromJsonAsync<List<GrantView>>("/api/grants", JsonWire.Options, Stop))!.Single(grant => grant.Id == id);

    private static async Task<GrantView> PostAsync(HttpClient person, string path, object? body = null)
    {
        using var answer = await person.PostAsJsonAsync($"/api/grants/{path}".TrimEnd('/'), body ?? new { }, JsonWire.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Stop)}");
        return (await answer.Content.ReadFromJsonAsync<GrantView>(JsonWire.Options, Stop))!; // the API answers with a body
    }
}
