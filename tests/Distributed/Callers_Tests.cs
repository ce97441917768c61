using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Distributed.Support;

namespace Distributed;

/// <summary>Tokens and issued keys at two gateways: which one a caller comes to must not matter.</summary>
[Collection(SharedCluster.Name)]
public sealed class Callers_Tests(SharedCluster shared)
{
    private readonly Cluster cluster = shared.Cluster;

    [Fact]
    public async Task A_key_issued_at_one_gateway_works_at_the_other_and_stops_there_when_it_is_revoked()
    {
        using var ada = Cluster.Person(cluster.Gateways[0], await cluster.Provider.SignInAsync("ada"));
        var asked = new IssueKey { OperationId = Guid.NewGuid(), Account = "reports", Name = "Reports", Reason = "For the reports.", ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1) };
        using var answer = await ada.PostAsJsonAsync("/api/keys", asked, JsonWire.Options);
        var issued = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<IssuedKey>(JsonWire.Options);
        using var elsewhere = With(1, issued!.Key);
        using (var models = await elsewhere.GetAsync(new Uri("/v1/models", UriKind.Relative))) Assert.Equal(HttpStatusCode.OK, models.StatusCode);

        using var revoked = await ada.PostAsJsonAsync($"/api/keys/{issued.View.Id}/revoke", new RevokeKey("No longer needed."), JsonWire.Options);

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        await Eventually.TrueAsync(async () => (await elsewhere.GetAsync(new Uri("/v1/models", UriKind.Relative))).StatusCode == HttpStatusCode.Unauthorized, "the other gateway refuses the key");
    }

    [Fact]
    public async Task A_person_who_calls_with_their_own_token_does_not_decide_about_it()
    {
        var token = await cluster.Provider.SignInAsync("ada");
        using var caller = With(1, token);
        using var ada = Cluster.Person(cluster.Approvals[0], token);
        using var riley = Cluster.Person(cluster.Approvals[1], await cluster.Provider.SignInAsync("riley"));
        var waiting = caller.PostAsJsonAsync("/v1/chat/completions", CountingModel.Body(1101));
        var review = await ada.ReviewOfAsync(1101);

        var vote = new CastVote { OperationId = Guid.NewGuid(), Approve = true, Digest = (await riley.DetailAsync(review.Id)).Digest };
        using var own = await ada.PostAsJsonAsync($"/api/reviews/{review.Id}/votes", vote, JsonWire.Options);
        await riley.VoteAsync(review, approve: true);

        Assert.Equal(("ada", HttpStatusCode.Forbidden), (review.Caller.Subject, own.StatusCode));
        Assert.Contains("own-prompt", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var answer = await waiting;
        Assert.Contains(CountingModel.AnswerTo(1101), await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private HttpClient With(int gateway, string credential)
    {
        var client = Cluster.Caller(cluster.Gateways[gateway]);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return client;
    }
}
