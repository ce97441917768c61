using System.Buffers;

namespace Gateway.Risk.Attacks;

/// <summary>Where a rule's way of speaking stands in a folded text.</summary>
/// <param name="Confidence">As sure as the rule is, before it is weighed who speaks.</param>
/// <param name="Damping">1, or less where the phrase is only quoted.</param>
internal sealed record AttackSign(AttackRule Rule, int Start, int End, double Confidence, double Damping);

/// <summary>All signs of the rules in a text, however weak, in order of place.</summary>
internal static class AttackSigns
{
    /// <summary>A sign is reported at most so often per text: more of the same tells nobody more.</summary>
    private const int MostPlaces = 3;

    /// <summary>Longest phrase looked at, in folded characters.</summary>
    private const int Window = 300;

    private static readonly AttackRule[] All = [.. OverrideRules.All, .. JailbreakRules.All, .. MarkupRules.All];
    private static readonly TriggerIndex<(AttackRule Rule, int Number)> Index = new(All.Select((rule, number) => (rule, number)), each => each.Rule.Triggers, wordsOnly: true);

    public static IReadOnlyList<AttackRule> Rules => All;

    public static int IndexOf(AttackRule rule) => Array.IndexOf(All, rule);

    public static IReadOnlyList<AttackSign> In(FoldedText folded)
    {
        List<AttackSign> signs = [];
        Span<int> needed = stackalloc int[All.Length];
        needed.Fill(-1);
        foreach (var ((rule, number), at, _) in Index.Hits(folded.Text))
        {
            if (rule.Needs is { } needs && Next(needs, folded.Text, at, ref needed[number]) >= at + Window) continue;
            if (HasEnough(signs, rule, at)) continue;
            if (Length(rule, folded.Text.AsSpan(at)) is not (> 0 and var length)) continue;
            signs.Add(new(rule, at, at + length, rule.Confidence, Quotation.Damping(folded.Text, at)));
        }
        return signs;
    }

    /// <summary>Where the next of what is needed stands; asked for places in their order, so that the text is searched once.</summary>
    private static int Next(SearchValues<string> needs, string text, int at, ref int known)
    {
        if (known < at) known = text.AsSpan(at).IndexOfAny(needs) is >= 0 and var next ? at + next : int.MaxValue - Window;
        return known;
    }

    /// <summary>The rule's last sign goes on here, or it has as many as count.</summary>
    private static bool HasEnough(List<AttackSign> signs, AttackRule rule, int at)
    {
        var places = 0;
        foreach (var sign in signs)
        {
            if (sign.Rule != rule) continue;
            if (sign.End > at || ++places == MostPlaces) return true;
        }
        return false;
    }

    /// <summary>How sure different signs make together; more of the same make no surer.</summary>
    public static double Together(IEnumerable<AttackSign> signs) =>
        1 - signs.GroupBy(sign => sign.Rule).Aggregate(1.0, (left, same) => left * (1 - same.Max(sign => sign.Confidence)));

    private static int Length(AttackRule rule, ReadOnlySpan<char> text)
    {
        foreach (var match in rule.Pattern.EnumerateMatches(text[..Math.Min(Window, text.Length)])) return match.Length;
        return 0;
    }
}
