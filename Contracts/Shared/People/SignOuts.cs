using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Shared;

/// <summary>
/// Who has signed out everywhere, read again every two seconds. Only as far back as the longest session: what is older is
/// refused anyway. A store that cannot be read lets nobody in.
/// </summary>
internal sealed class SignOuts<TStore>(IDbContextFactory<TStore> stores, IOptions<SigningInOptions> options, TimeProvider clock) : IDisposable
    where TStore : DbContext
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, DateTimeOffset> known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim reading = new(1, 1);
    private long? read;

    public async ValueTask<bool> CoverAsync(string subject, DateTimeOffset issuedAt, CancellationToken ct)
    {
        if (!IsFresh) await ReadAsync(ct);
        return known.TryGetValue(subject, out var at) && issuedAt <= at;
    }

    /// <summary>Heard before it can be read.</summary>
    public void Remember(string subject, DateTimeOffset at) => known.AddOrUpdate(subject, at, (_, before) => before > at ? before : at);

    public void Dispose() => reading.Dispose();

    private bool IsFresh => read is { } last && clock.GetElapsedTime(last) < Fresh;

    private async Task ReadAsync(CancellationToken ct)
    {
        await reading.WaitAsync(ct);
        try
        {
            if (IsFresh) return;
            var started = clock.GetTimestamp();
            var oldest = clock.GetUtcNow() - options.Value.LongestSession;
            await using var store = await stores.CreateDbContextAsync(ct);
            foreach (var signedOut in await store.Set<SignedOut>().AsNoTracking().Where(s => s.At > oldest).ToListAsync(ct)) Remember(signedOut.Subject, signedOut.At);
            foreach (var (subject, at) in known)
                if (at <= oldest) known.TryRemove(new(subject, at));
            read = started;
        }
        finally
        {
            reading.Release();
        }
    }
}
