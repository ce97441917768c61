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
    private const int Bits = 1 << 17;

    /// <summary>For each two characters the last three bits that a third may have. What ordinary text touches of it is a few kilobytes.</summary>
    private readonly byte[] pairs = new byte[Letters * Letters];

    private readonly ulong[] threes = new ulong[Bits / 64], fours = new ulong[Bits / 64];

    /// <summary>Where a trigger of less than four characters begins, so that the fourth tells nothing.</summary>
    private readonly ulong[] shorts = new ulong[Bits / 64];
    private readonly FrozenDictionary<int, Bucket[]> byThree;
    private readonly bool wordsOnly;

    /// <param name="exactCase">Whether a rule's triggers count in their own letter case only.</param>
    /// <param name="wordsOnly">A letter counts only where no letter of ASCII stands before it.</param>
    public TriggerIndex(IEnumerable<TRule> rules, Func<TRule, IEnumerable<string>> triggersOf, Func<TRule, bool>? exactCase = null, bool wordsOnly = false)
    {
        this.wordsOnly = wordsOnly;
        var entries = rules.SelectMany(rule => triggersOf(rule).Select(trigger => (Trigger: trigger, Rule: rule))).Select((each, number) => new Entry(number, each.Trigger, each.Rule, exactCase?.Invoke(each.Rule) ?? false)).ToList();
        foreach (var entry in entries)
            foreach (var (first, second, third) in Triples(entry)) pairs[Pair(first, second)] |= (byte)(1 << (third & 7));
        var begun = entries.SelectMany(entry => Triples(entry).Select(each => Three(each.First, each.Second, each.Third)).Distinct().Select(three => (Three: three, Entry: entry)))
            .GroupBy(each => each.Three, each => each.Entry).ToList();
        Dictionary<string, Bucket[]> shared = []; // a trigger of one character begins sixteen thousand threes, most of them with no other
        byThree = begun.ToFrozenDictionary(same => same.Key, same => shared.TryGetValue(Bucket.Key(same), out var known) ? known : shared[Bucket.Key(same)] = Bucket.Of(same));
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
    public Places Hits(string text) => new(this, text);

    private int Next(string text, int from)
    {
        var table = pairs;
        for (var at = from; at < text.Length - 3; at++)
        {
            if ((table[Pair(text[at], text[at + 1])] & (1 << (text[at + 2] & 7))) != 0 && IsBegun(text, at)) return at;
        }
        for (var at = Math.Max(from, text.Length - 3); at < text.Length; at++)
        {
            if (!(wordsOnly && IsInsideWord(text, at)) && Has(threes, Three(text, at))) return at;
        }
        return -1;
    }

    /// <summary>Whether a trigger may begin here, by its first four characters.</summary>
    private bool IsBegun(string text, int at)
    {
        if (wordsOnly && IsInsideWord(text, at)) return false;
        var three = Three(text[at], text[at + 1], text[at + 2]);
        return Has(threes, three) && (Has(fours, Four(three, text[at + 3])) || Has(shorts, three));
    }

    private static bool IsInsideWord(string text, int at) => at > 0 && char.IsAsciiLetter(text[at - 1]) && char.IsLetter(text[at]);

    private static int Pair(char first, char second) => ((first & (Letters - 1)) * Letters) | (second & (Letters - 1));

    private static void Set(ulong[] bits, int bit) => bits[bit >> 6] |= 1UL << bit;

    private static bool Has(ulong[] bits, int bit) => (bits[bit >> 6] & (1UL << bit)) != 0;

    /// <summary>Behind the text's end stands nothing, which a trigger shorter than three does not mind.</summary>
    private static int Three(string text, int at) => Three(text[at], at + 1 < text.Length ? text[at + 1] : '\0', at + 2 < text.Length ? text[at + 2] : '\0');

    /// <summary>Characters beyond ASCII share the places of others: a false hit costs a comparison.</summary>
    private static int Three(char first, char second, char third) =>
        ((Pair(first, second) * 37) ^ ((third & (Letters - 1)) * 1031)) & (Bits - 1);

    private static int Four(int three, char fourth) => ((three * 37) ^ ((fourth & (Letters - 1)) * 1031)) & (Bits - 1);

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

    /// <summary>Goes from place to place; asked for the next only when the last has been looked at.</summary>
    public ref struct Places(TriggerIndex<TRule> index, string text)
    {
        private Bucket[] buckets = [];
        private int at = -1, bucket, entry;
        private ulong standing;

        public (TRule Rule, int At, string Trigger) Current { get; private set; }

        public readonly Places GetEnumerator() => this;

        public bool MoveNext()
        {
            while (true)
            {
                while (standing != 0)
                {
                    if (buckets[bucket].NextOf(standing, ref entry) is not { } found) standing = 0;
                    else
                    {
                        Current = (found.Rule, at, found.Trigger);
                        return true;
                    }
                }
                if (++bucket >= buckets.Length)
                {
                    at = index.Next(text, at + 1);
                    if (at < 0) return false;
                    (buckets, bucket) = (index.byThree[Three(text, at)], 0); // Next stops at such only
                }
                (standing, entry) = (buckets[bucket].Standing(text.AsSpan(at)), 0);
            }
        }
    }

    /// <summary>Up to 64 triggers that begin alike, and whose they are: each is compared once, though a dozen rules may have it, and not at all where its beginning does not stand.</summary>
    private sealed class Bucket
    {
        private const int Most = 64;

        private readonly Entry[] triggers;

        /// <summary>For each trigger the next that does not begin with it.</summary>
        private readonly int[] others;

        private readonly Entry[] entries;

        /// <summary>For each entry the bit of its trigger.</summary>
        private readonly ulong[] bits;

        private Bucket(List<Entry> entries)
        {
            triggers = [.. entries.DistinctBy(entry => (entry.Trigger, entry.ExactCase)).OrderBy(entry => entry.ExactCase).ThenBy(entry => entry.Trigger, StringComparer.OrdinalIgnoreCase)];
            others = [.. triggers.Select((trigger, i) => i + 1 + triggers.Skip(i + 1).TakeWhile(other => other.ExactCase == trigger.ExactCase && other.Trigger.StartsWith(trigger.Trigger, trigger.Comparison)).Count())];
            this.entries = [.. entries];
            bits = [.. entries.Select(entry => 1UL << Array.FindIndex(triggers, trigger => trigger.Trigger == entry.Trigger && trigger.ExactCase == entry.ExactCase))];
        }

        public static string Key(IEnumerable<Entry> entries) => string.Join(' ', entries.Select(entry => entry.Number));

        public static Bucket[] Of(IEnumerable<Entry> entries)
        {
            List<List<Entry>> parts = [[]];
            HashSet<(string, bool)> triggers = [];
            foreach (var entry in entries)
            {
                var trigger = (entry.Trigger, entry.ExactCase);
                if (!triggers.Contains(trigger) && triggers.Count == Most)
                {
                    parts.Add([]);
                    triggers.Clear();
                }
                triggers.Add(trigger);
                parts[^1].Add(entry);
            }
            return [.. parts.Select(part => new Bucket(part))];
        }

        /// <summary>One bit for each trigger that the text begins with.</summary>
        public ulong Standing(ReadOnlySpan<char> text)
        {
            var standing = 0UL;
            for (var i = 0; i < triggers.Length;)
            {
                if (!text.StartsWith(triggers[i].Trigger, triggers[i].Comparison)) i = others[i];
                else standing |= 1UL << i++;
            }
            return standing;
        }

        /// <summary>The next whose trigger stands; null when there is none left.</summary>
        public Entry? NextOf(ulong standing, ref int from)
        {
            while (from < bits.Length)
            {
                if ((bits[from++] & standing) != 0) return entries[from - 1];
            }
            return null;
        }
    }

    private sealed record Entry(int Number, string Trigger, TRule Rule, bool ExactCase)
    {
        public StringComparison Comparison { get; } = ExactCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
    }
}
