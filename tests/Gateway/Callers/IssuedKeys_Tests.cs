using System.Net;
using System.Text;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Identity;
using Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Callers;

/// <summary>Keys issued in the console, in the place of the SDK's key.</summary>
public sealed class IssuedKeys_Tests(SharedGateway shared)
{
    private readonly GatewayHost host = shared.Host;

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("x-api-key", "")]
    public async Task A_key_works_where_either_sdk_puts_it(string header, string before)
    {
        var ada = await host.PersonAsync();
        var issued = await ada.IssueAsync(Keys.Asked("either-sdk"));
        var model = shared.Upstream.Model(Answers.Chat("hello"));

        var reply = await host.Caller(key: null).PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model), (header, before + issued.Key));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.DoesNotContain(shared.Upstream.Only(model).Headers.Values, value => value.Contains(issued.Key, StringComparison.Ordinal));
        var entry = await host.EntryAsync(e => e.Model == model);
        Assert.Equal(("account/either-sdk", "Nightly reports"), (entry.Actor, entry.ActorName));
        Assert.NotNull((await ada.ListAsync()).Single(key => key.Id == issued.View.Id).LastUsedAt);
    }

    [Fact]
    public async Task A_key_may_use_its_models_and_routes_only()
    {
        var (mine, others) = (shared.Upstream.Model(Answers.Chat("hello")), shared.Upstream.Model(Answers.Chat("never")));
        var ada = await host.PersonAsync();
        var narrow = (await ada.IssueAsync(Keys.Asked() with { Models = [mine, "down"] })).Key;
        var elsewhere = (await ada.IssueAsync(Keys.Asked() with { Routes = [Calls.Chat] })).Key;

        Assert.Equal(HttpStatusCode.OK, (await host.ChatAsync(narrow, mine)).Status);
        Assert.Equal("policy_blocked", (await host.ChatAsync(narrow, others)).AssertError(Calls.Chat, HttpStatusCode.Forbidden));
        Assert.Equal(["down"], (await host.Caller(narrow).GetReplyAsync("/v1/models")).Json["data"]!.AsArray().Select(model => (string)model!["id"]!));
        var unread = await host.Caller(elsewhere).PostAsync("/v1/audio/transcriptions", "sound"u8.ToArray(), "audio/wav");
        Assert.Contains("caller.route", unread.Text, StringComparison.Ordinal);
        Assert.Equal("policy_blocked", unread.AssertError("/v1/audio/transcriptions", HttpStatusCode.Forbidden));
        Assert.Empty(shared.Upstream.For(others));
    }

    [Fact]
    public async Task A_key_ends_when_it_expires()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var own = await GatewayHost.StartAsync(shared.Upstream, clock: clock);
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var key = (await (await own.PersonAsync()).IssueAsync(Keys.Asked() with { ExpiresAt = clock.GetUtcNow().AddSeconds(1) })).Key;
        Assert.Equal(HttpStatusCode.OK, (await own.ChatAsync(key, model)).Status);

        clock.Advance(TimeSpan.FromSeconds(1));

        AssertRefused(await own.ChatAsync(key, model), "The key has expired.");
    }

    [Fact]
    public async Task A_revoked_key_stops_on_every_instance_that_shares_the_store()
    {
        await using var first = await GatewayHost.StartAsync(shared.Upstream);
        await using var second = await GatewayHost.StartAsync(shared.Upstream, data: first.DataFolder);
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var ada = await first.PersonAsync();
        var issued = await ada.IssueAsync();
        foreach (var instance in new[] { first, second }) Assert.Equal(HttpStatusCode.OK, (await instance.ChatAsync(issued.Key, model)).Status);

        Assert.Equal(HttpStatusCode.OK, (await ada.RevokeAsync(issued.View.Id)).Status);

        foreach (var instance in new[] { first, second })
        {
            await Eventually.TrueAsync(async () => (await instance.ChatAsync(issued.Key, model)).Status == HttpStatusCode.Unauthorized, "the key is refused");
            AssertRefused(await instance.ChatAsync(issued.Key, model), "The key has been revoked.");
        }
    }

    [Fact]
    public async Task What_a_revoked_key_has_parked_is_not_executed_whoever_releases_it()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var ada = await host.PersonAsync();
        var (leaked, good) = (await ada.IssueAsync(Keys.Asked("two-keys")), await ada.IssueAsync(Keys.Asked("two-keys")));
        var parked = await host.ParkAsync(host.Caller(leaked.Key), model, "of the leaked key");
        var other = await host.ParkAsync(host.Caller(good.Key), model, "of the good key");

        await ada.RevokeAsync(leaked.View.Id);
        await host.DecideAsync(parked);

        var ticket = await host.TicketWhenAsync(parked.Id, t => t.Status == ApprovalStatus.Failed);
        Assert.Equal(403, ticket.ResultStatus);
        Assert.Empty(shared.Upstream.For(model));
        await host.DecideAsync(other);
        await host.TicketWhenAsync(other.Id, t => t.Status == ApprovalStatus.Completed);
    }

    [Fact]
    public async Task The_person_answerable_for_a_key_goes_with_what_it_parks()
    {
        var ada = await host.PersonAsync();
        var key = await ada.IssueAsync(Keys.Asked("owned") with { Owner = "riley", Groups = ["engineering"] });

        var ticket = await host.ParkAsync(host.Caller(key.Key), shared.Upstream.Model(Answers.Chat("never")));

        Assert.Equal(("riley", "account/owned"), (ticket.Caller.Owner, ticket.Caller.Subject));
        Assert.Equal(["engineering"], ticket.Caller.Groups);
        Assert.Equal("ada", (await ada.IssueAsync()).View.Owner);
    }

    [Fact]
    public async Task Neither_the_store_nor_any_log_line_holds_a_key()
    {
        await using var own = await GatewayHost.StartAsync(shared.Upstream, logLevel: LogLevel.Trace);
        var ada = await own.PersonAsync();
        var issued = await ada.IssueAsync();
        var wrong = issued.Key[..^1] + (issued.Key[^1] == 'a' ? 'b' : 'a');
        await own.ChatAsync(issued.Key, shared.Upstream.Model(Answers.Chat("hello")));
        await own.ChatAsync(wrong, "m");
        await ada.RevokeAsync(issued.View.Id);
        await own.ChatAsync(issued.Key, "m");

        Assert.Equal(["key.issued", "key.revoked"], (await own.TrailAsync(e => e.Kind.StartsWith("key."))).Select(e => e.Kind));
        Assert.DoesNotContain(own.Logs.All, line => line.Contains(issued.Key, StringComparison.Ordinal) || line.Contains(wrong, StringComparison.Ordinal));
        Assert.DoesNotContain(issued.Key, (await ada.GetReplyAsync("/api/keys")).Text, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(own.DataFolder, "*.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new MemoryStream();
            await stream.CopyToAsync(text, TestContext.Current.CancellationToken);
            Assert.Equal(-1, text.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(issued.Key)));
        }
    }

    [Fact]
    public async Task A_key_nobody_issued_is_not_known_and_asked_for_again_costs_no_look_up()
    {
        var looks = new BrokenKeys();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var own = await GatewayHost.StartAsync(shared.Upstream, clock: clock, services: looks.AddTo);
        var unknown = Gateway.Keys.KeyText.New();

        foreach (var _ in Enumerable.Range(0, 20)) AssertRefused(await own.ChatAsync(unknown, "m"), "The key is missing or not known.");

        Assert.Equal(1, looks.Count);
        clock.Advance(TimeSpan.FromSeconds(2));
        await own.ChatAsync(unknown, "m");
        Assert.Equal(2, looks.Count);
    }

    [Fact]
    public async Task While_the_store_is_away_an_issued_key_is_503_and_a_configured_one_is_not_looked_up()
    {
        var away = new BrokenKeys();
        await using var own = await GatewayHost.StartAsync(shared.Upstream, services: away.AddTo);
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var issued = await (await own.PersonAsync()).IssueAsync();
        away.Fails = true;

        foreach (var route in Calls.Routes)
        {
            var reply = await own.Caller(issued.Key).PostAsync(route, Calls.Body(route, model));
            Assert.Equal("store_unavailable", reply.AssertError(route, HttpStatusCode.ServiceUnavailable));
            Assert.Equal("5", reply.Header("Retry-After"));
        }
        Assert.Empty(shared.Upstream.For(model));
        Assert.Equal(HttpStatusCode.OK, (await own.ChatAsync(GatewayHost.AliceKey, model)).Status);
        away.Fails = false;
        Assert.Equal(HttpStatusCode.OK, (await own.ChatAsync(issued.Key, model)).Status);
        Assert.Empty(own.Logs.Unhandled);
    }

    private static void AssertRefused(Reply reply, string reason)
    {
        Assert.Equal("invalid_api_key", reply.AssertError(Calls.Chat, HttpStatusCode.Unauthorized));
        Assert.Contains(reason, reply.Text, StringComparison.Ordinal);
    }
}
