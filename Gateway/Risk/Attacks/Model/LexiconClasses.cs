using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gateway.Risk.Attacks.Model;

/// <summary>A stretch of the lexicon's list of classes: what one word, phrase or stem means.</summary>
internal readonly record struct Meanings(ushort Start, ushort Count);

/// <summary>Classes by hash: asked some times for each word, and most are in none.</summary>
internal sealed class LexiconClasses
{
    /// <summary>So many bits for each hash, so that one in thirty others is looked up in vain.</summary>
    private const int BitsEach = 32;

    /// <summary>One bit per hash that may have some.</summary>
    private readonly ulong[] filter;

    /// <summary>Each at the place its hash says, or the next that was free; a count of none is a free place.</summary>
    private readonly (uint Hash, Meanings Meanings)[] places;

    /// <param name="all">The lexicon's list, to which the classes are added.</param>
    public LexiconClasses(Dictionary<uint, List<byte>> classes, List<byte> all)
    {
        places = new (uint, Meanings)[BitOperations.RoundUpToPowerOf2((uint)classes.Count * 2)];
        filter = new ulong[BitOperations.RoundUpToPowerOf2((uint)(classes.Count * BitsEach / 64))];
        foreach (var (hash, each) in classes)
        {
            filter[(hash >> 6) & (filter.Length - 1)] |= 1ul << (int)(hash & 63);
            var at = hash & (places.Length - 1);
            while (places[at].Meanings.Count != 0) at = (at + 1) & (places.Length - 1);
            places[at] = (hash, new(checked((ushort)all.Count), (ushort)each.Count));
            all.AddRange(each);
        }
    }

    /// <summary>Tells most others without a look-up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHave(uint hash)
    {
        var bits = filter;
        return (bits[(hash >> 6) & (bits.Length - 1)] & (1ul << (int)hash)) != 0;
    }

    public Meanings Of(uint hash)
    {
        var table = places;
        for (var at = (int)hash & (table.Length - 1); table[at].Meanings.Count != 0; at = (at + 1) & (table.Length - 1))
        {
            if (table[at].Hash == hash) return table[at].Meanings;
        }
        return default;
    }
}
