using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Contracts;
using Gateway.Proof;

namespace Gateway.Evidence;

/// <summary>A checkpoint in a bundle: an anchor, and the hashes it was made of.</summary>
internal sealed record BundledCheckpoint(string Line, IReadOnlyList<CheckpointSignature> Signatures, byte[] Leaves)
{
    public static BundledCheckpoint Of(Checkpoint checkpoint) => new(checkpoint.Line, checkpoint.Signatures, checkpoint.Leaves);

    public Checkpoint? ToCheckpoint() => CheckpointStatement.Read(Line) is { } statement ? new Checkpoint { Number = statement.Number, At = statement.At, Line = Line, Signatures = Signatures, Leaves = Leaves } : null;
}

/// <summary>What a bundle says about itself. Nobody has signed it: what it claims, the checkpoints prove or do not.</summary>
internal sealed record EvidenceManifest(string Format, string Title, bool Whole, DateTimeOffset? From, DateTimeOffset? To, long Entries)
{
    public const string CurrentFormat = "approvals-evidence/1";
}

/// <summary>The names of a bundle's files, and what is read from them within bounds.</summary>
internal static class EvidenceFiles
{
    public const string Manifest = "manifest.json";
    public const string Entries = "entries.jsonl";
    public const string Checkpoints = "checkpoints.jsonl";
    public const string Report = "report.html";
    public const string HowTo = "VERIFY.md";

    /// <summary>The most that is read of one file, in bytes: what fits into one array.</summary>
    private const long Largest = 2_000_000_000;

    public static string Key(string id) => $"keys/{id}.pem";

    public static string Policy(string label) => $"policies/{label}.yaml";

    /// <exception cref="InvalidDataException">It is no bundle, or larger than this can read.</exception>
    public static (EvidenceManifest Manifest, BundleTrail Trail) Read(ZipArchive bundle)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<EvidenceManifest>(Bytes(bundle, Manifest).Span, JsonWire.Options);
            if (manifest is not { Format: EvidenceManifest.CurrentFormat }) throw new InvalidDataException($"{Manifest} is of no bundle that this version reads.");
            var checkpoints = Encoding.UTF8.GetString(Bytes(bundle, Checkpoints).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(CheckpointOf).ToList();
            return (manifest, new BundleTrail(Bytes(bundle, Entries), checkpoints, manifest.Whole));
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException("The bundle cannot be read.", wrong);
        }
    }

    /// <summary>A line that is no checkpoint stays one that no signature fits.</summary>
    public static Checkpoint CheckpointOf(string line, int index)
    {
        try
        {
            if (JsonSerializer.Deserialize<BundledCheckpoint>(line, JsonWire.Options) is { Line: not null, Signatures: not null, Leaves: not null } read && read.ToCheckpoint() is { } checkpoint) return checkpoint;
        }
        catch (JsonException)
        {
            // Said below, as what it is.
        }
        return new Checkpoint { Number = index + 1, At = DateTimeOffset.UnixEpoch, Line = "", Signatures = [], Leaves = [] };
    }

    private static ReadOnlyMemory<byte> Bytes(ZipArchive bundle, string name)
    {
        var entry = bundle.GetEntry(name) ?? throw new InvalidDataException($"The bundle has no {name}.");
        if (entry.Length > Largest) throw new InvalidDataException($"{name} is larger than this can read.");
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes); // whatever the directory says, not more than that
        return bytes;
    }
}
