using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gateway.Risk.Attacks.Model;

/// <summary>Classes by hash, all in one piece of memory: asked ten times for each word, and most are in none.</summary>
internal sealed class LexiconClasses
{
    /// <summary>So many bits for each hash, so that one in thirty others is looked up in vain.</summary>
    private const int BitsEach = 32;

    /// <summary>One bit per hash that may have some.</summary>
    private readonly ulong[] filter;

    /// <summary>Each at the place its hash says, or the next that was free; a count of none is a free place.</summary>
    private readonly (uint Hash, ushort Start, ushort Count)[] places;
    private readonly byte[] all;

    public LexiconClasses(Dictionary<uint, List<byte>> classes)
    {
        places = new (uint, ushort, ushort)[BitOperations.RoundUpToPowerOf2((uint)classes.Count * 2)];
        filter = new ulong[BitOperations.RoundUpToPowerOf2((uint)(classes.Count * BitsEach / 64))];
        all = [.. classes.Values.SelectMany(each => each)];
        var start = 0;
        foreach (var (hash, each) in classes)
        {
            filter[(hash >> 6) & (filter.Length - 1)] |= 1ul << (int)(hash & 63);
            var at = hash & (places.Length - 1);
            while (places[at].Count != 0) at = (at + 1) & (places.Length - 1);
            places[at] = (hash, checked((ushort)start), (ushort)each.Count);
            start += each.Count;
        }
    }

    /// <summary>Tells most others without a look-up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHave(uint hash)
    {
        var bits = filter;
        return (bits[(hash >> 6) & (bits.Length - 1)] & (1ul << (int)hash)) != 0;
    }

    public ReadOnlySpan<byte> Of(uint hash)
    {
        var table = places;
        for (var at = (int)hash & (table.Length - 1); table[at].Count != 0; at = (at + 1) & (table.Length - 1))
        {
            if (table[at].Hash == hash) return all.AsSpan(table[at].Start, table[at].Count);
        }
        return [];
    }
}
