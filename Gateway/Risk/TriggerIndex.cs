namespace Gateway.Risk;

/// <summary>
/// Finds, in one pass over a text, the places where a rule is worth trying: where one of its trigger words stands.
/// A table of hundreds of rules so costs little on a text that mentions none of them: one bit decides for each pair of
/// neighbouring characters whether any trigger begins with it.
/// </summary>
internal sealed class TriggerIndex<TRule>
{
    private const int Letters = 128;

    private readonly ulong[] begins = new ulong[Letters * Letters / 64];
    private readonly Entry[]?[] byPair = new Entry[]?[Letters * Letters];

    /// <param name="exactCase">Whether a rule's triggers count in their own letter case only.</param>
    public TriggerIndex(IEnumerable<TRule> rules, Func<TRule, IEnumerable<string>> triggersOf, Func<TRule, bool>? exactCase = null)
    {
        var entries = rules.SelectMany(rule => triggersOf(rule).Select(trigger => new Entry(trigger, rule, exactCase?.Invoke(rule) ?? false)));
        foreach (var group in entries.SelectMany(entry => PairsOf(entry).Distinct().Select(pair => (Pair: pair, Entry: entry))).GroupBy(p => p.Pair))
        {
            begins[group.Key >> 6] |= 1UL << (group.Key & 63);
            byPair[group.Key] = [.. group.Select(p => p.Entry)];
        }
    }

    /// <summary>Every trigger's every place, in order of place; letter case is ignored unless a rule asks for it.</summary>
    public IEnumerable<(TRule Rule, int At, string Trigger)> Hits(string text)
    {
        for (var at = Next(text, 0); at >= 0; at = Next(text, at + 1))
        {
            foreach (var entry in byPair[PairAt(text, at)]!) // Next stops at such pairs only
            {
                if (string.Compare(text, at, entry.Trigger, 0, entry.Trigger.Length, entry.Comparison) == 0) yield return (entry.Rule, at, entry.Trigger);
            }
        }
    }

    private int Next(string text, int from)
    {
        var bits = begins;
        for (var at = from; at < text.Length; at++)
        {
            var pair = PairAt(text, at);
            if ((bits[pair >> 6] & (1UL << (pair & 63))) != 0) return at;
        }
        return -1;
    }

    /// <summary>Characters beyond ASCII share the places of others: a false hit costs a comparison.</summary>
    private static int PairAt(string text, int at) =>
        ((text[at] & (Letters - 1)) * Letters) | (at + 1 < text.Length ? text[at + 1] & (Letters - 1) : 0);

    private static IEnumerable<int> PairsOf(Entry entry) =>
        from first in Cases(entry.Trigger[0], entry)
        from second in entry.Trigger.Length > 1 ? Cases(entry.Trigger[1], entry) : Enumerable.Range(0, Letters)
        select (first * Letters) | second;

    private static IEnumerable<int> Cases(char letter, Entry entry) =>
        entry.ExactCase ? [letter & (Letters - 1)] : [letter & (Letters - 1), char.ToLowerInvariant(letter) & (Letters - 1), char.ToUpperInvariant(letter) & (Letters - 1)];

    private sealed record Entry(string Trigger, TRule Rule, bool ExactCase)
    {
        public StringComparison Comparison { get; } = ExactCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
    }
}
