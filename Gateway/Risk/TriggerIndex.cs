using System.Collections.Frozen;
using System.Numerics;

namespace Gateway.Risk;

/// <summary>
/// Finds, in one pass over a text, the places where a rule is worth trying: where one of its trigger words stands.
/// A table of hundreds of rules so costs little on a text that mentions none of them.
/// </summary>
internal sealed class TriggerIndex<TRule>
{
    private readonly FrozenDictionary<int, Bucket[]> byThree;
    private readonly bool wordsOnly;

    /// <param name="exactCase">Whether a rule's triggers count in their own letter case only.</param>
    /// <param name="wordsOnly">A letter counts only where no letter of ASCII stands before it.</param>
    public TriggerIndex(IEnumerable<TRule> rules, Func<TRule, IEnumerable<string>> triggersOf, Func<TRule, bool>? exactCase = null, bool wordsOnly = false)
    {
        this.wordsOnly = wordsOnly;
        var entries = rules.SelectMany(rule => triggersOf(rule).Select(trigger => (Trigger: trigger, Rule: rule))).Select((each, number) => new Entry(number, each.Trigger, each.Rule, exactCase?.Invoke(each.Rule) ?? false)).ToList();
        Beginnings = new(entries.Select(entry => (entry.Trigger, entry.ExactCase)));
        var begun = entries.SelectMany(entry => TriggerBeginnings.Threes(entry.Trigger, entry.ExactCase).Select(three => (Three: three, Entry: entry))).GroupBy(each => each.Three, each => each.Entry);
        Dictionary<string, Bucket[]> shared = []; // a trigger of one character begins four thousand threes, most of them with no other
        byThree = begun.ToFrozenDictionary(same => same.Key, same => shared.TryGetValue(Bucket.Key(same), out var known) ? known : shared[Bucket.Key(same)] = Bucket.Of(same));
    }

    public TriggerBeginnings Beginnings { get; }

    /// <summary>Every trigger's every place, in order of place; letter case is ignored unless a rule asks for it.</summary>
    public Places Hits(string text) => new(this, text, null);

    /// <param name="begun">Where any trigger may begin, of this index or another: what <see cref="TriggerBeginnings.In"/> found for all together.</param>
    public Places Hits(string text, ulong[] begun) => new(this, text, begun);

    /// <summary>Goes from place to place; asked for the next only when the last has been looked at.</summary>
    public ref struct Places(TriggerIndex<TRule> index, string text, ulong[]? begun)
    {
        private Bucket[] buckets = [];
        private int at = -1, bucket, entry, looked = -1;
        private ulong standing, left;

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
                    at = Next();
                    if (at < 0) return false;
                    (buckets, bucket) = (index.byThree[TriggerBeginnings.Three(text, at)], 0); // Next stops at such only
                }
                (standing, entry) = (buckets[bucket].Standing(text.AsSpan(at)), 0);
            }
        }

        /// <summary>The next place where a trigger may begin; -1 when there is none.</summary>
        private int Next()
        {
            if (begun is null) return index.wordsOnly ? index.Beginnings.NextOfWords(text, at + 1) : index.Beginnings.Next(text, at + 1);
            while (true)
            {
                for (; left != 0; left &= left - 1)
                {
                    var place = (looked * 64) + BitOperations.TrailingZeroCount(left);
                    if (!index.Beginnings.MayBeAt(text, place)) continue;
                    left &= left - 1;
                    return place;
                }
                if (++looked == begun.Length) return -1;
                left = begun[looked];
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
