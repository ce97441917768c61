using System.Runtime.CompilerServices;

namespace Gateway.Risk.Attacks.Model;

/// <summary>The last few classes of words that were read, newest first, and at which word each stood.</summary>
internal struct MeaningTrail
{
    /// <summary>A power of two.</summary>
    private const int Longest = 8;

    private Ring ring;
    private int next;

    public int Count { get; private set; }

    /// <summary>The newest, and where it stands; at -2 where there is none.</summary>
    public byte Last { get; private set; }
    public int LastAt { get; private set; } = -2;

    public MeaningTrail()
    {
    }

    public readonly (byte Meaning, int At) this[int back] => ring[(next - 1 - back) & (Longest - 1)];

    /// <summary>Those that stand at these words or between, as a range of places back.</summary>
    public readonly (int Nearest, int Farthest) Between(int last, int first)
    {
        var nearest = 0;
        while (nearest < Count && this[nearest].At > last) nearest++;
        var farthest = nearest;
        while (farthest < Count && this[farthest].At >= first) farthest++;
        return (nearest, farthest);
    }

    public void Add(byte meaning, int at)
    {
        ring[next] = (meaning, at);
        (Last, LastAt) = (meaning, at);
        next = (next + 1) & (Longest - 1);
        if (Count < Longest) Count++;
    }

    [InlineArray(Longest)]
    private struct Ring
    {
        private (byte, int) first;
    }
}
