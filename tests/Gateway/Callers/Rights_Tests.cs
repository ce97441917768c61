using System.Net;
using Gateway.Identity;
using Gateway.Tests.Support;
using Gateway.Tokens;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Tests.Callers;

/// <summary>What a caller may use: its own key's scope, and what its groups are given.</summary>
public sealed class Rights_Tests(SharedGateway shared, Providers providers) : IClassFixture<Providers>
{
    private static readonly Caller Bound = new() { Subject = "s", Name = "n", Groups = [], Models = [], BoundByRights = true };
    private static readonly CallerRight Embeddings = new() { Group = "a", Models = ["small-*"], Routes = ["/v1/embeddings"] };
    private static readonly CallerRight Chat = new() { Group = "b", Models = ["large"], Routes = [Calls.Chat], RidesPastMasking = true };

    [Fact]
    public void Without_a_right_nothing_is_allowed_and_without_limits_everything()
    {
        Assert.False(Bound.MayUse("large"));
        Assert.False(Bound.MayCall(Calls.Chat, "large"));
        Assert.True((Bound with { BoundByRights = false }).MayCall(Calls.Chat, "large"));
        Assert.False((Bound with { BoundByRights = false }).RidesPastMasking(Calls.Chat, "large"));
    }

    [Fact]
    public void One_right_must_allow_both_the_route_and_the_model()
    {
        var caller = Bound with { Rights = [Embeddings, Chat] };

        Assert.True(caller.MayUse("small-1") && caller.MayUse("large") && !caller.MayUse("huge"));
        Assert.True(caller.MayCall("/v1/embeddings", "small-1") && caller.MayCall(Calls.Chat, "large"));
        Assert.False(caller.MayCall("/v1/embeddings", "large") || caller.MayCall(Calls.Chat, "small-1"));
    }

    [Fact]
    public void The_keys_own_scope_narrows_what_the_groups_are_given_and_never_widens_it()
    {
        var caller = Bound with { Rights = [Embeddings, Chat], Models = ["large", "huge"], Routes = ["/v1/*"] };

        Assert.True(caller.MayCall(Calls.Chat, "large"));
        Assert.False(caller.MayUse("small-1") || caller.MayUse("huge") || (caller with { Routes = ["/v1/embeddings"] }).MayCall(Calls.Chat, "large"));
    }

    [Fact]
    public void Riding_past_masking_is_given_for_a_route_and_a_model()
    {
        var caller = Bound with { Rights = [Embeddings, Chat] };

        Assert.True(caller.RidesPastMasking(Calls.Chat, "large"));
        Assert.False(caller.RidesPastMasking("/v1/embeddings", "small-1"));
    }

    [Fact]
    public void A_right_is_found_by_its_groups_exact_name_or_for_everybody()
    {
        var rights = new RightsByGroup(Options.Create(new CallerRightList { CallerRights = [Embeddings, Chat, new() { Group = "*", Models = ["tiny"] }] }));

        Assert.Equal(["b", "*"], rights.Of(["b", "A"]).Select(right => right.Group));
    }

    [Fact]
    public async Task A_token_reaches_only_the_models_of_its_groups_and_a_configured_key_all_of_them()
    {
        var (mine, others) = (shared.Upstream.Model(Answers.Chat("hello")), shared.Upstream.Model(Answers.Chat("hello")));
        await using var host = await GatewayHost.StartAsync(shared.Upstream, new(Providers.Settings(providers.Corp))
        {
            ["CallerRights:0:Group"] = "reporting", ["CallerRights:0:Models:0"] = mine, ["CallerRights:0:Models:1"] = "down",
            ["CallerRights:1:Group"] = "somebody-else", ["CallerRights:1:Models:0"] = "*",
        });
        var reports = host.Caller(await providers.Corp.ServiceTokenAsync());

        Assert.Equal(HttpStatusCode.OK, (await reports.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, mine))).Status);
        Assert.Equal("policy_blocked", (await reports.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, others))).AssertError(Calls.Chat, HttpStatusCode.Forbidden));
        Assert.Equal(HttpStatusCode.OK, (await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, others))).Status);
        Assert.Equal(["down"], await ListAsync(reports));
        Assert.Equal(["down", "echo"], (await ListAsync(host.Caller())).Order());
    }

    [Fact]
    public void Whatever_is_wrong_with_providers_and_rights_is_told_at_once()
    {
        var providers = new CallerProviderRules().Validate(null, new CallerProviderList
        {
            CallerProviders =
            [
                new() { Name = "corp/x", Authority = "http://corp.example", Audience = "" },
                new() { Name = "corp", Authority = "https://login.example", Audience = "a", SubjectClaim = "oid", ClockSkew = TimeSpan.FromHours(1) },
                new() { Name = "corp", Authority = "corp", Audience = "a" },
                new() { Name = "account", Authority = "https://other.example", Audience = "a" },
            ],
            People = new PeopleOptions { Authority = "https://login.example/" },
        });
        var rights = new CallerRightRules().Validate(null, new CallerRightList { CallerRights = [new() { Routes = ["v1/chat"], Models = [""] }] });

        foreach (var told in (string[])["CallerProviders:0:Name", "CallerProviders:0:Authority is plain http", "CallerProviders:0:Audience", "CallerProviders:1:ClockSkew", "CallerProviders:1:SubjectClaim", "CallerProviders:2:Authority (corp)", "'corp' is given 2 times", "CallerProviders:3:Name (account) is kept"])
            Assert.Contains(told, providers.FailureMessage, StringComparison.Ordinal);
        foreach (var told in (string[])["CallerRights:0:Group", "CallerRights:0:Routes (v1/chat)", "CallerRights:0:Models"])
            Assert.Contains(told, rights.FailureMessage, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> ListAsync(HttpClient caller) => (await caller.GetReplyAsync("/v1/models")).Json["data"]!.AsArray().Select(model => (string)model!["id"]!);
}
