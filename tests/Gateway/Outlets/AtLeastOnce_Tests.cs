using System.Text.Json;
using Gateway.Audit;
using Gateway.Outlets;
using Gateway.Storage;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;
using Gateway.Tests.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Tests.Servers;

namespace Gateway.Tests.Outlets;

/// <summary>Whatever happens in between, everything arrives.</summary>
public sealed class AtLeastOnce_Tests(SharedGateway shared, Databases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => Databases.All;

    [Fact]
    public async Task A_gateway_that_ends_before_it_knows_that_a_batch_was_taken_sends_it_again()
    {
        var data = Directory.CreateTempSubdirectory("gateway-test-").FullName;
        await using var receiver = await HttpReceiver.StartAsync();
        var taken = new TaskCompletionSource();
        receiver.Answer = async (_, http) =>
        {
            taken.TrySetResult(); // it has read all of it, and the answer does not come
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 200;
        };
        await using (var first = await GatewayHost.StartAsync(shared.Upstream, Settings(receiver), data: data))
        {
            await first.SignSomeAsync(0, 5);
            await taken.Task.WaitAsync(Eventually.Patience, Ct);
        }
        receiver.Answer = (_, _) => Task.FromResult(200);

        await using (var second = await GatewayHost.StartAsync(shared.Upstream, Settings(receiver), data: data))
        {
            await second.CaughtUpAsync();

            var order = await second.OrderAsync();
            var before = Ids(receiver.All[0]);
            Assert.Equal(order[..before.Count], before);
            Assert.Equal(order, receiver.All.Skip(1).SelectMany(Ids));
        }
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_receiver_that_fails_now_and_then_and_whose_answers_get_lost_has_everything_in_order_in_the_end()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (before, http) =>
        {
            if (before % 3 == 1) http.Abort(); // it has the batch, and the gateway does not learn of it
            return Task.FromResult(before % 3 == 0 ? 500 : 200);
        };
        await using var host = await GatewayHost.StartAsync(shared.Upstream, Settings(receiver));
        for (var part = 0; part < 3; part++) await host.SignSomeAsync(part * 700, 700);

        await host.CaughtUpAsync();

        var taken = receiver.Accepted.SelectMany(Ids).ToList();
        Assert.Equal(await host.OrderAsync(), taken.Distinct());
        Assert.True(taken.Count > taken.Distinct().Count(), "Nothing came twice, so no answer was lost.");
    }

    [Theory, MemberData(nameof(All))]
    public async Task Two_gateways_on_one_database_send_each_checkpoint_once(string provider)
    {
        var settings = (await databases.NewAsync(provider)).Settings("Storage").Concat((await databases.NewAsync(provider)).Settings("Approvals:Storage")).ToDictionary();
        await using var receiver = await HttpReceiver.StartAsync();
        foreach (var (name, value) in Settings(receiver)) settings[name] = value;
        await using var one = await GatewayHost.StartAsync(shared.Upstream, settings);
        // The same key for both, as for all gateways of one installation.
        settings["Proof:SigningKeyFile"] = Path.Combine(one.DataFolder, "trail-signing-key.pem");
        await using var other = await GatewayHost.StartAsync(shared.Upstream, settings);

        for (var part = 0; part < 12; part++) await (part % 2 == 0 ? one : other).SignSomeAsync(part * 10, 10);
        await one.CaughtUpAsync();

        Assert.Equal(await one.OrderAsync(), receiver.All.SelectMany(Ids));
        Assert.Single(await one.ReadAsync(store => store.Set<OutletCursor>().ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_gateway_that_crashed_holds_an_outlet_until_its_time_has_passed_and_cannot_move_it_afterwards()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var stores = host.Services.GetRequiredService<IDbContextFactory<GatewayStore>>();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero));
        var (crashed, alive) = (new OutletCursors(stores, clock), new OutletCursors(stores, clock));
        await crashed.OfAsync("siem", OutletStart.Beginning, Ct);
        var held = await crashed.TakeAsync("siem", TimeSpan.FromSeconds(30), Ct);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(await alive.TakeAsync("siem", TimeSpan.FromSeconds(30), Ct));
        clock.Advance(TimeSpan.FromSeconds(2));
        var taken = await alive.TakeAsync("siem", TimeSpan.FromSeconds(30), Ct);

        Assert.NotNull(taken);
        Assert.False(await crashed.MoveAsync(held!, new OutletPlace(1, 0, null), Ct));
        Assert.True(await alive.MoveAsync(taken, new OutletPlace(1, 0, null), Ct));
        Assert.False(await alive.MoveAsync(taken, new OutletPlace(2, 0, null), Ct)); // from where it no longer is
        await alive.ReleaseAsync("siem", Ct);
        Assert.NotNull(await crashed.TakeAsync("siem", TimeSpan.FromSeconds(30), Ct));
    }

    [Fact]
    public async Task An_outlet_that_does_not_get_through_is_seen_and_holds_up_nobody()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        var settings = Settings(receiver);
        foreach (var (name, value) in OutletRoom.Outlet("Syslog", ("Host", "127.0.0.1"), ("Port", $"{await SyslogServer.FreePortAsync()}"), ("LateAfter", "00:00:00.001"))) settings[name.Replace(":0:", ":1:", StringComparison.Ordinal)] = value;
        settings["Outlets:1:Name"] = "away";
        await using var host = await GatewayHost.StartAsync(shared.Upstream, settings);
        using var ear = new MeterEar(host);
        await host.SignSomeAsync(0, 5);
        await host.SignSomeAsync(5, 5);

        await host.CaughtUpAsync();

        Assert.Equal(await host.OrderAsync(), receiver.All.SelectMany(Ids));
        await Eventually.TrueAsync(() => Task.FromResult(ear.Sum("gateway.outlet.failures", "gateway.outlet", "away") > 1 && ear.Of("gateway.outlet.lag", "gateway.outlet", "away").LastOrDefault() is { Value: >= 2 }), "it is behind");
        await Eventually.TrueAsync(() => Task.FromResult(ear.Of("gateway.outlet.lag", "gateway.outlet", "siem").LastOrDefault() is { Value: 0 }), "the other is not");
        Assert.Empty(ear.Of("gateway.outlet.failures", "gateway.outlet", "siem"));
        using var health = await host.Caller(key: null).GetAsync("/health/ready", Ct);
        var checks = JsonDocument.Parse(await health.Content.ReadAsStringAsync(Ct)).RootElement;
        Assert.Equal((System.Net.HttpStatusCode.OK, "Degraded", "Degraded"), (health.StatusCode, checks.GetProperty("status").GetString(), checks.GetProperty("checks").GetProperty("outlets").GetString()));
        Assert.Equal(200, (int)(await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, shared.Upstream.Model(Answers.Chat("Good morning"))))).Status);
    }

    [Fact]
    public async Task What_is_not_as_it_was_signed_goes_out_under_the_hash_that_was_signed_and_nothing_after_it_is_kept_back()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        await host.SignSomeAsync(0, 10);
        var (changed, gone) = ((await host.TrailAsync(e => e.Actor == "person-3")).Single(), (await host.TrailAsync(e => e.Actor == "person-6")).Single());
        var hashes = await host.ReadAsync(store => store.Set<TrailEntry>().ToDictionaryAsync(e => $"{e.Chain:N}/{e.Position}", e => Convert.ToHexStringLower(e.Hash!)));
        await using (var store = await host.StoreAsync())
        {
            await store.Database.ExecuteSqlAsync($"UPDATE Trail SET Reason = 'another' WHERE Sequence = {changed.Sequence}", Ct);
            await store.Database.ExecuteSqlAsync($"DELETE FROM Trail WHERE Sequence = {gone.Sequence}", Ct);
        }

        var batch = await new OutletFeed(host.Services.GetRequiredService<IDbContextFactory<GatewayStore>>()).NextAsync(new OutletPlace(0, 0, null), OutletContent.Both, Ct);

        Assert.Equal(await host.OrderAsync(), batch!.Items.Select(item => item.Id));
        Assert.All(batch.Items.OfType<OutletItem.Entry>(), item => Assert.Equal(hashes[item.Id], item.Hash));
        Assert.Equal(2, batch.Wrong.Count);
        using var key = host.Key();
        foreach (var item in batch.Items)
        {
            var line = System.Text.Encoding.UTF8.GetString(item.Json.Span);
            if (item.Id == $"{gone.Chain:N}/{gone.Position}") Assert.StartsWith("""{"type":"missing",""", line, StringComparison.Ordinal);
            else if (item.Id == $"{changed.Chain:N}/{changed.Position}") Assert.Contains("another", line, StringComparison.Ordinal);
            else Assert.Equal(item.Id, OutletRoom.Check(line, key));
        }
    }

    [Fact]
    public async Task Where_no_outlet_is_set_nothing_of_it_is_there()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), service => service is OutletSender);
        Assert.Null(host.Services.GetService<IReadOnlyList<IOutlet>>());
    }

    [Fact]
    public async Task Of_the_text_of_prompts_and_answers_nothing_goes_out()
    {
        const string asked = "zebra-quartz-asked", answered = "velvet-anchor-answered";
        await using var receiver = await HttpReceiver.StartAsync();
        await using var server = new SyslogServer();
        var settings = Settings(receiver);
        foreach (var (name, value) in OutletRoom.Outlet("Syslog", ("Host", "127.0.0.1"), ("Port", $"{server.Port}"))) settings[name.Replace(":0:", ":1:", StringComparison.Ordinal)] = value;
        settings["Outlets:1:Name"] = "syslog";
        await using var host = await GatewayHost.StartAsync(shared.Upstream, settings);
        await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, shared.Upstream.Model(Answers.Chat(answered)), asked));
        var ticket = await host.ParkAsync(host.Caller(), shared.Upstream.Model(Answers.Chat(answered)), asked);
        await host.CoverAsync();

        await host.CaughtUpAsync();
        await host.CaughtUpAsync("syslog");

        var sent = string.Concat(receiver.All.Select(post => post.Body)) + string.Concat(server.Raw.Select(System.Text.Encoding.UTF8.GetString));
        Assert.Contains(ticket.Id, sent, StringComparison.Ordinal);
        foreach (var text in (string[])[asked, answered, Calls.Secret, Tickets.Risky(asked)]) Assert.DoesNotContain(text, sent, StringComparison.OrdinalIgnoreCase);
    }

    private static Dictionary<string, string?> Settings(HttpReceiver receiver) => OutletRoom.Outlet("Webhook", ("Url", receiver.Address.ToString()), ("Secret", OutletRoom.Secret));

    private static List<string> Ids(Post post) => [.. JsonDocument.Parse(post.Body).RootElement.EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];
}
