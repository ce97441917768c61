using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Distributed.Support;

namespace Distributed;

/// <summary>A provider's sessions at two gateways and two approvals.</summary>
[Collection(SharedCluster.Name)]
public sealed class SigningOut_Tests(SharedCluster shared)
{
    private readonly Cluster cluster = shared.Cluster;

    [Fact]
    public async Task A_token_says_when_its_person_signed_in()
    {
        var token = await cluster.Provider.SignInAsync("sam");

        var claims = JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])))!;

        Assert.InRange((long)claims["auth_time"]!, 1_700_000_000, (long)claims["iat"]!);
    }

    [Fact]
    public async Task Signed_out_at_one_gateway_no_instance_takes_the_tokens_from_before()
    {
        var (one, two) = (await cluster.Provider.SignInAsync("kim"), await cluster.Provider.SignInAsync("kim"));
        Assert.All(await StatusesAsync(two), status => Assert.NotEqual(HttpStatusCode.Unauthorized, status));

        using (var kim = Cluster.Person(cluster.Gateways[0], one))
        using (var answer = await kim.PostAsync(new Uri("/api/sign-outs", UriKind.Relative), null))
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        await Eventually.TrueAsync(async () => (await StatusesAsync(two)).All(status => status == HttpStatusCode.Unauthorized), "every instance refuses the other token");
        using var ada = Cluster.Person(cluster.Gateways[1], await cluster.Provider.SignInAsync("ada"));
        Assert.Contains(await ada.TrailAsync("kind=sign-out"), entry => entry is { Actor: "kim", Outcome: "signed out" });
    }

    private async Task<IReadOnlyList<HttpStatusCode>> StatusesAsync(string token)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var (service, path) in cluster.Gateways.Select(gateway => (gateway, "/api/access")).Concat(cluster.Approvals.Select(approvals => (approvals, "/api/reviews"))))
        {
            using var person = Cluster.Person(service, token);
            using var answer = await person.GetAsync(new Uri(path, UriKind.Relative));
            statuses.Add(answer.StatusCode);
        }
        return statuses;
    }
}
