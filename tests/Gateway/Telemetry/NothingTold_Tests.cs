using System.Diagnostics;
using Gateway.Tests.Records;
using Gateway.Tests.Support;

namespace Gateway.Tests.Telemetry;

/// <summary>Promise 8 for telemetry: in no span, event, link or measurement is there a text of a prompt or an answer, a key or a token.</summary>
public sealed class NothingTold_Tests(SharedGateway shared) : IDisposable
{
    private readonly TraceEar ear = new();

    [Fact]
    public async Task On_no_path_does_a_span_or_a_measurement_hold_what_was_said()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        using var figures = new MeterEar(host);
        var tokens = new List<string>();

        var (trace, _) = await TraceEar.InTraceAsync(async () =>
        {
            await NoTextAnywhere_Tests.WalkEveryPathAsync(shared.Upstream, host, tokens);
            return true;
        });
        await host.StopAsync();
        figures.Look();

        string[] secrets = [NoTextAnywhere_Tests.Asked, NoTextAnywhere_Tests.Answered, NoTextAnywhere_Tests.Email, Calls.Secret, "sk_live_prop", GatewayHost.AliceKey, GatewayHost.NarrowKey, MockUpstream.Key, GatewayHost.SignInToken, .. tokens];
        var spans = ear.Of(trace);
        Assert.True(spans.Count > 60, $"{spans.Count} spans"); // the ear was open
        Assert.Contains(spans, span => span.DisplayName == "release");
        Assert.Contains(spans, span => span.DisplayName.StartsWith("chat ", StringComparison.Ordinal));
        foreach (var said in spans.SelectMany(Said).Concat(figures.All.SelectMany(m => m.Tags.Values.Select(v => v?.ToString() ?? ""))))
            Assert.DoesNotContain(secrets, secret => said.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(figures.All);
    }

    public void Dispose() => ear.Dispose();

    private static IEnumerable<string> Said(Activity span) =>
    [
        span.DisplayName, span.OperationName, span.StatusDescription ?? "", span.TraceStateString ?? "",
        .. span.TagObjects.SelectMany(Said), .. span.Baggage.Select(b => $"{b.Key}={b.Value}"),
        .. span.Events.SelectMany(e => e.Tags.SelectMany(Said).Append(e.Name)), .. span.Links.SelectMany(link => link.Tags?.SelectMany(Said) ?? []),
    ];

    private static IEnumerable<string> Said(KeyValuePair<string, object?> tag) =>
        [tag.Key, .. tag.Value is string[] many ? many : [tag.Value?.ToString() ?? ""]];
}
