using System.Buffers;
using System.Collections.Frozen;

namespace Gateway.Risk;

/// <summary>
/// Finds, in one pass over a text, the places where a rule is worth trying: where one of its trigger words stands.
/// A table of hundreds of rules so costs little on a text that mentions none of them.
/// </summary>
internal sealed class TriggerIndex<TRule>
{
    private readonly SearchValues<string> triggers;
    private readonly FrozenDictionary<char, (string Trigger, TRule Rule)[]> byFirstLetter;

    public TriggerIndex(IEnumerable<TRule> rules, Func<TRule, IEnumerable<string>> triggersOf)
    {
        var pairs = rules.SelectMany(rule => triggersOf(rule).Select(trigger => (Trigger: trigger, Rule: rule))).ToList();
        triggers = SearchValues.Create([.. pairs.Select(p => p.Trigger).Distinct(StringComparer.OrdinalIgnoreCase)], StringComparison.OrdinalIgnoreCase);
        byFirstLetter = pairs.GroupBy(p => char.ToLowerInvariant(p.Trigger[0])).ToFrozenDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>Every trigger's every place, in order of place; letter case is ignored.</summary>
    public IEnumerable<(TRule Rule, int At, string Trigger)> Hits(string text)
    {
        for (var at = Next(text, 0); at >= 0; at = Next(text, at + 1))
        {
            if (!byFirstLetter.TryGetValue(char.ToLowerInvariant(text[at]), out var candidates)) continue;
            foreach (var (trigger, rule) in candidates)
            {
                if (text.AsSpan(at).StartsWith(trigger, StringComparison.OrdinalIgnoreCase)) yield return (rule, at, trigger);
            }
        }
    }

    private int Next(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny(triggers);
        return at < 0 ? -1 : from + at;
    }
}
