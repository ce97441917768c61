using System.Collections.Frozen;

namespace Gateway.Risk;

/// <summary>
/// Finds, in one pass over a text, the places where a rule is worth trying: where one of its trigger words stands.
/// A table of hundreds of rules so costs little on a text that mentions none of them: what two neighbouring characters may be
/// followed by, then one bit for each four, decides whether any trigger begins there. Characters beyond ASCII share the places of
/// others: a false hit costs a comparison.
/// </summary>
internal sealed class TriggerIndex<TRule>
{
    private const int Letters = 128;

    /// <summary>Of a third and a fourth character the last five bits count, in which letters of both cases are alike.</summary>
    private const int Kinds = 32;

    private const int FourBits = 1 << 15;

    /// <summary>For each two characters one bit for each kind that a third may be of. What ordinary text touches of it is a few kilobytes.</summary>
    private readonly uint[] thirds = new uint[Letters * Letters];

    /// <summary>The same for triggers of less than four characters, of which the fourth tells nothing.</summary>
    private readonly uint[] shorts = new uint[Letters * Letters];

    private readonly ulong[] fours = new ulong[FourBits / 64];
    private readonly FrozenDictionary<int, Bucket[]> byThree;
    private readonly bool wordsOnly;

    /// <param name="exactCase">Whether a rule's triggers count in their own letter case only.</param>
    /// <param name="wordsOnly">A letter counts only where no letter of ASCII stands before it.</param>
    public TriggerIndex(IEnumerable<TRule> rules, Func<TRule, IEnumerable<string>> triggersOf, Func<TRule, bool>? exactCase = null, bool wordsOnly = false)
    {
        this.wordsOnly = wordsOnly;
        var entries = rules.SelectMany(rule => triggersOf(rule).Select(trigger => (Trigger: trigger, Rule: rule))).Select((each, number) => new Entry(number, each.Trigger, each.Rule, exactCase?.Invoke(each.Rule) ?? false)).ToList();
        var begun = entries.SelectMany(entry => Threes(entry).Select(three => (Three: three, Entry: entry))).GroupBy(each => each.Three, each => each.Entry).ToList();
        Dictionary<string, Bucket[]> shared = []; // a trigger of one character begins four thousand threes, most of them with no other
        byThree = begun.ToFrozenDictionary(same => same.Key, same => shared.TryGetValue(Bucket.Key(same), out var known) ? known : shared[Bucket.Key(same)] = Bucket.Of(same));
        foreach (var same in begun)
        {
            var (pair, third) = (same.Key / Kinds, 1u << (same.Key % Kinds));
            thirds[pair] |= third;
            foreach (var entry in same)
            {
                if (entry.Trigger.Length < 4) shorts[pair] |= third;
                else foreach (var fourth in Cases(entry, 3)) fours[Four(same.Key, fourth) / 64] |= 1UL << Four(same.Key, fourth);
            }
        }
    }

    /// <summary>Every trigger's every place, in order of place; letter case is ignored unless a rule asks for it.</summary>
    public Places Hits(string text) => new(this, text);

    /// <summary>The next place where a trigger may begin; -1 when there is none.</summary>
    private int Next(string text, int from)
    {
        var table = thirds;
        for (var at = from; at < text.Length - 2; at++)
        {
            if ((table[Pair(text[at], text[at + 1])] & (1u << text[at + 2])) != 0 && IsBegun(text, at)) return at;
        }
        for (var at = Math.Max(from, text.Length - 2); at < text.Length; at++)
        {
            if ((table[Three(text, at) / Kinds] & (1u << Three(text, at))) != 0 && IsBegun(text, at)) return at;
        }
        return -1;
    }

    /// <summary>Whether a trigger may begin here, by its first four characters.</summary>
    private bool IsBegun(string text, int at)
    {
        if (wordsOnly && IsInsideWord(text, at)) return false;
        var three = Three(text, at);
        var four = Four(three, Character(text, at + 3));
        return (fours[four / 64] & (1UL << four)) != 0 || (shorts[three / Kinds] & (1u << three)) != 0;
    }

    private static bool IsInsideWord(string text, int at) => at > 0 && char.IsAsciiLetter(text[at - 1]) && char.IsLetter(text[at]);

    private static int Pair(char first, char second) => ((first & (Letters - 1)) * Letters) | (second & (Letters - 1));

    private static int Three(string text, int at) => Three(text[at], Character(text, at + 1), Character(text, at + 2));

    private static int Three(char first, char second, char third) => (Pair(first, second) * Kinds) | (third & (Kinds - 1));

    private static int Four(int three, char fourth) => (int)(((uint)((three * Kinds) | (fourth & (Kinds - 1))) * 0x9E37_79B1) >> 17);

    /// <summary>Behind the text's end stands nothing, which a trigger shorter than that does not mind.</summary>
    private static char Character(string text, int at) => at < text.Length ? text[at] : '\0';

    private static IEnumerable<int> Threes(Entry entry) => (
        from first in Cases(entry, 0)
        from second in Cases(entry, 1)
        from third in Cases(entry, 2)
        select Three(first, second, third)).Distinct();

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
                if (!triggers[i].Stands(text)) i = others[i];
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

        public bool Stands(ReadOnlySpan<char> text) => Ends(text) && text.StartsWith(Trigger, Comparison);

        /// <summary>By its last character, which tells most others that begin alike; of ASCII, letters of both cases differ in one bit.</summary>
        private bool Ends(ReadOnlySpan<char> text) =>
            text.Length >= Trigger.Length && (text[Trigger.Length - 1], Trigger[^1]) is var (c, last) && (((c ^ last) & ~0x20) == 0 || !char.IsAscii(c) || !char.IsAscii(last));
    }
}
