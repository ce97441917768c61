using System.Globalization;
using System.Text.Json;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;
using Gateway.Webhooks;

namespace Gateway.Tests.Outlets;

/// <summary>The trail as CloudEvents, and as log records of OTLP.</summary>
public sealed class Http_Tests(SharedGateway shared)
{
    [Fact]
    public async Task A_webhook_gets_signed_batches_of_cloud_events_in_order()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("Webhook", ("Url", $"{receiver.Address}siem"), ("Secret", OutletRoom.Secret), ("Source", "/here")));
        await host.SignSomeAsync(0, 3);
        await host.SignSomeAsync(3, 700);

        await host.CaughtUpAsync();
        var events = receiver.All.SelectMany(post => Events(post.Body)).ToList();

        var order = await host.OrderAsync();
        Assert.Equal(order, events.Select(e => e.GetProperty("id").GetString()!));
        Assert.Equal(order, host.CheckAll(events.Select(e => e.GetProperty("data").GetRawText())));
        Assert.All(events, e => Assert.Equal(("1.0", "/here", "application/json"), (e.GetProperty("specversion").GetString(), e.GetProperty("source").GetString(), e.GetProperty("datacontenttype").GetString())));
        Assert.All(events, e => Assert.Equal(e.GetProperty("id").GetString()!.StartsWith("checkpoint/", StringComparison.Ordinal) ? "approvals.trail.checkpoint" : "approvals.trail.entry", e.GetProperty("type").GetString()));
        Assert.All(events, e => Assert.True(DateTimeOffset.TryParse(e.GetProperty("time").GetString(), CultureInfo.InvariantCulture, out _)));
        Assert.Contains(events, e => e.TryGetProperty("subject", out var subject) && subject.GetString() == "apr_1");
        Assert.All(receiver.All, post =>
        {
            Assert.Equal(("/siem", "application/cloudevents-batch+json; charset=utf-8"), (post.Path, post.Headers["content-type"]));
            Assert.Equal(post.Headers["webhook-signature"], WebhookNotices.Sign(OutletRoom.Secret, post.Headers["webhook-id"], long.Parse(post.Headers["webhook-timestamp"], CultureInfo.InvariantCulture), post.Body));
        });
        Assert.Equal(receiver.All.Count, receiver.All.Select(post => post.Headers["webhook-id"]).Distinct().Count());
    }

    [Fact]
    public async Task A_webhook_that_fails_or_leads_elsewhere_is_sent_the_same_again_under_the_same_id()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (before, _) => Task.FromResult(before switch { 0 => 503, 1 => 400, 2 => 302, _ => 200 });
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("Webhook", ("Url", receiver.Address.ToString()), ("Secret", OutletRoom.Secret)));
        await host.SignSomeAsync(0, 5);

        await host.CaughtUpAsync();

        var order = await host.OrderAsync();
        Assert.Equal(order, receiver.Accepted.SelectMany(post => Events(post.Body)).Select(e => e.GetProperty("id").GetString()!));
        var failed = receiver.All.Except(receiver.Accepted).ToList();
        Assert.Equal([503, 400, 302], failed.Select(post => post.Status));
        Assert.All(failed, post => Assert.Equal(order[0], Events(post.Body)[0].GetProperty("id").GetString()));
        Assert.Equal(receiver.All.Select(post => post.Body).Distinct().Count(), receiver.All.Select(post => post.Headers["webhook-id"]).Distinct().Count());
    }

    [Fact]
    public async Task A_collector_gets_log_records_in_order()
    {
        await using var collector = await HttpReceiver.StartAsync();
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("Otlp", ("Endpoint", collector.Address.ToString()), ("Headers:Authorization", "Api-Token t")));
        await host.SignSomeAsync(0, 3);
        await host.SignSomeAsync(3, 700);

        await host.CaughtUpAsync();
        var records = collector.All.SelectMany(post => Records(post.Body)).ToList();

        var order = await host.OrderAsync();
        Assert.Equal(order, host.CheckAll(records.Select(r => r.GetProperty("body").GetProperty("stringValue").GetString()!)));
        Assert.Equal(order, records.Select(r => Attribute(r, "approvals.trail.id")));
        Assert.All(collector.All, post => Assert.Equal(("/v1/logs", "application/json", "Api-Token t"), (post.Path, post.Headers["content-type"], post.Headers["authorization"])));
        var interaction = records.First(r => Attribute(r, "approvals.ticket") == "apr_1");
        var entry = Assert.Single(await host.TrailAsync(e => e.TicketId == "apr_1"));
        Assert.Equal(entry.At, DateTimeOffset.UnixEpoch.AddTicks(long.Parse(interaction.GetProperty("timeUnixNano").GetString()!, CultureInfo.InvariantCulture) / 100));
        Assert.Equal(("approvals.trail.entry", "interaction", "int_1"), (interaction.GetProperty("eventName").GetString(), Attribute(interaction, "approvals.trail.kind"), Attribute(interaction, "approvals.interaction")));
    }

    [Fact]
    public async Task A_collector_that_keeps_only_some_gets_all_of_them_again()
    {
        await using var collector = await HttpReceiver.StartAsync();
        collector.Says = """{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"full"}}""";
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("Otlp", ("Endpoint", collector.Address.ToString())));
        await host.SignSomeAsync(0, 5);
        await Eventually.TrueAsync(() => Task.FromResult(collector.All.Count > 1), "attempts");
        Assert.Equal(0, (await host.CursorAsync()).Checkpoint);

        collector.Says = """{"partialSuccess":{}}""";
        await host.CaughtUpAsync();

        var (order, sent) = (await host.OrderAsync(), collector.All.SelectMany(post => Records(post.Body)).Select(r => Attribute(r, "approvals.trail.id")).ToList());
        Assert.Equal(order, sent.Distinct());
        Assert.Equal(order[^1], sent[^1]);
    }

    private static List<JsonElement> Events(string body) => [.. JsonDocument.Parse(body).RootElement.EnumerateArray()];

    private static List<JsonElement> Records(string body) =>
        [.. JsonDocument.Parse(body).RootElement.GetProperty("resourceLogs").EnumerateArray().Single().GetProperty("scopeLogs").EnumerateArray().Single().GetProperty("logRecords").EnumerateArray()];

    private static string? Attribute(JsonElement record, string key) =>
        record.GetProperty("attributes").EnumerateArray().Where(a => a.GetProperty("key").GetString() == key).Select(a => a.GetProperty("value").GetProperty("stringValue").GetString()).SingleOrDefault();
}
