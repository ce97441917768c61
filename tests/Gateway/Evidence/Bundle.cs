using System.IO.Compression;
using System.Text;
using Gateway.Evidence;
using Gateway.Proof;
using Gateway.Proof.Verification;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Evidence;

/// <summary>An exported bundle, taken apart.</summary>
internal sealed record Bundle(byte[] Zip, IReadOnlyDictionary<string, string> Files)
{
    public IReadOnlyList<string> Entries => Files[EvidenceFiles.Entries].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    public IReadOnlyList<string> Checkpoints => Files[EvidenceFiles.Checkpoints].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static async Task<Bundle> OfAsync(GatewayHost host, EvidenceScope scope)
    {
        using var zip = new MemoryStream();
        await host.Services.GetRequiredService<EvidenceWriter>().WriteAsync(scope, zip, TestContext.Current.CancellationToken);
        return Read(zip.ToArray());
    }

    public static Bundle Read(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return new Bundle(zip, archive.Entries.ToDictionary(entry => entry.FullName, entry => new StreamReader(entry.Open()).ReadToEnd()));
    }

    /// <summary>Many writers at once, a checkpoint now and then: several chains, several ranges in each checkpoint.</summary>
    public static async Task RecordAsync(GatewayHost host, int entries, int checkpoints)
    {
        var each = entries / checkpoints;
        // A chain whose write was refused is not used again, so there are several, however the writers meet.
        var fact = Guid.NewGuid();
        await host.AppendAsync(TrailWriter.Entry(0) with { FactId = fact });
        await Assert.ThrowsAsync<Microsoft.EntityFrameworkCore.DbUpdateException>(() => host.AppendAsync(TrailWriter.Entry(0) with { FactId = fact }));
        for (var part = 0; part < checkpoints; part++)
        {
            await Parallel.ForEachAsync(Enumerable.Range(part * each, each).Chunk(3), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (numbers, _) => await host.AppendAsync(numbers.Select(TrailWriter.Entry)));
            await host.CoverAsync();
        }
    }

    public static Task<TrailReport> VerifyAsync(IEnumerable<string> entries, IEnumerable<string> checkpoints, SigningKey key, bool whole = true) =>
        new TrailVerifier(new BundleTrail(Encoding.UTF8.GetBytes(string.Join('\n', entries)), [.. checkpoints.Select(EvidenceFiles.CheckpointOf)], whole), [key]).RunAsync(TestContext.Current.CancellationToken);
}
