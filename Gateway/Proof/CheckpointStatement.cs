using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Gateway.Proof;

/// <summary>Consecutive entries of one chain.</summary>
/// <param name="Hash">Of the entry at <paramref name="To"/>.</param>
internal sealed record ChainRange(Guid Chain, long From, long To, string Hash)
{
    public long Count => To - From + 1;
}

/// <summary>What a checkpoint says. Its line is one JSON object, written in one way only, like an entry's.</summary>
internal sealed record CheckpointStatement
{
    /// <summary>That one checkpoint covers; what is more goes into the next, at once.</summary>
    public const int MostEntries = 65_536;

    private const int Version = 1;

    public required long Number { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The SHA-256 of the line of the checkpoint before it; null for the first.</summary>
    public required string? Previous { get; init; }

    /// <summary>Of the Merkle tree over the hashes of the entries of <see cref="Ranges"/>, in that order.</summary>
    public required string Root { get; init; }

    /// <summary>How many entries all checkpoints up to this one cover.</summary>
    public required long Total { get; init; }

    /// <summary>In the first one: how many entries had been recorded before there were chains. Nothing proves those.</summary>
    public long? Unchained { get; init; }

    /// <summary>What came since the last checkpoint, ordered by chain.</summary>
    public required IReadOnlyList<ChainRange> Ranges { get; init; }

    /// <summary>Who signs: SubjectPublicKeyInfo in base64.</summary>
    public required string PublicKey { get; init; }

    public string ToLine()
    {
        var line = new CanonicalLine();
        line.Number("v", Version);
        line.Number("checkpoint", Number);
        line.Text("at", TrailLine.TimeOf(At));
        line.Text("previous", Previous);
        line.Text("root", Root);
        line.Number("total", Total);
        line.Number("unchained", Unchained);
        line.Raw("ranges", $"[{string.Join(',', Ranges.Select(LineOf))}]");
        line.Text("publicKey", PublicKey);
        return Encoding.UTF8.GetString(line.End().Span);
    }

    /// <returns>Null where the line is none of these, or not written in the one way.</returns>
    public static CheckpointStatement? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 4 });
            var root = json.RootElement;
            var statement = new CheckpointStatement
            {
                Number = root.GetProperty("checkpoint").GetInt64(),
                At = DateTimeOffset.Parse(root.GetProperty("at").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), // null is refused below
                Previous = root.TryGetProperty("previous", out var previous) ? previous.GetString() : null,
                Root = root.GetProperty("root").GetString()!,
                Total = root.GetProperty("total").GetInt64(),
                Unchained = root.TryGetProperty("unchained", out var unchained) ? unchained.GetInt64() : null,
                Ranges = [.. root.GetProperty("ranges").EnumerateArray().Select(range => new ChainRange(
                    Guid.ParseExact(range.GetProperty("chain").GetString()!, "N"), range.GetProperty("from").GetInt64(), range.GetProperty("to").GetInt64(), range.GetProperty("hash").GetString()!))],
                PublicKey = root.GetProperty("publicKey").GetString()!,
            };
            return IsWithinBounds(statement) && statement.ToLine() == line ? statement : null;
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whoever reads a line that nobody has signed counts and walks no further than a gateway writes.</summary>
    private static bool IsWithinBounds(CheckpointStatement statement)
    {
        if (statement.Number < 1 || statement.Total < 0) return false;
        var room = (long)MostEntries;
        foreach (var range in statement.Ranges)
        {
            if (range.From < 1 || range.To < range.From || range.To - range.From >= room) return false;
            room -= range.Count;
        }
        return true;
    }

    public static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    private static string LineOf(ChainRange range)
    {
        var line = new CanonicalLine();
        line.Text("chain", range.Chain.ToString("N"));
        line.Number("from", range.From);
        line.Number("to", range.To);
        line.Text("hash", range.Hash);
        return Encoding.UTF8.GetString(line.End().Span);
    }
}
