using System.Collections.Concurrent;
using System.Data.Common;
using Contracts;
using Gateway.Dialects;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Storage;
using Gateway.Waiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Grants;

/// <summary>A call that passes by a grant, for as long as it runs.</summary>
/// <param name="token">Cancelled when the caller hangs up, or the grant is revoked.</param>
internal sealed class GrantedCall(CancellationTokenSource? revoked, CancellationTokenSource token, Action end) : IDisposable
{
    public static ApiError Error { get; } = new(StatusCodes.Status403Forbidden, "grant_revoked", "The grant that let this prompt pass was revoked before the model had answered.");

    public CancellationToken Token => token.Token;

    public bool IsRevoked => revoked?.IsCancellationRequested ?? false;

    public void Dispose()
    {
        end();
        token.Dispose();
    }
}

/// <summary>Stops what passes by a grant that was revoked: calls under way here, and runs that nobody waits for on a connection.</summary>
internal sealed partial class LiveGrants(IDbContextFactory<GatewayStore> stores, Release release, IOptions<PolicyOptions> options, TimeProvider clock, ILogger<LiveGrants> logger) : BackgroundService
{
    /// <summary>Behind a revocation runs are looked for this long: one that was opened in the same moment may show late.</summary>
    private static readonly TimeSpan LookedFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> live = new(StringComparer.Ordinal);

    /// <param name="grantId">Null for a call that needs no grant.</param>
    public GrantedCall Begin(string? grantId, string interactionId, CancellationToken aborted)
    {
        if (grantId is null) return new GrantedCall(null, CancellationTokenSource.CreateLinkedTokenSource(aborted), () => { });
        var name = $"{grantId} {interactionId}";
        var revoked = live[name] = new CancellationTokenSource(); // never disposed: the loop may still hold it
        return new GrantedCall(revoked, CancellationTokenSource.CreateLinkedTokenSource(aborted, revoked.Token), () => live.TryRemove(name, out _));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StopRevokedAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is DbException or DbUpdateException)
            {
                LogFault(fault);
            }
            await Task.Delay(options.Value.LookEvery, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StopRevokedAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var since = clock.GetUtcNow() - LookedFor;
        foreach (var id in await store.Set<Grant>().Where(g => g.RevokedAt > since).Select(g => g.Id).ToListAsync(ct))
        {
            foreach (var (name, call) in live)
            {
                if (name.StartsWith(id, StringComparison.Ordinal)) await call.CancelAsync();
            }
            var rule = Grant.RuleOf(id);
            foreach (var ticket in await store.Set<Ticket>().Where(t => t.Rule == rule && t.Status == ApprovalStatus.Releasing).Select(t => t.Id).ToListAsync(ct)) await release.StopAsync(ticket);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "It cannot be seen which grants were revoked; trying again.")]
    private partial void LogFault(Exception fault);
}
