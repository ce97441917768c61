using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Contracts;
using Gateway.Audit;
using Gateway.Policies;
using Gateway.Proof;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Evidence;

/// <summary>
/// Writes what an auditor takes away: entries as they were signed, the checkpoints that prove them, the policies that judged, a
/// report to read and print, and how to check all of it without this product's word. The same question gives the same bytes.
/// </summary>
internal sealed class EvidenceWriter(IDbContextFactory<GatewayStore> stores, CheckpointWriter checkpoints)
{
    private const int LongestSubject = 100;

    /// <summary>Zip files know no time zones and nothing before this; the time of writing would make every bundle another.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The record that evidence was taken away.</summary>
    public static TrailEntry Taken(EvidenceScope scope, string subject, string name, string reason, DateTimeOffset now) => new()
    {
        At = now, Kind = "evidence", Actor = subject, ActorName = name, Outcome = "exported", Subject = scope.Title.Length > LongestSubject ? scope.Title[..LongestSubject] : scope.Title, Reason = reason,
    };

    /// <returns>How many entries are in it.</returns>
    /// <exception cref="InvalidDataException">It would hold too much, or what is stored cannot be read; the message says it.</exception>
    public async Task<long> WriteAsync(EvidenceScope scope, Stream output, CancellationToken ct)
    {
        await CoverAsync(scope, ct);
        var report = new EvidenceReport(scope);
        var covered = new List<Checkpoint>();
        await using var bundle = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: Encoding.UTF8, ct);
        await using (var lines = await NewAsync(bundle, EvidenceFiles.Entries, ct))
        {
            await foreach (var (checkpoint, entries) in new EvidenceSelection(stores, scope).ReadAsync(ct))
            {
                covered.Add(checkpoint);
                await WriteAsync(entries, lines, ct);
                report.Add(entries);
            }
        }
        await using (var lines = await NewAsync(bundle, EvidenceFiles.Checkpoints, ct))
        {
            foreach (var checkpoint in covered)
            {
                await lines.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(BundledCheckpoint.Of(checkpoint), JsonWire.Options), ct);
                await lines.WriteAsync("\n"u8.ToArray(), ct);
            }
        }
        var keys = covered.Select(checkpoint => CheckpointStatement.Read(checkpoint.Line)!.PublicKey).Distinct().Select(SigningKey.FromPublicKey).ToList(); // read while selecting
        foreach (var key in keys) await WriteAsync(bundle, EvidenceFiles.Key(key.Id), key.PublicPem + "\n", ct);
        var policies = await PoliciesAsync(report.PolicyLabels, ct);
        foreach (var policy in policies) await WriteAsync(bundle, EvidenceFiles.Policy(policy.Label), policy.Text, ct);

        var (from, to) = scope switch
        {
            EvidenceScope.Period period => (period.From, period.To),
            EvidenceScope.Person person => (person.From, person.To),
            _ => ((DateTimeOffset?)null, (DateTimeOffset?)null),
        };
        await WriteAsync(bundle, EvidenceFiles.Report, report.ToHtml(covered, keys.Select(key => key.Id), policies), ct);
        await WriteAsync(bundle, EvidenceFiles.HowTo, HowToVerify.Text, ct);
        var manifest = new EvidenceManifest(EvidenceManifest.CurrentFormat, scope.Title, scope is EvidenceScope.Period, from, to, report.Entries);
        await WriteAsync(bundle, EvidenceFiles.Manifest, JsonSerializer.Serialize(manifest, JsonWire.Options) + "\n", ct);
        keys.ForEach(key => key.Dispose());
        return report.Entries;
    }

    /// <summary>Everything up to the end of what is asked for is signed; where nothing came after it, a checkpoint says so.</summary>
    private async Task CoverAsync(EvidenceScope scope, CancellationToken ct)
    {
        while (await checkpoints.MakeAsync(ct) is { Full: true })
        {
            // More than fits into one.
        }
        if (scope is not EvidenceScope.Period(_, var to)) return;
        await using var store = await stores.CreateDbContextAsync(ct);
        if (!await store.Set<Checkpoint>().AnyAsync(c => c.At >= to, ct)) await checkpoints.MakeAsync(ct, evenIfEmpty: true);
    }

    private async Task WriteAsync(IReadOnlyList<TrailEntry> entries, Stream lines, CancellationToken ct)
    {
        byte[]? hash = null;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var (chain, position) = (entry.Chain!.Value, entry.Position!.Value); // those of chains were asked for
            var follows = i > 0 && entries[i - 1].Chain == chain && entries[i - 1].Position == position - 1;
            var previous = position == 1 ? [] : follows ? hash! : await HashAsync(chain, position - 1, ct);
            await lines.WriteAsync(TrailLine.Of(entry, chain, position, previous), ct);
            await lines.WriteAsync("\n"u8.ToArray(), ct);
            hash = entry.Hash;
        }
    }

    private async Task<byte[]> HashAsync(Guid chain, long position, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Set<TrailEntry>().AsNoTracking().Where(e => e.Chain == chain && e.Position == position).Select(e => e.Hash).SingleOrDefaultAsync(ct)
            ?? throw new InvalidDataException($"An entry is missing from the trail (chain {chain:N}, position {position}). Run 'audit verify'.");
    }

    private async Task<IReadOnlyList<PolicyVersion>> PoliciesAsync(IReadOnlySet<string> labels, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return [.. (await store.Set<PolicyVersion>().AsNoTracking().OrderBy(version => version.Number).ToListAsync(ct)).Where(version => labels.Contains(version.Label))];
    }

    private static async Task<Stream> NewAsync(ZipArchive bundle, string name, CancellationToken ct)
    {
        var entry = bundle.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        return await entry.OpenAsync(ct);
    }

    private static async Task WriteAsync(ZipArchive bundle, string name, string text, CancellationToken ct)
    {
        await using var file = await NewAsync(bundle, name, ct);
        await file.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }
}
