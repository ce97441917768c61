using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using Gateway.Identity;
using Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Callers;

/// <summary>Each token that is not good is refused with the reason, in both providers' words, and nothing of it is told.</summary>
public sealed class BadTokens_Tests(SharedGateway shared, Providers providers) : IClassFixture<Providers>
{
    [Fact]
    public async Task Not_signed_at_all() =>
        await AssertRefusedAsync($"{Providers.Part(new { alg = "none", typ = "JWT" })}.{Providers.Part(Good)}.", "not signed (alg none)");

    [Fact]
    public async Task Signed_by_anybody_who_can_read_the_providers_public_key()
    {
        using var client = new HttpClient();
        var shown = await client.GetStringAsync(new Uri(providers.Corp.Issuer, "/jwks"), TestContext.Current.CancellationToken);
        var parts = $"{Providers.Part(new { alg = "HS256", kid = Kid(await providers.Corp.ServiceTokenAsync()) })}.{Providers.Part(Good)}";
        await AssertRefusedAsync($"{parts}.{System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(parts)))}", "(alg)");
    }

    [Fact]
    public async Task Meant_for_somebody_else() => await AssertRefusedAsync(await providers.Corp.ServiceTokenAsync(resource: "urn:elsewhere"), "not meant for this gateway (audience)");

    [Fact]
    public async Task Signed_with_a_key_the_provider_does_not_have() => await AssertRefusedAsync(await providers.Corp.MintAsync(Good, new { kid = "made-up" }), "(kid)");

    [Fact]
    public async Task Expired() => await AssertRefusedAsync(await MintAsync(("exp", Providers.In(hours: -1))), "has expired (exp)");

    [Fact]
    public async Task Not_valid_yet() => await AssertRefusedAsync(await MintAsync(("nbf", Providers.In(hours: 1)), ("exp", Providers.In(hours: 2))), "not valid yet (nbf)");

    [Fact]
    public async Task Good_for_ever() => await AssertRefusedAsync(await MintAsync(("exp", null)), "does not say when it expires (exp)");

