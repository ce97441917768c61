using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Distributed.Support;
using Npgsql;
using Tests.Servers;

namespace Distributed;

/// <summary>What whoever runs it meets: outages, restarts, wrong settings, tables of another version.</summary>
[Collection(SharedCluster.Name)]
public sealed class Operations_Tests(SharedCluster shared)
{
    private readonly Cluster cluster = shared.Cluster;

    [Fact]
    public async Task A_broker_that_is_away_blocks_nobody_and_what_was_parked_goes_when_it_is_back()
    {
        using var caller = Cluster.Caller(cluster.Gateways[0]);
        await cluster.Broker.KillAsync();

        using var harmless = await caller.PostAsJsonAsync("/v1/chat/completions", new { model = "counting", messages = new[] { new { role = "user", content = "What is the capital of France (prompt 3000)?" } } });
        using var parking = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(CountingModel.Body(3001)), Headers = { { "Prefer", "respond-async" } } };
        using var parked = await caller.SendAsync(parking);
        var ready = await Eventually.Async(async () => await ReadyAsync() is { } said && said.Contains("\"broker\":\"Degraded\"", StringComparison.Ordinal) ? said : null, "the outage is told");
        await cluster.Broker.StartAgainAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Accepted), (harmless.StatusCode, parked.StatusCode));
        Assert.StartsWith("{\"status\":\"Degraded\"", ready, StringComparison.Ordinal);
        using var reviewer = Cluster.Person(cluster.Approvals[0], await cluster.Provider.SignInAsync("riley"));
        await reviewer.VoteAsync(await reviewer.ReviewOfAsync(3001), approve: false);
        await Eventually.TrueAsync(async () => (await ReadyAsync())?.StartsWith("{\"status\":\"Healthy\"", StringComparison.Ordinal) == true, "all is well again");
        await Eventually.TrueAsync(async () =>
        {
            using var told = await caller.GetAsync(new Uri(parked.Headers.Location!.ToString(), UriKind.Relative));
            return told.Headers.GetValues("x-approval-status").Single() == "rejected";
        }, "the caller hears of the decision");

        async Task<string?> ReadyAsync()
        {
            using var client = new HttpClient();
            using var answer = await client.GetAsync(new Uri(cluster.Gateways[0].Url, "/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : null;
        }
    }

    [Fact]
    public async Task A_message_that_nobody_can_handle_lies_in_the_error_queue_and_is_an_alert_at_every_instance()
    {
        var poison = new PromptParked
        {
            TicketId = "apr_poison", Caller = new CallerRef("agent", "An agent", []), Route = "/v1/chat/completions", Model = "counting", Digest = "d", PolicyVersion = "1", Rule = "r",
            Score = 70, Findings = [], Excerpt = "nobody could ever decide about this", Stages = [], UndoWindow = TimeSpan.Zero, ParkedAt = DateTimeOffset.UnixEpoch,
        };
        await using (var connection = new NpgsqlConnection(cluster.Database))
        {
            await connection.OpenAsync();
            await using var outbox = new NpgsqlCommand("""insert into gateway."Outbox" ("Type", "Body", "CreatedAt", "DueAt", "Attempts") values (@type, @body, now(), now(), 0)""", connection);
            outbox.Parameters.AddWithValue("type", typeof(PromptParked).FullName!);
            outbox.Parameters.AddWithValue("body", JsonSerializer.Serialize(poison, JsonWire.Options));
            await outbox.ExecuteNonQueryAsync();
        }
        var token = await cluster.Provider.SignInAsync("ada");

        foreach (var instance in cluster.Approvals)
        {
            using var overseer = Cluster.Person(instance, token);
            var alert = await Eventually.Async(async () => (await overseer.GetFromJsonAsync<AlertView[]>("/api/alerts", JsonWire.Options))!.FirstOrDefault(alert => alert.TicketId == poison.TicketId), "the alert");
            Assert.Equal((nameof(PromptParked), "System.ArgumentException"), (alert.Message, alert.Fault));
        }
        Assert.Equal((true, 1u), (await cluster.Broker.IsQuorumAsync("review-desk", deliveryLimit: 1_000_000), await cluster.Broker.MessagesInAsync("review-desk_error")));
    }

    [Fact]
    public async Task A_gateway_that_is_told_to_stop_finishes_what_it_executes()
    {
        cluster.Model.Thinks = TimeSpan.FromSeconds(3);
        try
        {
            using var caller = Cluster.Caller(cluster.Gateways[1]);
            using var reviewer = Cluster.Person(cluster.Approvals[0], await cluster.Provider.SignInAsync("riley"));
            var waiting = caller.PostAsJsonAsync("/v1/chat/completions", CountingModel.Body(3002));
            await reviewer.VoteAsync(await reviewer.ReviewOfAsync(3002), approve: true);
            await Eventually.TrueAsync(() => Task.FromResult(cluster.Model.CallsOf(3002) == 1), "the model is called");

            await cluster.Gateways[1].StopAsync();

            using var answer = await waiting;
            Assert.Contains(CountingModel.AnswerTo(3002), await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(1, cluster.Model.CallsOf(3002));
        }
        finally
        {
            cluster.Model.Thinks = TimeSpan.FromMilliseconds(150);
            await cluster.Gateways[1].StopAsync();
            await cluster.Gateways[1].StartAsync();
        }
    }

    /// <summary>Settings files are looked at now and then: a watch on their folder is one on every folder in it, and the kernel has few to give.</summary>
    [Fact]
    public void No_service_has_the_kernel_watch_a_folder()
    {
        foreach (var service in cluster.Gateways.Concat(cluster.Approvals))
            Assert.DoesNotContain(Directory.EnumerateFiles($"/proc/{service.Id}/fdinfo"), IsWatch);

        static bool IsWatch(string descriptor)
        {
            try
            {
                return File.ReadAllText(descriptor).Contains("inotify wd:", StringComparison.Ordinal);
            }
            catch (FileNotFoundException)
            {
                return false; // closed since it was listed
            }
        }
    }

    [Theory]
    [InlineData("Gateway", "Storage")]
    [InlineData("Approvals", "Approvals:Storage")]
    [InlineData("ApprovalsUI", "Console:Storage")]
    public async Task A_service_that_may_not_migrate_refuses_old_tables_until_the_command_has_run(string project, string section)
    {
        var settings = Alone();
        settings[$"{section}:Connection"] = await cluster.Postgres.NewDatabaseAsync();
        settings[$"{section}:Migrate"] = "ByCommand";
        await using var service = new ServiceProcess(project, settings);

        var (refused, why) = await service.RunAsync("--urls", service.Url.ToString());
        var (migrated, done) = await service.RunAsync("migrate");
        await service.StartAsync();

        Assert.Equal((1, 0), (refused, migrated));
        Assert.Contains($"{section}: the tables are ", why, StringComparison.Ordinal);
        Assert.Contains("argument 'migrate'", why, StringComparison.Ordinal);
        Assert.Contains("The tables are those of this version.", done, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gateway", "Storage:Connection", "Bus:Url", "Proof:SigningKey", "People:Authority", "People:Permissions:review", "Upstreams:0:Kind", "Policy")]
    [InlineData("Approvals", "Approvals:Storage:Connection", "Bus:Url", "People:Authority", "People:Permissions:review", "Workflow:ClaimFor")]
    [InlineData("ApprovalsUI", "Console:Storage:Connection", "People:Authority", "People:ClientId", "Console:ApprovalsUrl", "Console:GatewayUrl")]
    public async Task Everything_that_is_wrong_with_the_settings_is_told_at_once(string project, params string[] keys)
    {
        await using var service = new ServiceProcess(project, new Dictionary<string, string>
        {
            ["Mode"] = "Distributed", ["Upstreams:0:Kind"] = "fax", ["Policy:ParkAt"] = "-3", ["Workflow:ClaimFor"] = "00:00:01",
        });

        var (code, output) = await service.RunAsync("--urls", service.Url.ToString());

        Assert.Equal(1, code);
        Assert.All(keys, key => Assert.Contains(key, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broker_in_the_settings_of_an_embedded_product_is_a_mistake_that_is_told()
    {
        await using var service = new ServiceProcess("Gateway", new Dictionary<string, string> { ["Bus:Url"] = "amqp://127.0.0.1/" });

        var (code, output) = await service.RunAsync("--urls", service.Url.ToString());

        Assert.Equal(1, code);
        Assert.Contains("Set Mode=Distributed, or remove Bus:Url.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_served_to_prometheus_on_their_own_port_and_on_no_other()
    {
        var port = LocalServer.FreePort();
        var settings = Alone();
        settings["Telemetry:MetricsPort"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        settings["Storage:Connection"] = await cluster.Postgres.NewDatabaseAsync();
        var url = ServiceProcess.NewUrl();
        settings["ASPNETCORE_URLS"] = $"{url};http://127.0.0.1:{port}";
        await using var gateway = new ServiceProcess("Gateway", settings, url, ownUrls: true);
        await gateway.StartAsync();
        using var client = new HttpClient();

        var metrics = await Eventually.Async(async () =>
            await client.GetStringAsync($"http://127.0.0.1:{port}/metrics") is var text && text.Contains("approvals_outbox_pending", StringComparison.Ordinal) ? text : null, "the outbox is measured");
        using var elsewhere = await client.GetAsync(new Uri(url, "/metrics"));

        Assert.Contains("http_server_request_duration_seconds", metrics, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task The_command_health_tells_a_container_engine_what_the_endpoint_says()
    {
        var probe = new ServiceProcess("Gateway", new Dictionary<string, string>());

        var (ready, said) = await probe.RunAsync("health", cluster.Gateways[0].Url.ToString());
        var (silent, _) = await probe.RunAsync("health", ServiceProcess.NewUrl().ToString());

        Assert.Equal((0, 1), (ready, silent));
        Assert.Contains("gateway-database", said, StringComparison.Ordinal);
    }

    /// <summary>Settings of a service that shares the cluster's broker and provider, and no tables.</summary>
    private Dictionary<string, string> Alone() => cluster.Settings(
        ("Console:ApprovalsUrl", cluster.Approvals[0].Url.ToString()), ("Console:GatewayUrl", cluster.Gateways[0].Url.ToString()));
}
