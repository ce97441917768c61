using System.Data.Common;
using System.Security.Cryptography;
using Gateway.Storage;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Retention;

/// <summary>Erases what has been kept long enough, and wraps keys anew when the master key has changed. Any number of gateways do; each row has one winner.</summary>
internal sealed partial class RetentionSweeper(Eraser eraser, IDbContextFactory<GatewayStore> stores, MasterKeys masters, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<RetentionSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.LookEvery, clock);
        try
        {
            do await SweepAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    public async Task SweepAsync(CancellationToken ct)
    {
        try
        {
            foreach (var (kept, time) in options.Value.Texts)
            {
                while (await eraser.ExpireAsync(kept, time, ct) is var erased and > 0)
                {
                    LogErased(erased, kept);
                    if (erased < Eraser.Most) break;
                }
            }
            while (await RewrapAsync(ct))
            {
                // There are more.
            }
        }
        // The store may be away for a while, or a master key not configured yet; the next round goes on.
        catch (Exception fault) when (fault is DbUpdateException or DbException or TimeoutException or CryptographicException or InvalidOperationException)
        {
            LogFailed(fault);
        }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> RewrapAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var current = masters.Current.Id;
        var keys = await store.Set<TextKey>().AsNoTracking().Where(key => key.MasterKey != current).Take(Eraser.Most).ToListAsync(ct);
        foreach (var key in keys)
        {
            var wrapped = masters.Current.Wrap(masters.Unwrap(key));
            // Not there any more: it was erased meanwhile, and stays that.
            await store.Set<TextKey>().Where(row => row.Id == key.Id && row.MasterKey == key.MasterKey)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.MasterKey, current).SetProperty(row => row.Wrapped, wrapped), ct);
        }
        if (keys.Count > 0) LogRewrapped(keys.Count, current);
        return keys.Count == Eraser.Most;
    }

    [LoggerMessage(1, LogLevel.Information, "The texts of {Count} interaction(s) of the class {Class} were erased: their time was over.")]
    private partial void LogErased(int count, TextClass @class);

    [LoggerMessage(2, LogLevel.Information, "{Count} text keys are wrapped with the master key {MasterKey} now.")]
    private partial void LogRewrapped(int count, string masterKey);

    [LoggerMessage(3, LogLevel.Warning, "Texts whose time is over could not be erased, or keys not be wrapped anew; the next round tries again.")]
    private partial void LogFailed(Exception fault);
}
