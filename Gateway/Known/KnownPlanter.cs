using System.Data.Common;
using System.Security.Cryptography;
using Gateway.Storage;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Known;

/// <summary>Puts a known case before people now and then, the one whose turn was longest ago. Of several gateways, one does.</summary>
internal sealed partial class KnownPlanter(IDbContextFactory<GatewayStore> stores, KnownDesk desk, IOptions<KnownOptions> options, TimeProvider clock, ILogger<KnownPlanter> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.PerDay > 0 && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // The store may be away for a while, or one case not be readable; the next turn goes on.
            catch (Exception fault) when (fault is DbException or DbUpdateException or TimeoutException or CryptographicException or InvalidOperationException)
            {
                LogFault(fault);
            }
            await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task LookAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await KnownPlan.TakeTurnAsync(store, options.Value.PerDay, clock.GetUtcNow(), ct)) await PlantAsync(ct);
    }

    /// <summary>The first that policy asks people about, and that is not before them already.</summary>
    public async Task PlantAsync(CancellationToken ct)
    {
        foreach (var id in await desk.InTurnAsync(ct))
        {
            try
            {
                if (await desk.PlantAsync(id, ct)) return;
            }
            catch (TextErasedException)
            {
                // Retired in this moment.
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "No known case could be put before people; the next turn tries again.")]
    private partial void LogFault(Exception fault);
}
