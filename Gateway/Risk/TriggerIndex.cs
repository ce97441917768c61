using System.Collections.Frozen;

namespace Gateway.Risk;

/// <summary>
/// Finds, in one pass over a text, the places where a rule is worth trying: where one of its trigger words stands.
/// A table of hundreds of rules so costs little on a text that mentions none of them: what two neighbouring characters may be
/// followed by, then one bit for each three and one for each four, decides whether any trigger begins there.
/// </summary>
internal sealed class TriggerIndex<TRule>
{
    private const int Letters = 128;
    private const int Places = 1 << 17;

    /// <summary>For each two characters the last three bits that a third may have. What ordinary text touches of it is a few kilobytes.</summary>
    private readonly byte[] pairs = new byte[Letters * Letters];

    private readonly ulong[] threes = new ulong[Places / 64], fours = new ulong[Places / 64];

    /// <summary>Where a trigger of less than four characters begins, so that the fourth tells nothing.</summary>
    private readonly ulong[] shorts = new ulong[Places / 64];
    private readonly FrozenDictionary<int, Bucket[]> byThree;

    /// <param name="exactCase">Whether a rule's triggers count in their own letter case only.</param>
    public TriggerIndex(IEnumerable<TRule> rules, Func<TRule, IEnumerable<string>> triggersOf, Func<TRule, bool>? exactCase = null)
    {
        var entries = rules.SelectMany(rule => triggersOf(rule).Select(trigger => new Entry(trigger, rule, exactCase?.Invoke(rule) ?? false))).ToList();
        foreach (var entry in entries)
            foreach (var (first, second, third) in Triples(entry)) pairs[Pair(first, second)] |= (byte)(1 << (third & 7));
        var begun = entries.SelectMany(entry => Triples(entry).Select(each => Three(each.First, each.Second, each.Third)).Distinct().Select(three => (Three: three, Entry: entry)))
            .GroupBy(each => each.Three, each => each.Entry).ToList();
        byThree = begun.ToFrozenDictionary(same => same.Key, same => Bucket.Of(same));
        foreach (var same in begun)
        {
            var three = same.Key;
            Set(threes, three);
            foreach (var entry in same)
            {
                if (entry.Trigger.Length < 4) Set(shorts, three);
                else foreach (var fourth in Cases(entry, 3)) Set(fours, Four(three, fourth));
            }
        }
    }

    /// <summary>Every trigger's every place, in order of place; letter case is ignored unless a rule asks for it.</summary>
    public IEnumerable<(TRule Rule, int At, string Trigger)> Hits(string text)
    {
        for (var at = Next(text, 0); at >= 0; at = Next(text, at + 1))
        {
            foreach (var bucket in byThree[Three(text, at)]) // Next stops at such only
            {
                var standing = bucket.Standing(text.AsSpan(at));
                for (var i = 0; standing != 0 && i < bucket.Count; i++)
                {
                    var (entry, bit) = bucket[i];
                    if ((standing & bit) != 0) yield return (entry.Rule, at, entry.Trigger);
                }
            }
        }
    }

    private int Next(string text, int from)
    {
        var table = pairs;
        for (var at = from; at < text.Length - 3; at++)
        {
            if ((table[Pair(text[at], text[at + 1])] & (1 << (text[at + 2] & 7))) == 0) continue;
            var three = Three(text[at], text[at + 1], text[at + 2]);
            if (Has(threes, three) && (Has(fours, Four(three, text[at + 3])) || Has(shorts, three))) return at;
        }
        for (var at = Math.Max(from, text.Length - 3); at < text.Length; at++)
        {
            if (Has(threes, Three(text, at))) return at;
        }
        return -1;
    }

    private static int Pair(char first, char second) => ((first & (Letters - 1)) * Letters) | (second & (Letters - 1));

    private static void Set(ulong[] bits, int bit) => bits[bit >> 6] |= 1UL << bit;

    private static bool Has(ulong[] bits, int bit) => (bits[bit >> 6] & (1UL << bit)) != 0;

    /// <summary>Behind the text's end stands nothing, which a trigger shorter than three does not mind.</summary>
    private static int Three(string text, int at) => Three(text[at], at + 1 < text.Length ? text[at + 1] : '\0', at + 2 < text.Length ? text[at + 2] : '\0');

    /// <summary>Characters beyond ASCII share the places of others: a false hit costs a comparison.</summary>
    private static int Three(char first, char second, char third) =>
        ((Pair(first, second) * 37) ^ ((third & (Letters - 1)) * 1031)) & (Places - 1);

    private static int Four(int three, char fourth) => ((three * 37) ^ ((fourth & (Letters - 1)) * 1031)) & (Places - 1);

    private static IEnumerable<(char First, char Second, char Third)> Triples(Entry entry) =>
        from first in Cases(entry, 0)
        from second in Cases(entry, 1)
        from third in Cases(entry, 2)
        select (first, second, third);

    private static IEnumerable<char> Cases(Entry entry, int at)
    {
        if (at >= entry.Trigger.Length) return Enumerable.Range(0, Letters).Select(c => (char)c);
        var letter = entry.Trigger[at];
        return entry.ExactCase ? [letter] : new[] { letter, char.ToLowerInvariant(letter), char.ToUpperInvariant(letter) }.Distinct();
    }

    /// <summary>Up to 64 triggers that begin alike, and whose they are: each is compared once, though a dozen rules may have it.</summary>
    private sealed class Bucket
    {
        private readonly List<Entry> triggers = [];
        private readonly List<(Entry Entry, ulong Bit)> entries = [];

        public int Count => entries.Count;

        public (Entry Entry, ulong Bit) this[int at] => entries[at];

        public static Bucket[] Of(IEnumerable<Entry> entries)
        {
            List<Bucket> buckets = [new()];
            foreach (var entry in entries)
            {
                if (buckets[^1].Add(entry)) continue;
                buckets.Add(new());
                buckets[^1].Add(entry);
            }
            return [.. buckets];
        }

        /// <summary>One bit for each trigger that the text begins with.</summary>
        public ulong Standing(ReadOnlySpan<char> text)
        {
            var standing = 0UL;
            for (var i = 0; i < triggers.Count; i++)
            {
                if (text.StartsWith(triggers[i].Trigger, triggers[i].Comparison)) standing |= 1UL << i;
            }
            return standing;
        }

        /// <returns>Whether there was a bit left for its trigger.</returns>
        private bool Add(Entry entry)
        {
            var number = triggers.FindIndex(trigger => trigger.Trigger == entry.Trigger && trigger.ExactCase == entry.ExactCase);
            if (number < 0)
            {
                if (triggers.Count == 64) return false;
                number = triggers.Count;
                triggers.Add(entry);
            }
            entries.Add((entry, 1UL << number));
            return true;
        }
    }

    private sealed record Entry(string Trigger, TRule Rule, bool ExactCase)
    {
        public StringComparison Comparison { get; } = ExactCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
    }
}
