using System.ClientModel;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Distributed.Support;
using OpenAI;
using OpenAI.Chat;

namespace Distributed;

/// <summary>Two gateways, two approvals: which instance does what must not matter.</summary>
[Collection(SharedCluster.Name)]
public sealed class TwoOfEach_Tests(SharedCluster shared)
{
    private readonly Cluster cluster = shared.Cluster;

    [Fact]
    public async Task A_caller_waiting_on_gateway_a_is_released_by_a_vote_through_approvals_b()
    {
        var client = new OpenAIClient(new ApiKeyCredential(Cluster.CallerKey), new OpenAIClientOptions { Endpoint = new Uri(cluster.Gateways[0].Url, "/v1") }).GetChatClient("counting");
        using var reviewer = Cluster.Person(cluster.Approvals[1], await cluster.Provider.SignInAsync("riley"));
        var waiting = client.CompleteChatAsync([new UserChatMessage(CountingModel.Words(1001))]);

        var review = await reviewer.ReviewOfAsync(1001);
        await reviewer.VoteAsync(review, approve: true);

        Assert.Equal(CountingModel.AnswerTo(1001), (await waiting).Value.Content[0].Text);
        Assert.Equal(1, cluster.Model.CallsOf(1001));
    }

    [Fact]
    public async Task The_same_call_at_the_other_gateway_joins_the_ticket_and_both_get_the_one_answer()
    {
        using var a = Cluster.Caller(cluster.Gateways[0]);
        using var b = Cluster.Caller(cluster.Gateways[1]);
        using var reviewer = Cluster.Person(cluster.Approvals[0], await cluster.Provider.SignInAsync("riley"));
        var first = a.PostAsJsonAsync("/v1/chat/completions", CountingModel.Body(1002));
        var review = await reviewer.ReviewOfAsync(1002);
        var second = b.PostAsJsonAsync("/v1/chat/completions", CountingModel.Body(1002));
        using var auditor = Cluster.Person(cluster.Gateways[1], await cluster.Provider.SignInAsync("ada"));
        await Eventually.TrueAsync(async () => (await auditor.TrailAsync($"ticket={review.Id}&kind=joined")).Count == 1, "the second call joins");

        await reviewer.VoteAsync(review, approve: true);

        using var answers = new Both(await first, await second);
        Assert.Equal(await answers.First.Content.ReadAsStringAsync(), await answers.Second.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.OK, 1), (answers.First.StatusCode, cluster.Model.CallsOf(1002)));
    }

    [Fact]
    public async Task What_was_sealed_by_one_gateway_is_opened_by_the_other()
    {
        using var caller = Cluster.Caller(cluster.Gateways[0]);
        caller.DefaultRequestHeaders.Add("Prefer", "respond-async");
        using var reviewer = Cluster.Person(cluster.Approvals[0], await cluster.Provider.SignInAsync("riley"));
        using var parked = await caller.PostAsJsonAsync("/v1/chat/completions", CountingModel.Body(1003));
        var ticket = parked.Headers.GetValues("x-approval-id").Single();
        var review = await reviewer.ReviewOfAsync(1003);

        using var reader = Cluster.Person(cluster.Gateways[1], await cluster.Provider.SignInAsync("riley"));
        var prompt = await reader.GetFromJsonAsync<PromptView>($"/api/prompts/{ticket}", JsonWire.Options);
        await reviewer.VoteAsync(review, approve: true);
        using var elsewhere = Cluster.Caller(cluster.Gateways[1]);
        using var settled = await elsewhere.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/v1/approvals/{ticket}") { Headers = { { "Prefer", "wait=60" } } });
        var result = await elsewhere.GetStringAsync($"/v1/approvals/{ticket}/result");

        Assert.Contains("(prompt 1003)", string.Concat(prompt!.Parts.SelectMany(part => part.Runs).Select(run => run.Text)), StringComparison.Ordinal);
        Assert.Contains(CountingModel.AnswerTo(1003), result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_votes_through_both_approvals_have_one_winner_and_the_rest_is_told_who()
    {
        using var caller = Cluster.Caller(cluster.Gateways[0]);
        caller.DefaultRequestHeaders.Add("Prefer", "respond-async");
        using var parked = await caller.PostAsJsonAsync("/v1/chat/completions", CountingModel.Body(1004));
        var tokens = new[] { await cluster.Provider.SignInAsync("ada"), await cluster.Provider.SignInAsync("riley") };
        using var first = Cluster.Person(cluster.Approvals[0], tokens[0]);
        var review = await first.ReviewOfAsync(1004);
        var digest = (await first.DetailAsync(review.Id)).Digest;

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            using var person = Cluster.Person(cluster.Approvals[i % 2], tokens[i / 2 % 2]);
            using var answer = await person.PostAsJsonAsync($"/api/reviews/{review.Id}/votes",
                new CastVote { OperationId = Guid.NewGuid(), Approve = i % 3 > 0, Reason = "A reason.", Digest = digest }, JsonWire.Options);
            return answer.StatusCode;
        }));

        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(49, answers.Count(status => status == HttpStatusCode.Conflict));
        using var auditor = Cluster.Person(cluster.Gateways[0], tokens[0]);
        await Eventually.TrueAsync(async () => (await auditor.TrailAsync($"ticket={review.Id}&kind=decision")).Count == 1, "the decision is in the trail");
        var votes = (await auditor.TrailAsync($"ticket={review.Id}")).Count(entry => entry.Kind.StartsWith("vote.", StringComparison.Ordinal));
        Assert.Equal(1, votes);
    }

    [Theory]
    [InlineData("/api/reviews", 0)]
    [InlineData("/api/alerts", 0)]
    [InlineData("/api/trail", 1)]
    public async Task An_api_answers_401_to_nobody_and_403_to_the_wrong_person_and_never_redirects(string path, int service)
    {
        var instance = service == 0 ? cluster.Approvals[0] : cluster.Gateways[0];
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = instance.Url };

        using var nobody = await client.GetAsync(path);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await cluster.Provider.SignInAsync("sam"));
        using var visitor = await client.GetAsync(path);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJncm91cHMiOlsiYWRtaW5zIl19.");
        using var forged = await client.GetAsync(path);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (nobody.StatusCode, visitor.StatusCode, forged.StatusCode));
    }

    [Fact]
    public async Task Readiness_names_the_database_the_broker_and_the_policy()
    {
        using var client = new HttpClient();

        var ready = await client.GetFromJsonAsync<JsonElement>(new Uri(cluster.Gateways[0].Url, "/health/ready"));

        Assert.Equal("Healthy", ready.GetProperty("status").GetString());
        Assert.Equal(["broker", "gateway-database", "policy"], ready.GetProperty("checks").EnumerateObject().Select(check => check.Name).Order());
    }

    private sealed record Both(HttpResponseMessage First, HttpResponseMessage Second) : IDisposable
    {
        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }
}
