using Gateway.Proof;
using Gateway.Search;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Search;

internal static class Indexing
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Until what the checkpoints hold can be found. The host does it by itself too, and who is second gives up.</summary>
    public static async Task IndexAsync(this GatewayHost host)
    {
        var last = await host.ReadAsync(store => store.Set<Checkpoint>().MaxAsync(c => c.Number, Ct));
        do await host.Services.GetRequiredService<SearchIndex>().CatchUpAsync(Ct);
        while (!await host.ReadAsync(store => store.Set<SearchCursor>().AnyAsync(c => c.Checkpoint >= last, Ct)));
    }
}
