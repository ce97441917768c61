using System.Net;
using Contracts;
using Gateway.Risk;
using Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Masking;

/// <summary>A detector that fails has looked through nothing.</summary>
public sealed class FailClosed_Tests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_could_not_be_looked_through_does_not_leave(bool stream)
    {
        await using var upstream = await MockUpstream.StartAsync();
        await using var host = await GatewayHost.StartAsync(upstream, services: services => services.AddSingleton<IRiskDetector, FailsAtBoom>());
        var model = upstream.Model(stream ? Answers.Events(Answers.ChatStream("Boom says jane.", "miller", "@example.org", " ")) : Answers.Chat("Boom says jane.miller@example.org"));

        var reply = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, stream: stream));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.DoesNotContain("Boom", reply.Text, StringComparison.Ordinal);
        Assert.Contains("hidden]", reply.Text, StringComparison.Ordinal);
    }

    private sealed class FailsAtBoom : IRiskDetector
    {
        public IReadOnlyList<DetectorProfile> Profiles { get; } = [new("test.boom", RiskCategory.Secret, "SECRET", [], [])];

        public void Detect(InspectedText text, List<Finding> found)
        {
            if (text.Text.Contains("Boom", StringComparison.Ordinal)) throw new InvalidOperationException("as tested");
        }
    }
}
