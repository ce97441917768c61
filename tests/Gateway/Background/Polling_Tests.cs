using System.Net;
using System.Text.Json.Nodes;
using Contracts;
using Gateway.Tests.Support;

namespace Gateway.Tests.Background;

/// <summary>The Response a caller polls for, from queued to its end, whichever end that is.</summary>
public sealed class Polling_Tests(SharedGateway shared) : IAsyncDisposable
{
    private readonly GatewayHost host = shared.Host;
    private readonly HttpClient alice = shared.Host.Caller();

    public async ValueTask DisposeAsync() => await host.AssertHealthyAsync();

    [Fact]
    public async Task A_parked_call_is_queued_until_people_release_it_and_then_completed()
    {
        var model = shared.Upstream.Model(Responses.Whole("here you are"));
        var body = Responses.Body(model, Calls.Secret);

        var reply = await alice.PostAsync(Calls.Responses, body);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("pending", reply.Header("x-approval-status"));
        Assert.Equal(reply.Json.Id()["resp_".Length..], reply.Header("x-approval-id")!["apr_".Length..]);
        Assert.NotNull(reply.Header("x-approval-deadline"));
        Assert.Equal(("response", "queued", true, model), ((string?)reply.Json["object"], reply.Json.Status(), (bool)reply.Json["background"]!, (string?)reply.Json["model"]));
        Assert.Empty(reply.Json["output"]!.AsArray());
        Assert.Equal("66", (string?)reply.Json["metadata"]!["order"]);
        Assert.Equal("queued", (await alice.PollAsync(reply.Json.Id())).Status());
        Assert.Empty(shared.Upstream.For(model));

        await host.DecideAsync(await host.TicketOfAsync(reply.Json));
        var done = await alice.EndAsync(reply.Json.Id());

        Assert.Equal(("completed", "here you are", true), (done.Status(), done.Text(), (bool)done["background"]!));
        Assert.Equal((reply.Json.Id(), (long)reply.Json["created_at"]!), (done.Id(), (long)done["created_at"]!));
        Assert.Equal(body.Replace("\"background\": true, ", "", StringComparison.Ordinal), shared.Upstream.Only(model).Text);
    }

