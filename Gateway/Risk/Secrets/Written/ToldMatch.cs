using System.Text.RegularExpressions;

namespace Gateway.Risk.Secrets.Written;

/// <summary>
/// Reads on from a name to the value that a sentence gives it: "the password" – "for the old database" – "is now" – value. Goes
/// from left to right and takes the first that fits, so that nothing to the right can change what is found.
/// </summary>
internal static class ToldMatch
{
    /// <summary>Longest name, and longest stretch from "is" to the value's end that is looked at.</summary>
    private const int LongestName = 40, LongestTail = 160;

    public static (int Start, int End)? Find(Regex name, Regex tail, string text, int at)
    {
        if (EndOf(name, text, at) is not (>= 0 and var after)) return null;
        if (Value(tail, text, at, after) is { } direct) return direct;
        if (after < text.Length && char.IsAscii(text[after]) && text[after] is not (' ' or '\t' or '\'' or 's' or 'S')) return null; // or it is for nothing

        var purpose = Purpose.Regex.Match(text, after, Math.Min(LongestName, text.Length - after));
        if (!purpose.Success || purpose.Length == 0) return null;

        var next = after + purpose.Length;
        if (!purpose.Groups["for"].Success) return Value(tail, text, at, next);
        for (; next < text.Length && next - at < InspectedText.ContextLength && !EndsSentence(text, next); next++)
        {
            if (text[next] is ' ' or '\t' or ':' or '=' or '：' && Value(tail, text, at, next) is { } value) return value;
        }
        return null;
    }

    private static int EndOf(Regex name, string text, int at)
    {
        foreach (var named in name.EnumerateMatches(text.AsSpan(at, Math.Min(LongestName, text.Length - at)))) return at + named.Length;
        return -1;
    }

    private static (int Start, int End)? Value(Regex tail, string text, int at, int from)
    {
        if (from >= text.Length) return null;
        var window = Math.Min(LongestTail, text.Length - from);
        var match = tail.Match(text, from, window);
        if (!match.Success || match.Groups["v"] is not { Success: true } value || value.Index - at > InspectedText.ContextLength) return null;

        var end = value.Index + value.Length;
        return (value.Index, end == from + window ? Words.EndOfRun(text, end) : end);
    }

    private static bool EndsSentence(string text, int at) =>
        text[at] is '\n' or ';' or '!' or '?' || (text[at] == '.' && at + 1 < text.Length && char.IsWhiteSpace(text[at + 1]));

    /// <summary>"'s", "(old)", "for …": what a password is for.</summary>
    private static readonly LazyRegex Purpose = new(@"\A(?:['’]?s)?(?:[ \t]\([^()\n]{1,24}\))?(?:[ \t]+(?<for>for|of|on|to|in|at|from|under|für|fuer|von|vom|zum|zur|zu|im|beim|pour|du|de|del|des|da|do|das|dos|para|per|di|della|al|voor|van|bij|dla|na|til|för)(?:[ \t]))?", RegexOptions.IgnoreCase);
}
