using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Outlets;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;

namespace Gateway.Tests.Outlets;

/// <summary>The trail as messages of RFC 5424.</summary>
public sealed class Syslog_Tests(SharedGateway shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_entry_and_checkpoint_arrives_in_order_as_a_message_that_reads_back()
    {
        await using var server = new SyslogServer();
        await using var host = await GatewayHost.StartAsync(shared.Upstream, Settings(server.Port, ("Facility", "10")));
        await host.SignSomeAsync(0, 3);
        await host.SignSomeAsync(3, 700);

        await host.CaughtUpAsync();
        var messages = server.Messages;

        Assert.Equal(await host.OrderAsync(), host.CheckAll(messages.Select(message => message.Text)));
        Assert.All(messages, message => Assert.Equal((86, "approvals"), (message.Priority, message.App)));
        var entries = await host.TrailAsync(e => e.Actor == "alice");
        var alice = messages.Where(message => message.Id == "interaction").ToList();
        Assert.Equal(entries.Select(e => (e.At, e.TicketId, e.InteractionId, Convert.ToHexStringLower(e.Hash!))), alice.Select(m => (m.At, (string?)m.Data["ticket"], (string?)m.Data["interaction"], m.Data["hash"])));
        Assert.Equal(await host.OrderAsync(OutletContent.Checkpoints), messages.Where(message => message.Id == "checkpoint").Select(message => $"checkpoint/{message.Data["checkpoint"]}"));
    }

    [Fact]
    public async Task Over_tls_only_to_a_server_whose_certificate_is_trusted()
    {
        using var trusted = Certificate();
        using var other = Certificate();
        var authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, trusted.ExportCertificatePem(), Ct);
        var port = await SyslogServer.FreePortAsync();
        var settings = Settings(port, ("Transport", "Tls"), ("Host", "localhost"), ("AuthorityFile", authority));
        await using var host = await GatewayHost.StartAsync(shared.Upstream, settings);
        await using (var impostor = new SyslogServer(port, other))
        {
            await host.SignSomeAsync(0, 9);
            await Eventually.TrueAsync(() => Task.FromResult(host.Logs.All.Any(line => line.Contains("AuthenticationException", StringComparison.Ordinal))), "a refusal");
            Assert.Empty(impostor.Raw);
        }
        await using var server = new SyslogServer(port, trusted);

        await host.CaughtUpAsync();

        Assert.Equal(await host.OrderAsync(), host.CheckAll(server.Messages.Select(message => message.Text)));
        File.Delete(authority);
    }

    [Fact]
    public async Task Over_udp_a_datagram_for_each_and_what_does_not_fit_one_as_its_hash_alone()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        server.Client.ReceiveBufferSize = 4 * 1024 * 1024;
        await using var host = await GatewayHost.StartAsync(shared.Upstream, Settings(((IPEndPoint)server.Client.LocalEndPoint!).Port, ("Transport", "Udp")));
        await host.CoverAsync();
        await host.AppendAsync(TrailWriter.Entry(0), TrailWriter.Entry(1) with { Findings = new string('x', 100_000) }, TrailWriter.Entry(2));
        await host.CoverAsync();

        await host.CaughtUpAsync();
        var messages = new List<SyslogMessage>();
        while (server.Available > 0) messages.Add(SyslogServer.Parse((await server.ReceiveAsync(Ct)).Buffer));

        var order = (await host.OrderAsync())[^4..]; // before them, what the gateway recorded when it started
        messages = messages[^4..];
        Assert.Equal([order[0], order[2], order[3]], host.CheckAll(((SyslogMessage[])[messages[0], .. messages[2..]]).Select(message => message.Text)));
        Assert.Contains($"\"too-large\",\"id\":\"{order[1]}\",\"hash\":\"{messages[1].Data["hash"]}\"", messages[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_resets_or_never_ends_gets_everything_when_it_is_back()
    {
        var port = await SyslogServer.FreePortAsync();
        await using var host = await GatewayHost.StartAsync(shared.Upstream, Settings(port, ("Patience", "00:00:01")));
        int Failed() => host.Logs.All.Count(line => line.Contains("Outlet siem did not get through", StringComparison.Ordinal));
        await host.SignSomeAsync(0, 3);
        await Eventually.TrueAsync(() => Task.FromResult(Failed() > 0), "nobody there");
        await using var server = new SyslogServer(port) { Manner = Manner.ResetsAtOnce };
        await host.SignSomeAsync(3, 3);
        await Eventually.TrueAsync(() => Task.FromResult(server.Connections > 0), "a connection");
        var failed = Failed();
        server.Manner = Manner.NeverEnds;
        await host.SignSomeAsync(6, 3);
        await Eventually.TrueAsync(() => Task.FromResult(Failed() > failed + 1), "a server that does not say that it has read");
        Assert.Equal(0, (await host.CursorAsync()).Checkpoint);

        server.Manner = Manner.ReadsToTheEnd;
        await host.CaughtUpAsync();

        Assert.Equal(await host.OrderAsync(), host.CheckAll(server.Messages.Select(message => message.Text)).Distinct());
    }

    private static Dictionary<string, string?> Settings(int port, params (string, string)[] more) => OutletRoom.Outlet("Syslog", [("Host", "127.0.0.1"), ("Port", $"{port}"), .. more]);

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}
