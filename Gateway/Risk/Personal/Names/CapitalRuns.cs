using System.Buffers;
using System.Collections.Frozen;

namespace Gateway.Risk.Personal.Names;

/// <summary>A word of a run of capitalised words.</summary>
/// <param name="Lower">In lower case, without a closing dot.</param>
internal readonly record struct CapitalWord(int Start, int End, string Lower, bool IsInitial);

/// <summary>Capitalised words that stand together, one space apart, with small words such as <c>van</c> between.</summary>
internal sealed class CapitalRun(string text, List<CapitalWord> words)
{
    private WordBefore? before;

    public List<CapitalWord> Words => words;

    /// <summary>Read when first asked for: most runs are one ordinary word, and nobody asks.</summary>
    public WordBefore Before => before ??= CapitalRuns.Before(text, words[0].Start);
}

/// <summary>What stands before a run.</summary>
/// <param name="Word">In lower case, empty at the start of a line or behind other signs.</param>
/// <param name="Labelled">A colon stands between.</param>
/// <param name="StartsSentence">The first word would be capitalised whatever it is.</param>
internal sealed record WordBefore(string Word, bool Labelled, bool StartsSentence);

internal static class CapitalRuns
{
    private const int MostWords = 6, LongestWord = 30;

    /// <summary>Of ASCII; what is beyond it is looked at one by one.</summary>
    private static readonly SearchValues<char> NoCapitals = SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsUpper(c))]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Particles = Cues.Particles.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IEnumerable<CapitalRun> In(string text)
    {
        for (var at = 0; text.AsSpan(at).IndexOfAnyExcept(NoCapitals) is >= 0 and var skipped;)
        {
            at += skipped;
            if (!char.IsUpper(text[at]) || (at > 0 && IsWordPart(text[at - 1])))
            {
                at++;
                continue;
            }
            List<CapitalWord> words = [];
            var next = at;
            while (words.Count < MostWords && Word(text, next) is { } word)
            {
                words.Add(word);
                next = word.End;
                if (next + 1 >= text.Length || text[next] is not (' ' or '\u00A0')) break;
                next = AfterParticles(text, next + 1);
            }
            if (words.Count == 0)
            {
                at = EndOfWord(text, at);
                continue;
            }
            yield return new(text, words);
            at = words[^1].End;
        }
    }

    private static CapitalWord? Word(string text, int at)
    {
        if (at >= text.Length || !char.IsUpper(text[at])) return null;
        var end = EndOfWord(text, at);
        if (end - at > LongestWord || (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '_' or '@' || (text[end] == '-' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))) return null;
        var initial = end - at == 1 && end < text.Length && text[end] == '.';
        var word = text.AsSpan(at, end - at);
        var lower = string.Create(word.Length, (text, at), static (to, from) => from.text.AsSpan(from.at, to.Length).ToLowerInvariant(to));
        if (!initial && (word.Length == 1 || Cues.Never.Contains(lower) || (IsAllCapitals(word) && !IsListed(lower)))) return null;
        if (lower.EndsWith("'s", StringComparison.Ordinal) || lower.EndsWith("’s", StringComparison.Ordinal)) (end, lower) = (end - 2, lower[..^2]);
        return new(at, initial ? end + 1 : end, lower, initial);
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

    private static bool IsListed(string lower) => Gazetteer.Given.Contains(lower) || Gazetteer.Family.Contains(lower) || Gazetteer.Places.Contains(lower);

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
        if (text[at - 1] == '@') return new("@", false, false);
        if (labelled || text[at - 1] is ',' or '.') at--;
        while (labelled && at > 0 && text[at - 1] is '*' or ' ' or '"') at--;
        var end = at;
        while (at > 0 && (char.IsLetter(text[at - 1]) || text[at - 1] is '\'' or '’') && end - at < LongestWord) at--;
        var sentence = end < start && end > 0 && end < text.Length && text[end] == '.' ;
        return new(text[at..end].ToLowerInvariant().Replace('’', '\''), labelled, (sentence && end - at > 3) || end == at || text[end - 1] is '!' or '?' or '>');
    }

    /// <summary>Behind a greeting's or a farewell's line break: <c>Regards,</c>.</summary>
    private static string AtLineStart(string text, int at)
    {
        while (at > 0 && text[at - 1] is '\n' or '\r' or ',' or ' ') at--;
        var end = at;
        while (at > 0 && char.IsLetter(text[at - 1]) && end - at < LongestWord) at--;
        var word = text[at..end].ToLowerInvariant();
        return word is "regards" or "sincerely" or "cheers" or "thanks" or "grüße" or "cordialement" or "saludos" ? word : "";
    }
}
