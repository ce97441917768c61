using System.Numerics;
using System.Runtime.Intrinsics;

namespace Gateway.Risk;

/// <summary>
/// Sees where a trigger may begin: what two neighbouring characters may be followed by, then one bit for each four, tell nearly all other places
/// apart. Characters beyond ASCII share the places of others: a false hit costs a comparison.
/// </summary>
internal sealed class TriggerBeginnings
{
    private const int Letters = 128;

    /// <summary>Of a third and a fourth character the last five bits count, in which letters of both cases are alike.</summary>
    private const int Kinds = 32;

    private const int FourBits = 1 << 15;

    private const int AtOnce = 4;

    /// <summary>For each two characters one bit for each kind that a third may be of. What ordinary text touches of it is a few kilobytes.</summary>
    private readonly uint[] thirds = new uint[Letters * Letters];

    /// <summary>The same for triggers of less than four characters, of which the fourth tells nothing.</summary>
    private readonly uint[] shorts = new uint[Letters * Letters];

    private readonly ulong[] fours = new ulong[FourBits / 64];
    private readonly bool hasSpace;

    public TriggerBeginnings(IEnumerable<(string Trigger, bool ExactCase)> triggers)
    {
        foreach (var (trigger, exactCase) in triggers)
        {
            hasSpace |= trigger[0] == ' ';
            foreach (var three in Threes(trigger, exactCase))
            {
                var (pair, third) = (three / Kinds, 1u << (three % Kinds));
                thirds[pair] |= third;
                if (trigger.Length < 4) shorts[pair] |= third;
                else foreach (var fourth in Cases(trigger, 3, exactCase)) fours[Four(three, fourth) / 64] |= 1UL << Four(three, fourth);
            }
        }
    }

    /// <summary>Of all of them together, so that a text is gone through once for all.</summary>
    public TriggerBeginnings(params ReadOnlySpan<TriggerBeginnings> parts)
    {
        foreach (var part in parts)
        {
            hasSpace |= part.hasSpace;
            for (var pair = 0; pair < thirds.Length; pair++) (thirds[pair], shorts[pair]) = (thirds[pair] | part.thirds[pair], shorts[pair] | part.shorts[pair]);
            for (var four = 0; four < fours.Length; four++) fours[four] |= part.fours[four];
        }
    }

    /// <summary>A bit for each place where a trigger may begin: a text may be full of them.</summary>
    public ulong[] In(string text)
    {
        var places = new ulong[(text.Length + 63) / 64];
        var table = thirds;
        var at = 0;
        for (; at + AtOnce + 2 <= text.Length; at += AtOnce)
        {
            var c = text.AsSpan(at, AtOnce + 2);
            var begun = ((table[Pair(c[0], c[1])] >> c[2]) & 1) | (((table[Pair(c[1], c[2])] >> c[3]) & 1) << 1) | (((table[Pair(c[2], c[3])] >> c[4]) & 1) << 2) | (((table[Pair(c[3], c[4])] >> c[5]) & 1) << 3);
            for (; begun != 0; begun &= begun - 1)
            {
                var place = at + BitOperations.TrailingZeroCount(begun);
                if (IsBegun(text, place)) places[place / 64] |= 1UL << place;
            }
        }
        for (; at < text.Length; at++)
        {
            if (MayBeAt(text, at)) places[at / 64] |= 1UL << at;
        }
        return places;
    }

    /// <summary>The next place where a trigger may begin; -1 when there is none.</summary>
    public int Next(string text, int from)
    {
        var table = thirds;
        for (var at = from; at < text.Length - 2; at++)
        {
            if ((table[Pair(text[at], text[at + 1])] & (1u << text[at + 2])) != 0 && IsBegun(text, at)) return at;
        }
        for (var at = Math.Max(from, text.Length - 2); at < text.Length; at++)
        {
            if (MayBeAt(text, at)) return at;
        }
        return -1;
    }

    /// <summary>
    /// The same where no letter of ASCII stands before a letter. Sixteen characters are looked at together, and letters inside words and the spaces
    /// between them, which are three in four of most texts, passed over.
    /// </summary>
    public int NextOfWords(string text, int from)
    {
        var table = thirds;
        var at = from;
        for (; at + Characters.Count + 2 <= text.Length; at += Characters.Count)
        {
            var characters = Characters.At(text, at);
            var letters = Characters.AreLetters(characters).ExtractMostSignificantBits();
            var skipped = letters & ((letters << 1) | (at > 0 && char.IsAsciiLetter(text[at - 1]) ? 1u : 0));
            if (!hasSpace) skipped |= Characters.Are(characters, ' ').ExtractMostSignificantBits();
            for (var left = ~skipped & Characters.All; left != 0; left &= left - 1)
            {
                var place = at + BitOperations.TrailingZeroCount(left);
                if ((table[Pair(text[place], text[place + 1])] & (1u << text[place + 2])) != 0 && !IsInsideWord(text, place) && IsBegun(text, place)) return place;
            }
        }
        for (; at < text.Length; at++)
        {
            if (!IsInsideWord(text, at) && MayBeAt(text, at)) return at;
        }
        return -1;
    }

    public bool MayBeAt(string text, int at)
    {
        var three = Three(text, at);
        return (thirds[three / Kinds] & (1u << three)) != 0 && IsBegun(text, at);
    }

    /// <summary>Whether a trigger may begin here, by its first four characters; the first three have been seen to be some trigger's.</summary>
    private bool IsBegun(string text, int at)
    {
        var three = Three(text, at);
        var four = Four(three, Character(text, at + 3));
        return (fours[four / 64] & (1UL << four)) != 0 || (shorts[three / Kinds] & (1u << three)) != 0;
    }

    private static bool IsInsideWord(string text, int at) => at > 0 && char.IsAsciiLetter(text[at - 1]) && char.IsLetter(text[at]);

    public static int Three(string text, int at) => Three(text[at], Character(text, at + 1), Character(text, at + 2));

    /// <summary>What a trigger's first three characters may be.</summary>
    public static IEnumerable<int> Threes(string trigger, bool exactCase) => (
        from first in Cases(trigger, 0, exactCase)
        from second in Cases(trigger, 1, exactCase)
        from third in Cases(trigger, 2, exactCase)
        select Three(first, second, third)).Distinct();

    private static IEnumerable<char> Cases(string trigger, int at, bool exactCase)
    {
        if (at >= trigger.Length) return Enumerable.Range(0, Letters).Select(c => (char)c);
        var letter = trigger[at];
        return exactCase ? [letter] : new[] { letter, char.ToLowerInvariant(letter), char.ToUpperInvariant(letter) }.Distinct();
    }

    private static int Pair(char first, char second) => ((first & (Letters - 1)) * Letters) | (second & (Letters - 1));

    private static int Three(char first, char second, char third) => (Pair(first, second) * Kinds) | (third & (Kinds - 1));

    private static int Four(int three, char fourth) => (int)(((uint)((three * Kinds) | (fourth & (Kinds - 1))) * 0x9E37_79B1) >> 17);

    /// <summary>Behind the text's end stands nothing, which a trigger shorter than that does not mind.</summary>
    private static char Character(string text, int at) => at < text.Length ? text[at] : '\0';
}
