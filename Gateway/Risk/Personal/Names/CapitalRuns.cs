using System.Buffers;
using System.Collections.Frozen;

namespace Gateway.Risk.Personal.Names;

/// <summary>A word of a run of capitalised words.</summary>
/// <param name="Lists">Which it is on, in lower case and without a closing dot.</param>
internal readonly record struct CapitalWord(int Start, int End, Lists Lists, bool IsInitial)
{
    /// <summary>Without a closing dot.</summary>
    public int Length => End - Start - (IsInitial ? 1 : 0);
}

/// <summary>What stands before a run.</summary>
/// <param name="Lists">Of the word; none at the start of a line or behind other signs.</param>
/// <param name="Labelled">A colon stands between.</param>
/// <param name="StartsSentence">The first word would be capitalised whatever it is.</param>
internal readonly record struct WordBefore(Lists Lists, bool Labelled, bool StartsSentence);

/// <summary>Capitalised words that stand together, one space apart, with small words such as <c>van</c> between.</summary>
internal static class CapitalRuns
{
    public const int MostWords = 6, LongestWord = 30;

    /// <summary>Of ASCII; what is beyond it is looked at one by one.</summary>
    private static readonly SearchValues<char> NoCapitals = SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsUpper(c))]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Particles = Cues.Particles.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The next run, and where to look on behind it; false when there is none.</summary>
    public static bool Next(string text, ref int at, List<CapitalWord> words)
    {
        words.Clear();
        while (text.AsSpan(at).IndexOfAnyExcept(NoCapitals) is >= 0 and var skipped)
        {
            at += skipped;
            if (!char.IsUpper(text[at]) || (at > 0 && IsWordPart(text[at - 1])))
            {
                at++;
                continue;
            }
            var next = at;
            while (words.Count < MostWords && Word(text, next) is { } word)
            {
                words.Add(word);
                next = word.End;
                if (next + 1 >= text.Length || text[next] is not (' ' or '\u00A0')) break;
                next = AfterParticles(text, next + 1);
            }
            if (words.Count > 0)
            {
                at = words[^1].End;
                return true;
            }
            at = EndOfWord(text, at);
        }
        return false;
    }

    private static CapitalWord? Word(string text, int at)
    {
        if (at >= text.Length || !char.IsUpper(text[at])) return null;
        var end = EndOfWord(text, at);
        if (end - at > LongestWord || (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '_' or '@' || (text[end] == '-' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))) return null;
        var initial = end - at == 1 && end < text.Length && text[end] == '.';
        var word = text.AsSpan(at, end - at);
        Span<char> lower = stackalloc char[LongestWord];
        lower = lower[..word.ToLowerInvariant(lower)];
        var lists = Listed.Of(lower);
        if (!initial && (word.Length == 1 || lists.On(Lists.Never) || (IsAllCapitals(word) && !lists.On(Lists.Given | Lists.Family | Lists.Place)))) return null;
        if (lower.EndsWith("'s", StringComparison.Ordinal) || lower.EndsWith("’s", StringComparison.Ordinal)) (end, lists) = (end - 2, Listed.Of(lower[..^2]));
        return new(at, initial ? end + 1 : end, lists, initial);
    }

    private static int AfterParticles(string text, int at)
    {
        for (var steps = 0; steps < 2; steps++)
        {
            var end = at;
            while (end < text.Length && char.IsLower(text[end]) && end - at < 6) end++;
            if (end == at || end >= text.Length || text[end] != ' ' || !Particles.Contains(text.AsSpan(at, end - at))) break;
            at = end + 1;
        }
        return at;
    }

    private static int EndOfWord(string text, int at)
    {
        while (at < text.Length && (char.IsLetter(text[at]) || (text[at] is '-' or '\'' or '’' && at + 1 < text.Length && char.IsLetter(text[at + 1])))) at++;
        return at;
    }

    private static bool IsAllCapitals(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsLower(c)) return false;
        }
        return true;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '\'' or '’' or '-' or '@' or '/' or '\\' or '#' or '$';

    public static WordBefore Before(string text, int start)
    {
        var at = start;
        while (at > 0 && text[at - 1] is ' ' or '\t' or '\u00A0' or '*' or '"' or '\'' or '(' or '“') at--;
        if (at == 0 || text[at - 1] is '\n' or '\r') return new(AtLineStart(text, at), false, true);
        var labelled = text[at - 1] == ':';
        if (text[at - 1] == '@') return new(Listed.Of("@"), false, false);
        if (labelled || text[at - 1] is ',' or '.') at--;
        while (labelled && at > 0 && text[at - 1] is '*' or ' ' or '"') at--;
        var end = at;
        while (at > 0 && (char.IsLetter(text[at - 1]) || text[at - 1] is '\'' or '’') && end - at < LongestWord) at--;
        var sentence = end < start && end > 0 && end < text.Length && text[end] == '.' ;
        Span<char> word = stackalloc char[LongestWord];
        word = word[..text.AsSpan(at, end - at).ToLowerInvariant(word)];
        word.Replace('’', '\'');
        return new(Listed.Of(word), labelled, (sentence && end - at > 3) || end == at || text[end - 1] is '!' or '?' or '>');
    }

    /// <summary>Behind a greeting's or a farewell's line break: <c>Regards,</c>.</summary>
    private static Lists AtLineStart(string text, int at)
    {
        while (at > 0 && text[at - 1] is '\n' or '\r' or ',' or ' ') at--;
        var end = at;
        while (at > 0 && char.IsLetter(text[at - 1]) && end - at < LongestWord) at--;
        Span<char> word = stackalloc char[LongestWord];
        word = word[..text.AsSpan(at, end - at).ToLowerInvariant(word)];
        return word is "regards" or "sincerely" or "cheers" or "thanks" or "grüße" or "cordialement" or "saludos" ? Listed.Of(word) : Lists.None;
    }
}
