using System.Security.Cryptography;
using Gateway.Audit;

namespace Gateway.Proof.Verification;

/// <summary>A trail to be checked: in a store, or in an exported bundle. It is not trusted, whatever it says.</summary>
internal interface ITrailSource
{
    /// <summary>Whether it claims to begin with the first checkpoint.</summary>
    bool FromTheBeginning { get; }

    /// <summary>Whether it claims to hold every entry that its checkpoints cover.</summary>
    bool Whole { get; }

    /// <summary>In the order in which it holds them.</summary>
    IAsyncEnumerable<Checkpoint> CheckpointsAsync(CancellationToken ct);

    /// <summary>By position. Of positions that are there twice, either.</summary>
    IAsyncEnumerable<LinkedEntry> EntriesAsync(Guid chain, long from, long to, CancellationToken ct);

    /// <summary>What it can find wrong with itself, and what it holds past the last checkpoint.</summary>
    Task FinishAsync(IReadOnlyDictionary<Guid, ChainEnd> covered, TrailReport report, CancellationToken ct);
}

/// <summary>How far checkpoints cover a chain.</summary>
internal sealed record ChainEnd(long Position, byte[] Hash);

/// <summary>An entry at its place: made of columns, or a line as it is held.</summary>
internal abstract record LinkedEntry(Guid Chain, long Position)
{
    public abstract byte[] Hash(ReadOnlySpan<byte> previous);

    /// <summary>What its hash would be at another place of its chain; null where what is held is no entry.</summary>
    public abstract byte[]? HashAt(long position, ReadOnlySpan<byte> previous);

    /// <summary>The hash that is kept beside it, where one is.</summary>
    public virtual byte[]? Kept => null;

    internal sealed record Row(TrailEntry Entry) : LinkedEntry(Entry.Chain!.Value, Entry.Position!.Value) // a row without them is of no chain
    {
        public override byte[]? Kept => Entry.Hash;

        public override byte[] Hash(ReadOnlySpan<byte> previous) => HashAt(Position, previous);

        public override byte[] HashAt(long position, ReadOnlySpan<byte> previous) => SHA256.HashData(TrailLine.Of(Entry, Chain, position, previous).Span);
    }

    internal sealed record Line(Guid Chain, long Position, ReadOnlyMemory<byte> Bytes) : LinkedEntry(Chain, Position)
    {
        public override byte[] Hash(ReadOnlySpan<byte> previous) => SHA256.HashData(Bytes.Span);

        public override byte[]? HashAt(long position, ReadOnlySpan<byte> previous) =>
            TrailLine.Read(Bytes) is { } entry ? SHA256.HashData(TrailLine.Of(entry, Chain, position, previous).Span) : null;
    }
}
