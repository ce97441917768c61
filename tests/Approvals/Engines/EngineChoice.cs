#if !ELSA
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Approvals.Tests.Engines;

public sealed class EngineChoice
{
    [Fact]
    public async Task Asking_for_Elsa_in_a_build_without_it_is_refused_with_the_command_that_enables_it()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Approvals:Storage:Connection"] = "Data Source=unused.db", ["Workflow:Engine"] = "Elsa" });
        builder.Logging.ClearProviders();
        builder.AddApprovals();
        builder.Services.AddMassTransit(bus => bus.UsingInMemory());
        await using var app = builder.Build();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Workflow:Engine", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("-p:EnableElsa=true", refusal.Message, StringComparison.Ordinal);
    }
}
#endif
