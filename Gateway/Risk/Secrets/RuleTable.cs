using Contracts;
using Gateway.Risk.Secrets.Written;

namespace Gateway.Risk.Secrets;

/// <summary>Rules, and how they are tried on a text: only where a trigger word stands, each place once, in one pass.</summary>
internal sealed class RuleTable
{
    /// <summary>Refused values up to this length may be looked at again from a later trigger inside them.</summary>
    private const int LongRead = 128;

    /// <summary>How close a word must stand to make something harmless of a trigger.</summary>
    private const int NotAfterLength = 16;

    private readonly TriggerIndex<Attempt> index;

    public RuleTable(IReadOnlyList<SecretRule> rules)
    {
        Profiles = [.. rules.Select(rule => rule.Profile)];
        index = new(
            rules.SelectMany((rule, number) => rule.Triggers.Select(trigger => new Attempt(rule, number, trigger, rule.PartTriggers.Contains(trigger)))),
            attempt => [attempt.Trigger], attempt => attempt.Rule.StartsWord);
    }

    public IReadOnlyList<DetectorProfile> Profiles { get; }

    public TriggerBeginnings Beginnings => index.Beginnings;

    public void Detect(InspectedText text, Action<Finding> found)
    {
        int[]? readTo = null;
        Value? last = null;
        foreach (var (attempt, at, _) in index.Hits(text.Text, text.TriggerPlaces))
        {
            var rule = attempt.Rule;
            if (readTo is not null && at < readTo[attempt.Number]) continue;
            if (attempt.IsPart && !Words.StartsNamePart(text.Text, at)) continue;
            if (Match(attempt, text, at) is not { } value) continue;

            var end = Placeholders.TrimEnd(text.Text, value.Start, value.End);
            if (last is null || last.Start != value.Start || last.End != end) last = new(text.Text, value.Start, end);
            var accepted = IsSecret(rule, last);
            if (accepted) found(text.Finding(rule.Profile, value.Start, end, rule.Confidence, rule.Reason));

            // What a rule has taken or read at length it does not read again: a run full of triggers costs no more than its length.
            if (accepted || value.End - value.Start > LongRead) (readTo ??= new int[Profiles.Count])[attempt.Number] = value.End;
        }
    }

    private static (int Start, int End)? Match(Attempt attempt, InspectedText inspected, int trigger)
    {
        var (rule, text) = (attempt.Rule, inspected.Text);
        var at = trigger;
        while (at > 0 && trigger - at < rule.Lead && rule.LeadShape(text[at - 1])) at--;
        if (rule.StartsWord && !Words.StartsAt(text, at)) return null;
        if (rule.MayFit is { } mayFit && !mayFit(text.AsSpan(at))) return null;
        if (rule.After.Count > 0 && !Stands(rule.After, inspected.Before(at))) return null;
        if (rule.NotAfter.Count > 0 && Stands(rule.NotAfter, text.AsSpan(Math.Max(0, at - NotAfterLength), Math.Min(at, NotAfterLength)))) return null;

        if (rule.Needs is { } needs && text.AsSpan(at, Math.Min(rule.NeedsWithin, text.Length - at)).IndexOfAny(needs) < 0) return null;
        if (Begins(rule.NotAt, text.AsSpan(trigger))) return null;

        if (rule.Tail is { } tail) return ToldMatch.Find(rule.Pattern, tail, text, at);

        var from = rule.IsNamed ? ValueOf(text, trigger + attempt.Trigger.Length) : at;
        var window = Math.Min(rule.Window, text.Length - from);
        if (from < 0 || !rule.Pattern.IsMatch(text.AsSpan(from, window))) return null;

        var match = rule.Pattern.Match(text, from, window);
        var value = rule.HasValueGroup ? match.Groups["v"] : match;
        if (!value.Success) return null;

        var (start, end) = (value.Index, value.Index + value.Length);
        if (start - at > InspectedText.ContextLength) return null;
        if (end == from + window) end = Words.EndOfRun(text, end);
        if (rule.EndsWord && end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_')) return null;
        return (start, end);
    }

    /// <summary>Where the value of a name that ends here begins; -1 where it is given none.</summary>
    private static int ValueOf(string text, int nameEnd)
    {
        foreach (var lead in SecretRule.ToValue.EnumerateMatches(text.AsSpan(nameEnd, Math.Min(InspectedText.ContextLength, text.Length - nameEnd)))) return nameEnd + lead.Length;
        return -1;
    }

    private static bool Begins(IReadOnlyList<string> words, ReadOnlySpan<char> text)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (text.StartsWith(words[i], StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static bool Stands(IReadOnlyList<string> words, ReadOnlySpan<char> before)
    {
        foreach (var word in words)
        {
            if (before.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static bool IsSecret(SecretRule rule, Value value) =>
        !value.IsCutShort && !(rule.Padding is { } padding ? Placeholders.IsPlaceholder(value.Text.Replace(padding.ToString(), "")) : value.IsPlaceholder)
        && (rule.MinEntropy == 0 || Entropy.Of(value.Text) >= rule.MinEntropy) && rule.Accepts(value.Text);

    /// <summary>What several rules have come to in one place is read once: it may be as long as the text.</summary>
    private sealed class Value(string text, int start, int end)
    {
        private bool? isPlaceholder;

        public int Start => start;
        public int End => end;
        public string Text { get; } = text[start..end];
        public bool IsCutShort { get; } = Placeholders.IsCutShort(text, end);
        public bool IsPlaceholder => isPlaceholder ??= Placeholders.IsPlaceholder(Text);
    }

    /// <param name="Number">The rule's place in the table.</param>
    private sealed record Attempt(SecretRule Rule, int Number, string Trigger, bool IsPart);
}
