using Contracts;

namespace Gateway.Risk.Secrets;

/// <summary>Finds credentials by a table of rules, each tried only where one of its trigger words stands.</summary>
internal sealed class SecretDetector : IRiskDetector
{
    /// <summary>A rule looks at no more than this many units; what it matched is then taken to the end of its run.</summary>
    private const int Window = 1_024;

    /// <summary>Refused values up to this length may be looked at again from a later trigger inside them.</summary>
    private const int LongRead = 128;

    private static readonly SecretRule[] Rules =
        [.. CloudRules.All, .. CodeHostingRules.All, .. MessagingRules.All, .. ServiceRules.All, .. WrittenRules.All];

    private static readonly TriggerIndex<SecretRule> Index = new(Rules, rule => rule.Triggers);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [.. Rules.Select(rule => rule.Profile)];

    public void Detect(InspectedText text, List<Finding> found)
    {
        Dictionary<SecretRule, int>? searchedTo = null;
        foreach (var (rule, at, trigger) in Index.Hits(text.Text))
        {
            if (searchedTo is not null && searchedTo.TryGetValue(rule, out var read) && at < read) continue;
            if (rule.StartsWord && !text.Text.AsSpan(at).StartsWith(trigger, StringComparison.Ordinal)) continue;
            if (rule.PartTriggers.Contains(trigger) && !Words.StartsNamePart(text.Text, at)) continue;
            if (Match(rule, text.Text, at) is not { } value) continue;

            var end = Placeholders.TrimEnd(text.Text, value.Start, value.End);
            var accepted = IsSecret(rule, text.Text, value.Start, end);
            if (accepted) found.Add(text.Finding(rule.Profile, value.Start, end, rule.Confidence, rule.Reason));

            // What a rule has taken or read at length it does not read again: a run full of triggers costs no more than its length.
            if (accepted || value.End - value.Start > LongRead) (searchedTo ??= new(ReferenceEqualityComparer.Instance))[rule] = value.End;
        }
    }

    private static (int Start, int End)? Match(SecretRule rule, string text, int trigger)
    {
        var at = trigger;
        while (at > 0 && trigger - at < rule.Lead && IsTokenPart(text[at - 1])) at--;
        if (rule.StartsWord && !Words.StartsAt(text, at)) return null;

        var window = Math.Min(Window, text.Length - at);
        if (!rule.Pattern.IsMatch(text.AsSpan(at, window))) return null;

        var match = rule.Pattern.Match(text, at, window);
        var value = match.Groups["v"] is { Success: true } named ? named : match;
        var (start, end) = (value.Index, value.Index + value.Length);
        if (start - at > InspectedText.ContextLength) return null;
        if (end == at + window) end = Words.EndOfRun(text, end);
        if (rule.EndsWord && end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_')) return null;
        return (start, end);
    }

    private static bool IsSecret(SecretRule rule, string text, int start, int end)
    {
        var value = text[start..end];
        return !Placeholders.IsPlaceholder(value) && !Placeholders.IsCutShort(text, end) && Entropy.Of(value) >= rule.MinEntropy && rule.Accepts(value);
    }

    private static bool IsTokenPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '~' or '.';
}