    [Theory]
    [InlineData(ApprovalStatus.Rejected, "failed", "approval_rejected")]
    [InlineData(ApprovalStatus.Expired, "failed", "approval_expired")]
    [InlineData(ApprovalStatus.Revoked, "failed", "approval_revoked")]
    [InlineData(ApprovalStatus.Cancelled, "cancelled", "approval_cancelled")]
    public async Task A_call_that_is_not_released_ends_and_says_why(ApprovalStatus outcome, string status, string code)
    {
        var model = shared.Upstream.Model(Responses.Whole("never"));
        var queued = await alice.CreateAsync(Responses.Body(model, Calls.Secret));

        await host.DecideAsync(await host.TicketOfAsync(queued), outcome, reason: "not today");
        var ended = await alice.EndAsync(queued.Id());

        Assert.Equal((status, code), (ended.Status(), (string?)ended["error"]!["code"]));
        Assert.Equal(outcome == ApprovalStatus.Rejected, ((string)ended["error"]!["message"]!).Contains("not today", StringComparison.Ordinal));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task A_call_that_needs_no_people_looks_the_same_and_asks_nobody()
    {
        var model = shared.Upstream.Model(Responses.Whole("at once"));

        var queued = await alice.CreateAsync(Responses.Body(model));
        var done = await alice.EndAsync(queued.Id());

        Assert.Equal("queued", queued.Status());
        Assert.Equal(("completed", "at once"), (done.Status(), done.Text()));
        var ticket = await host.TicketOfAsync(queued);
        Assert.Equal(["interaction:forwarded", "execution:completed"], (await host.TrailAsync(e => e.TicketId == ticket.Id)).Select(e => $"{e.Kind}:{e.Outcome}"));
        using var person = await host.PersonAsync();
        Assert.DoesNotContain(ticket.Id, (await person.GetReplyAsync("/api/reviews?state=all&take=200")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.All, line => line.Contains(ticket.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Equal_calls_that_need_no_people_run_each_for_itself()
    {
        var model = shared.Upstream.Model(Responses.Whole("a die is cast"));

        var first = await alice.CreateAsync(Responses.Body(model));
        var second = await alice.CreateAsync(Responses.Body(model));
        var named = await alice.CreateAsync(Responses.Body(model), ("Idempotency-Key", model));
        var again = await alice.CreateAsync(Responses.Body(model), ("Idempotency-Key", model));

        Assert.Equal(3, new[] { first, second, named, again }.Select(r => r.Id()).Distinct().Count());
        Assert.Equal(named.Id(), again.Id());
        foreach (var response in new[] { first, second, named }) await alice.EndAsync(response.Id());
        Assert.Equal(3, shared.Upstream.For(model).Count);
    }

    [Fact]
    public async Task Equal_calls_that_wait_for_people_are_one_review()
    {
        var body = Responses.Body(shared.Upstream.Model(Responses.Whole("once")), Calls.Secret);

        var first = await alice.CreateAsync(body);
        var second = await alice.CreateAsync(body);
        var apart = await alice.CreateAsync(body, ("x-approval-new", "true"));

        Assert.Equal(first.Id(), second.Id());
        Assert.NotEqual(first.Id(), apart.Id());
    }

    [Fact]
    public async Task A_masked_call_goes_out_masked_and_comes_back_restored()
    {
        const string prompt = "Write to ada.lovelace@example.org about the parcel";
        var model = shared.Upstream.Model(async (http, request) =>
            await Responses.Whole($"to {(string?)JsonNode.Parse(request.Text)!["input"]}")(http, request));

        var queued = await alice.CreateAsync(Responses.Body(model, prompt));
        var done = await alice.EndAsync(queued.Id());

        Assert.Equal("to " + prompt, done.Text());
        Assert.DoesNotContain("ada.lovelace", shared.Upstream.Only(model).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("background", shared.Upstream.Only(model).Text, StringComparison.Ordinal);
        var ticket = await host.TicketOfAsync(queued);
        Assert.Contains(await host.TrailAsync(e => e.TicketId == ticket.Id), e => e is { Kind: "interaction", Outcome: "masked" });
    }

    [Fact]
    public async Task A_masked_call_whose_mask_is_lost_is_not_sent()
    {
        var model = shared.Upstream.Model(Responses.Whole("never"));
        await using var stopped = await GatewayHost.StartAsync(shared.Upstream, services: s => s.Remove(s.Single(d => d.ImplementationType == typeof(Gateway.Waiting.PolledReleases))));
        var queued = await stopped.Caller().CreateAsync(Responses.Body(model, "Write to ada.lovelace@example.org about the parcel"));
        var ticket = await stopped.TicketOfAsync(queued);
        await stopped.ReadAsync(async store =>
        {
            store.Remove(await store.FindAsync<Gateway.Texts.SealedText>(ticket.WaiverText) ?? throw new InvalidOperationException("No waiver was stored."));
            return await store.SaveChangesAsync();
        });

        var release = (Gateway.Waiting.Release)stopped.Services.GetService(typeof(Gateway.Waiting.Release))!;
        await Assert.ThrowsAsync<Gateway.Texts.TextErasedException>(() => release.TryRunAsync(ticket.Id, caller: null));

        Assert.Empty(shared.Upstream.For(model));
        Assert.Equal(ApprovalStatus.Releasing, (await stopped.TicketAsync(ticket.Id)).Status);
    }

    [Fact]
    public async Task A_blocked_call_is_403_as_ever()
    {
        using var narrow = host.Caller(GatewayHost.NarrowKey);
        var reply = await narrow.PostAsync(Calls.Responses, Responses.Body(shared.Upstream.Model(Responses.Whole("never"))));

        Assert.Equal("policy_blocked", reply.AssertError(Calls.Responses, HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task An_error_of_the_upstream_is_a_failed_response_with_its_code_and_message()
    {
        foreach (var (answer, code, message) in new[]
        {
            (Answers.Json("""{"error":{"message":"No such thing","type":"invalid_request_error","param":null,"code":"unknown_thing"}}""", 400), "unknown_thing", "No such thing"),
            (Answers.Json("""{"error":{"message":"Slow down","type":"rate_limit_error","code":null}}""", 429), "rate_limit_error", "Slow down"),
            (Answers.Raw("<html>oh no</html>"u8.ToArray(), "text/html", 502), "upstream_failed", "status 502"),
            (Answers.CutShort("""{"id":"""), "upstream_broke_off", "broke off"),
            (Answers.Hangup, "upstream_unreachable", "could not be reached"),
            (Answers.Json("""["not","a","response"]"""), "answer_unreadable", "not a response"),
            (Answers.Json("""{"hello":"world"}"""), "answer_unreadable", "not a response"),
        })
        {
            var queued = await alice.CreateAsync(Responses.Body(shared.Upstream.Model(answer)));
            var failed = await alice.EndAsync(queued.Id());

            Assert.Equal(("failed", code), (failed.Status(), (string?)failed["error"]!["code"]));
            Assert.Contains(message, (string)failed["error"]!["message"]!, StringComparison.Ordinal);
            Assert.Equal("response.failed", (await alice.EventsAsync(queued.Id())).Types().Last());
        }
    }

    [Fact]
    public async Task What_the_upstream_calls_incomplete_or_failed_stays_so()
    {
        foreach (var (status, end) in new[] { ("incomplete", "incomplete"), ("failed", "failed"), ("cancelled", "cancelled"), ("in_progress", "completed"), ("queued", "completed") })
        {
            var model = shared.Upstream.Model(Answers.Json(Responses.WholeBody("half").Replace("\"status\":\"completed\",\"model\"", $"\"status\":\"{status}\",\"model\"", StringComparison.Ordinal)));
            var queued = await alice.CreateAsync(Responses.Body(model));

            Assert.Equal((end, "half"), (await alice.EndAsync(queued.Id()) is var ended ? ended.Status() : "", ended.Text()));
        }
    }

    [Fact]
    public async Task Nobody_else_learns_that_it_exists()
    {
        using var bob = host.Caller(GatewayHost.BobKey);
        var queued = await alice.CreateAsync(Responses.Body(shared.Upstream.Model(Responses.Whole("mine")), Calls.Secret));
        var parked = (await alice.PostAsync(Calls.Responses, Calls.Body(Calls.Responses, "m-x", Calls.Secret), ("Prefer", "respond-async"))).Header("x-approval-id")!;

        foreach (var (client, id) in new[] { (bob, queued.Id()), (alice, "resp_" + parked["apr_".Length..]), (alice, "resp_0123"), (alice, "resp_" + new string('f', 32)), (alice, queued.Id().ToUpperInvariant()), (alice, "x") })
        {
            foreach (var query in new[] { "", "?stream=true" })
                Assert.Equal("response_not_found", (await client.GetReplyAsync($"/v1/responses/{id}{query}")).AssertError(Calls.Responses, HttpStatusCode.NotFound));
            Assert.Equal("response_not_found", (await client.PostAsync($"/v1/responses/{id}/cancel", "")).AssertError(Calls.Responses, HttpStatusCode.NotFound));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Caller(key: null).GetReplyAsync($"/v1/responses/{queued.Id()}")).Status);
        Assert.Equal("queued", (await alice.PollAsync(queued.Id())).Status());
    }

    [Fact]
    public async Task Prefer_wait_answers_when_it_ends()
    {
        var queued = await alice.CreateAsync(Responses.Body(shared.Upstream.Model(Responses.Whole("worth the wait")), Calls.Secret));
        var waiting = alice.GetReplyAsync($"/v1/responses/{queued.Id()}", ("Prefer", "wait=60"));

        await host.DecideAsync(await host.TicketOfAsync(queued));
        var reply = await waiting;

        Assert.Equal("wait=60", reply.Header("Preference-Applied"));
        Assert.Equal(("completed", "completed"), (reply.Json.Status(), reply.Header("x-approval-status")));
        Assert.Equal("queued", (await alice.GetReplyAsync($"/v1/responses/{(await alice.CreateAsync(Responses.Body("m-y", Calls.Secret))).Id()}", ("Prefer", "wait=0"))).Json.Status());
    }

    [Fact]
    public async Task Only_true_on_this_route_is_a_background_call()
    {
        foreach (var (route, background) in new[] { (Calls.Responses, "false"), (Calls.Responses, "\"true\""), (Calls.Responses, "null"), (Calls.Chat, "true") })
        {
            var model = shared.Upstream.Model(Answers.Json("""{"answered":"now"}"""));
            var body = $$"""{"model":"{{model}}","background":{{background}},"input":"hello"}""";

            Assert.Equal("now", (string?)(await alice.PostAsync(route, body)).Json["answered"]);
            Assert.Equal(body, shared.Upstream.Only(model).Text);
        }
    }
}
