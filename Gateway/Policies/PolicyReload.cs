using System.Data.Common;
using Gateway.Policy;
using Gateway.Policy.Yaml;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Policies;

/// <summary>
/// Puts the newest version in force here, and the draft that is to judge along. It looks at the store a few times a second
/// instead of waiting for a message: so a switch reaches every gateway in that time although the broker is away. While
/// the store is away the version that is in force stays; without a store nothing can be recorded, so nothing leaves.
/// </summary>
internal sealed partial class PolicyReload(
    IDbContextFactory<GatewayStore> stores, PolicyInForce inForce, ShadowCounter shadows, PolicyWorld world, IOptions<PolicyOptions> options, TimeProvider clock, ILogger<PolicyReload> logger) : BackgroundService
{
    private readonly SemaphoreSlim looking = new(1, 1);
    private int number;
    private (string Id, int Version)? watched;

    /// <summary>Before anybody is let in: a gateway does not open its doors without a policy.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await EnsureFirstAsync(cancellationToken);
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks now: whoever put a version in force here need not wait for it.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await looking.WaitAsync(ct);
        try
        {
            await using var store = await stores.CreateDbContextAsync(ct);
            await LookForVersionAsync(store, ct);
            await LookForShadowAsync(store, ct);
        }
        finally
        {
            looking.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await shadows.FlushAsync(stoppingToken);
                failing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
            {
                if (!failing) LogFault(fault); // once, not at every look
                failing = true;
            }
            await Task.Delay(options.Value.LookEvery, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override void Dispose()
    {
        looking.Dispose();
        base.Dispose();
    }

    private async Task LookForVersionAsync(GatewayStore store, CancellationToken ct)
    {
        var newest = await store.Set<PolicyVersion>().MaxAsync(v => (int?)v.Number, ct);
        if (newest is null || newest == number) return;
        var version = await store.Set<PolicyVersion>().AsNoTracking().SingleAsync(v => v.Number == newest, ct);
        // It was whole when it came into force; what it is held against may have changed since, and that is no reason to go without.
        var reading = PolicyReader.Read(version.Text);
        if (reading.Document is not { } document)
        {
            LogUnreadable(version.Number, reading.Errors[0].Message);
            return;
        }
        inForce.Put(new PromptPolicy(document, version.Label));
        number = version.Number;
        LogInForce(version.Number);
    }

    private async Task LookForShadowAsync(GatewayStore store, CancellationToken ct)
    {
        var seen = await store.Set<PolicyDraft>().Where(d => d.Shadow).Select(d => new { d.Id, d.Version }).FirstOrDefaultAsync(ct);
        if (seen is null ? watched is null : watched == (seen.Id, seen.Version)) return;
        var draft = seen is null ? null : await store.Set<PolicyDraft>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == seen.Id, ct);
        inForce.Watch(draft is not null && PolicyReader.Read(draft.Text) is { Document: { } document } ? new PromptPolicy(document, draft.Id) : null);
        watched = seen is null ? null : (seen.Id, seen.Version);
    }

    private async Task EnsureFirstAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Set<PolicyVersion>().AnyAsync(ct)) return;
        var text = options.Value.File is { } file ? await File.ReadAllTextAsync(file, ct) : FirstPolicy.Write(options.Value);
        if (PolicyReader.Read(text, world) is { Errors: { Count: > 0 } errors })
            throw new StartRefusedException($"The first policy cannot come into force:\n{string.Join('\n', errors.Select(error => $"  line {error.Line}: {error.Message}"))}");
        var first = new PolicyVersion { Number = 1, Text = text, Origin = PolicyOrigin.First, Author = "settings", AuthorName = "Settings", At = clock.GetUtcNow() };
        store.Add(first);
        store.Add(new Audit.TrailEntry { At = first.At, Kind = "policy.version", Actor = first.Author, Outcome = "first", PolicyVersion = first.Label, RequestDigest = first.Digest });
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException twice) when (twice.IsDuplicate())
        {
            // Another gateway that starts at the same time wrote it.
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Policy version {Number} is in force.")]
    private partial void LogInForce(int number);

    [LoggerMessage(2, LogLevel.Error, "Policy version {Number} cannot be read by this gateway ({Error}); the version before it stays in force here.")]
    private partial void LogUnreadable(int number, string error);

    [LoggerMessage(3, LogLevel.Error, "The policy store cannot be looked at; the version in force stays, trying again.")]
    private partial void LogFault(Exception fault);
}
