namespace Gateway.Risk;

/// <summary>
/// Finds, in one pass over a text, the places where a rule is worth trying: where one of its trigger words stands.
/// A table of hundreds of rules so costs little on a text that mentions none of them: one bit for each pair of neighbouring
/// characters, then one for each three, decides whether any trigger begins there.
/// </summary>
internal sealed class TriggerIndex<TRule>
{
    private const int Letters = 128;
    private const int Threes = 1 << 17;

    private readonly ulong[] pairs = new ulong[Letters * Letters / 64];
    private readonly ulong[] threes = new ulong[Threes / 64];
    private readonly Entry[]?[] byPair = new Entry[]?[Letters * Letters];

    /// <param name="exactCase">Whether a rule's triggers count in their own letter case only.</param>
    public TriggerIndex(IEnumerable<TRule> rules, Func<TRule, IEnumerable<string>> triggersOf, Func<TRule, bool>? exactCase = null)
    {
        var entries = rules.SelectMany(rule => triggersOf(rule).Select(trigger => new Entry(trigger, rule, exactCase?.Invoke(rule) ?? false))).ToList();
        foreach (var (first, second, third) in entries.SelectMany(Beginnings)) Set(threes, Three(first, second, third));
        foreach (var group in entries.SelectMany(entry => Beginnings(entry).Select(b => Pair(b.First, b.Second)).Distinct().Select(pair => (Pair: pair, Entry: entry))).GroupBy(p => p.Pair))
        {
            Set(pairs, group.Key);
            byPair[group.Key] = [.. group.Select(p => p.Entry)];
        }
    }

    /// <summary>Every trigger's every place, in order of place; letter case is ignored unless a rule asks for it.</summary>
    public IEnumerable<(TRule Rule, int At, string Trigger)> Hits(string text)
    {
        for (var at = Next(text, 0); at >= 0; at = Next(text, at + 1))
        {
            var third = at + 2 < text.Length ? Fold(text[at + 2]) : '\0';
            foreach (var entry in byPair[Pair(text[at], at + 1 < text.Length ? text[at + 1] : '\0')]!) // Next stops at such pairs only
            {
                if (entry.Third is { } letter && letter != third) continue;
                if (text.AsSpan(at).StartsWith(entry.Trigger, entry.Comparison)) yield return (entry.Rule, at, entry.Trigger);
            }
        }
    }

    private int Next(string text, int from)
    {
        var (two, three) = (pairs, threes);
        for (var at = from; at < text.Length - 2; at++)
        {
            if (Has(two, Pair(text[at], text[at + 1])) && Has(three, Three(text[at], text[at + 1], text[at + 2]))) return at;
        }
        for (var at = Math.Max(from, text.Length - 2); at < text.Length; at++)
        {
            if (Has(two, Pair(text[at], at + 1 < text.Length ? text[at + 1] : '\0'))) return at;
        }
        return -1;
    }

    private static bool Has(ulong[] bits, int bit) => (bits[bit >> 6] & (1UL << (bit & 63))) != 0;

    private static void Set(ulong[] bits, int bit) => bits[bit >> 6] |= 1UL << (bit & 63);

    /// <summary>Characters beyond ASCII share the places of others: a false hit costs a comparison.</summary>
    private static int Pair(char first, char second) => ((first & (Letters - 1)) * Letters) | (second & (Letters - 1));

    private static int Three(char first, char second, char third) => ((Pair(first, second) * 37) ^ ((third & (Letters - 1)) * 1031)) & (Threes - 1);

    private static IEnumerable<(char First, char Second, char Third)> Beginnings(Entry entry) =>
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

    private static char Fold(char c) => c is >= 'A' and <= 'Z' ? (char)(c | ' ') : c;

    private sealed record Entry(string Trigger, TRule Rule, bool ExactCase)
    {
        /// <summary>Saves most comparisons; null where letter case is more than a bit, or there is no third letter.</summary>
        public char? Third { get; } = Trigger.Length > 2 && char.IsAscii(Trigger[2]) ? Fold(Trigger[2]) : null;
        public StringComparison Comparison { get; } = ExactCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
    }
}