    [Fact]
    public async Task Within_the_clocks_tolerance_it_is_good()
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var justExpired = await MintAsync(("exp", TimeProvider.System.GetUtcNow().AddSeconds(-2).ToUnixTimeSeconds()));
        Assert.Equal(HttpStatusCode.OK, (await providers.Host.Caller(justExpired).PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model))).Status);
    }

    [Fact]
    public async Task Of_one_provider_in_the_name_of_the_other()
    {
        await AssertRefusedAsync(await providers.Partner.MintAsync(Good), "(kid)");
        await AssertRefusedAsync(await providers.Partner.MintAsync(Good, new { kid = Kid(await providers.Corp.ServiceTokenAsync()) }), "signature is not its provider's");
    }

    [Fact]
    public async Task Of_a_provider_nobody_configured()
    {
        await AssertRefusedAsync(await MintAsync(("iss", "https://elsewhere.example")), "(issuer)");
        await AssertRefusedAsync(await MintAsync(("iss", null)), "(issuer)");
        await AssertRefusedAsync(await MintAsync(("iss", providers.Corp.Authority + "/")), "(issuer)");
    }

    [Fact]
    public async Task Changed_on_the_way()
    {
        var parts = (await providers.Corp.ServiceTokenAsync()).Split('.');
        await AssertRefusedAsync($"{parts[0]}.{Providers.Part(Good)}.{parts[2]}", "signature is not its provider's");
    }

    [Fact]
    public async Task Longer_than_any_token_should_be() => await AssertRefusedAsync(await MintAsync(("padding", new string('x', 17_000))), "longer than 16 kB");

    [Fact]
    public async Task With_groups_that_are_kept_elsewhere()
    {
        await AssertRefusedAsync(await MintAsync(("_claim_names", new { groups = "src1" }), ("_claim_sources", new { src1 = new { endpoint = "https://graph.example" } })), "groups overage");
        await AssertRefusedAsync(await MintAsync(("hasgroups", true)), "groups overage");
        await AssertRefusedAsync(await MintAsync(("hasgroups", "true")), "groups overage");
    }

    [Fact]
    public async Task With_more_groups_than_can_be_kept()
    {
        await AssertRefusedAsync(await MintAsync(("groups", Enumerable.Range(0, 201).Select(i => $"g{i}"))), "more than 200 groups");
        await AssertRefusedAsync(await MintAsync(("groups", new[] { new string('g', 201) })), "longer than 200 characters");
    }

    [Fact]
    public async Task Of_nobody()
    {
        await AssertRefusedAsync(await MintAsync(("sub", null)), "(subject)");
        await AssertRefusedAsync(await MintAsync(("sub", "")), "(subject)");
        await AssertRefusedAsync(await MintAsync(("sub", new string('s', 201))), "subject is longer");
        await AssertRefusedAsync(await MintAsync(("sub", "re\nports")), "control characters");
    }

    [Fact]
    public async Task With_an_extension_nobody_here_knows() => await AssertRefusedAsync(await providers.Corp.MintAsync(Good, new { crit = new[] { "exp-2" } }), "(crit)");

    [Fact]
    public async Task That_is_no_token()
    {
        foreach (var payload in new[] { "nonsense", "[]", "{\"iss\":", "null", new string('[', 5_000), "{\"iss\":\"\\ud800\"}" })
            await AssertRefusedAsync($"{Providers.Part(new { alg = "RS256", kid = "k" })}.{Providers.Part(payload)}.AAAA", "token");
    }

    [Fact]
    public async Task Nearly_right_in_any_way()
    {
        var directory = providers.Host.Services.GetRequiredService<CallerDirectory>();
        var kid = Kid(await providers.Corp.ServiceTokenAsync());
        var header = $$"""{"alg":"RS256","typ":"at+jwt","kid":"{{kid}}"}""";
        var payload = JsonSerializer.Serialize(Good);
        var halves = new[] { "\\ud800", "\\udc00", "\u0000", "\"", "{", "[1]", "1e999", "null" };
        var edits = Gen.Select(Gen.Int[0, 400], Gen.OneOf(Gen.Int[0, halves.Length - 1].Select(i => halves[i]), Gen.Char.Select(c => c.ToString()))).List[1, 3];

        await Gen.Select(edits, edits).SampleAsync(async (inHeader, inPayload) =>
        {
            var token = $"{Providers.Part(Edited(header, inHeader))}.{Providers.Part(Edited(payload, inPayload))}.{new string('A', 342)}";
            Assert.IsType<CallerAnswer.Refused>(await directory.FindAsync(token, TestContext.Current.CancellationToken));
        }, iter: 5_000);

        static string Edited(string text, List<(int At, string Other)> edits) => edits.Aggregate(text, (now, edit) => now[..(edit.At % now.Length)] + edit.Other + now[(edit.At % now.Length + 1)..]);
    }

    private Dictionary<string, object?> Good => Providers.Claims(providers.Corp);

    private Task<string> MintAsync(params (string Name, object? Value)[] changes)
    {
        var claims = Good;
        foreach (var (name, value) in changes)
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }
        return providers.Corp.MintAsync(claims);
    }

    private static string Kid(string token) => (string)System.Text.Json.Nodes.JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0]))!["kid"]!;

    private async Task AssertRefusedAsync(string token, string reason)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        foreach (var route in Calls.Routes)
        {
            var reply = await providers.Host.Caller(token).PostAsync(route, Calls.Body(route, model));

            Assert.Equal("invalid_token", reply.AssertError(route, HttpStatusCode.Unauthorized));
            Assert.Contains(reason, (string)reply.Json["error"]!["message"]!, StringComparison.Ordinal);
            Assert.StartsWith("Bearer error=\"invalid_token\", error_description=\"", reply.Header("WWW-Authenticate"), StringComparison.Ordinal);
            Assert.Contains(reason, reply.Header("WWW-Authenticate"), StringComparison.Ordinal);
        }
        Assert.Empty(shared.Upstream.For(model));
        foreach (var part in token.Split('.', StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(part => part.Length > 20))
            Assert.DoesNotContain(providers.Host.Logs.All, line => line.Contains(part, StringComparison.Ordinal));
        await providers.Host.AssertHealthyAsync();
    }
}
