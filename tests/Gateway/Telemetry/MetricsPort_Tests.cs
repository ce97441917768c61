using System.Net;
using System.Net.Sockets;
using Gateway.Embedded;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Shared;
using Tests.Servers;

namespace Gateway.Tests.Telemetry;

/// <summary>Prometheus has a port of its own; callers never see what is measured.</summary>
public sealed class MetricsPort_Tests(SharedGateway shared)
{
    [Fact]
    public async Task The_metrics_are_served_on_their_own_port_and_not_to_callers()
    {
        var folder = Directory.CreateTempSubdirectory("gateway-test-").FullName;
        var (main, metrics) = (FreePort(), FreePort());
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Gateway", EnvironmentName = "Production", ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Telemetry:MetricsPort"] = $"{metrics}", ["Embedded:DataFolder"] = folder,
            ["Callers:0:Subject"] = "alice", ["Callers:0:Key"] = GatewayHost.AliceKey,
            ["Upstreams:0:Name"] = "mock-openai", ["Upstreams:0:BaseUrl"] = $"{shared.Upstream.Address}v1", ["Upstreams:0:Models:0"] = "m-*",
        });
        builder.WebHost.UseUrls($"http://127.0.0.1:{main}", $"http://127.0.0.1:{metrics}");
        builder.Logging.ClearProviders();
        builder.AddTelemetry("gateway");
        builder.AddEmbedded(demo: false);
        var app = builder.Build();
        app.UseMetricsPort();
        await app.UseEmbeddedAsync();
        await app.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            using var client = new HttpClient { DefaultRequestHeaders = { { "Authorization", $"Bearer {GatewayHost.AliceKey}" } } };
            var model = shared.Upstream.Model(Answers.Chat("Good morning"));
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync($"http://127.0.0.1:{main}{Calls.Chat}", Calls.Body(Calls.Chat, model))).Status);

            var scraped = await client.GetReplyAsync($"http://127.0.0.1:{metrics}/metrics");
            var asked = await client.GetReplyAsync($"http://127.0.0.1:{main}/metrics", ("Host", $"127.0.0.1:{metrics}"));

            Assert.Equal(HttpStatusCode.OK, scraped.Status);
            Assert.Contains("gateway_prompts_total{", scraped.Text, StringComparison.Ordinal);
            Assert.Contains("gateway_decision=\"forward\"", scraped.Text, StringComparison.Ordinal);
            Assert.Contains("gen_ai_client_operation_duration_seconds_bucket{", scraped.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("gateway_prompts", asked.Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, asked.Status);
        }
        finally
        {
            await app.StopAsync(TestContext.Current.CancellationToken);
            await app.DisposeAsync();
            SqliteFiles.Delete(folder);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
