using System.Net;
using Contracts;
using Gateway.Tests.Support;
using Gateway.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Callers;

/// <summary>Access tokens of real providers in the place of the SDK's key.</summary>
public sealed class Tokens_Tests(SharedGateway shared, Providers providers) : IClassFixture<Providers>
{
    private readonly GatewayHost host = providers.Host;

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("x-api-key", "")]
    public async Task A_service_account_reaches_the_model_with_client_credentials(string header, string before)
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));

        var reply = await host.Caller(key: null).PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model), (header, before + await providers.Corp.ServiceTokenAsync()));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var entry = await host.EntryAsync(e => e.Model == model);
        Assert.Equal(("corp/reports", "reports"), (entry.Actor, entry.ActorName));
    }

    [Fact]
    public async Task A_person_reaches_the_model_with_a_token_of_their_own()
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));

        var reply = await AskAsync(host, await providers.Corp.SignInAsync("riley"), model);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var entry = await host.EntryAsync(e => e.Model == model);
        Assert.Equal(("corp/riley", "Riley Chen"), (entry.Actor, entry.ActorName));
    }

    [Fact]
    public async Task Groups_of_the_token_go_with_what_is_parked_and_its_release_is_executed()
    {
        var model = shared.Upstream.Model(Answers.Chat("released"));
        var caller = host.Caller(await providers.Corp.ServiceTokenAsync());
        var ticket = await host.ParkAsync(caller, model);

        Assert.Equal(["reporting"], ticket.Caller.Groups);
        Assert.Equal("token:corp", ticket.Caller.Credential);
        await host.DecideAsync(ticket);
        await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Completed);
    }

    [Fact]
    public async Task The_same_subject_of_two_providers_is_two_callers()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var (corp, partner) = (host.Caller(await providers.Corp.ServiceTokenAsync()), host.Caller(await providers.Partner.ServiceTokenAsync()));

        var ticket = await host.ParkAsync(corp, model);
        var other = await host.ParkAsync(partner, model);

        Assert.Equal(("corp/reports", "partner/reports"), (ticket.CallerSubject, other.CallerSubject));
        Assert.Equal(HttpStatusCode.NotFound, (await partner.GetReplyAsync($"/v1/approvals/{ticket.Id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await corp.GetReplyAsync($"/v1/approvals/{ticket.Id}")).Status);
    }

    [Fact]
    public async Task Of_the_provider_that_reviewers_sign_in_with_a_person_is_the_same_subject()
    {
        await using var own = await GatewayHost.StartAsync(shared.Upstream, With(Providers.Settings(providers.Corp), ("People:Authority", providers.Corp.Authority)));
        var model = shared.Upstream.Model(Answers.Chat("never"));

        var ticket = await own.ParkAsync(own.Caller(await providers.Corp.SignInAsync("riley")), model);

        Assert.Equal("riley", ticket.CallerSubject);
        var impostor = await AskAsync(own, await providers.Corp.MintAsync(new Dictionary<string, object?>(Providers.Claims(providers.Corp)) { ["sub"] = "alice" }), model);
        Assert.Contains("another kind of caller", impostor.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, impostor.Status);
    }

    [Fact]
    public async Task A_provider_that_changes_its_key_is_followed_at_once_and_its_old_key_is_no_longer_taken()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var provider = await Providers.StartAsync();
        await using var own = await GatewayHost.StartAsync(shared.Upstream, Providers.Settings(provider), clock);
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var before = await provider.ServiceTokenAsync();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(own, before, model)).Status);

        await provider.RotateAsync();
        clock.Advance(ProviderKeys.Pause);
        var after = await AskAsync(own, await provider.ServiceTokenAsync(), model);

        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Contains("(kid)", (await AskAsync(own, before, model)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_made_up_keys_makes_no_flood_of_fetches()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var provider = await Providers.StartAsync();
        await using var own = await GatewayHost.StartAsync(shared.Upstream, Providers.Settings(provider), clock);
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var good = await provider.ServiceTokenAsync();
        await AskAsync(own, good, model);
        var first = await provider.FetchesAsync();

        await FloodAsync();
        Assert.Equal(first, await provider.FetchesAsync());
        clock.Advance(ProviderKeys.Pause);
        await FloodAsync();

        Assert.Equal(first + 2, await provider.FetchesAsync()); // its discovery document and its keys, once
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(own, good, model)).Status);

        async Task FloodAsync()
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ => await AskAsync(own, await provider.MintAsync(Providers.Claims(provider), new { kid = Guid.NewGuid() }), model)));
            Assert.All(replies, reply => Assert.Contains("(kid)", reply.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task While_the_provider_is_away_known_keys_are_good_and_what_cannot_be_checked_is_503()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var provider = await Providers.StartAsync();
        await using var own = await GatewayHost.StartAsync(shared.Upstream, Providers.Settings(provider), clock);
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var good = await provider.MintAsync(new Dictionary<string, object?>(Providers.Claims(provider)) { ["exp"] = Providers.In(hours: 100) });
        var unknown = await provider.MintAsync(Providers.Claims(provider), new { kid = "unknown" });
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(own, good, model)).Status);

        await provider.DisposeAsync();
        clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(own, good, model)).Status);
        await AssertAwayAsync(unknown);
        clock.Advance(ProviderKeys.LongestTrust);
        await AssertAwayAsync(good);

        async Task AssertAwayAsync(string token)
        {
            foreach (var route in Calls.Routes)
            {
                var reply = await own.Caller(token).PostAsync(route, Calls.Body(route, model));
                Assert.Equal("provider_unavailable", reply.AssertError(route, HttpStatusCode.ServiceUnavailable));
                Assert.Equal("5", reply.Header("Retry-After"));
            }
        }
    }

    [Fact]
    public async Task A_release_is_not_executed_for_a_provider_that_is_no_longer_taken()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var data = Directory.CreateTempSubdirectory("gateway-test-").FullName;
        string id;
        await using (var before = await GatewayHost.StartAsync(shared.Upstream, Providers.Settings(providers.Corp), data: data))
            id = (await before.ParkAsync(before.Caller(await providers.Corp.ServiceTokenAsync()), model)).Id;

        await using (var after = await GatewayHost.StartAsync(shared.Upstream, data: data))
        {
            await after.DecideAsync(await after.TicketAsync(id));
            var ticket = await after.TicketWhenAsync(id, t => t.Status == ApprovalStatus.Failed);
            Assert.Equal(403, ticket.ResultStatus);
        }
        Assert.Empty(shared.Upstream.For(model));
        Directory.Delete(data, recursive: true);
    }

    private static Task<Reply> AskAsync(GatewayHost host, string token, string model) => host.Caller(token).PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));

    private static Dictionary<string, string?> With(Dictionary<string, string?> settings, params (string, string)[] more)
    {
        foreach (var (key, value) in more) settings[key] = value;
        return settings;
    }
}
