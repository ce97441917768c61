using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace Gateway.Risk.Attacks;

/// <summary>Texts that are rewritten as a whole: shifted by thirteen letters, turned around, or with their letters pulled apart.</summary>
internal static class RewrittenText
{
    /// <summary>So many words of a rewritten text must be recognised before it is worth rewriting it back.</summary>
    private const int FewestWords = 2;

    /// <summary>So many are enough to know what a text is written in.</summary>
    private const int MostWords = 8;

    /// <summary>So many letters in a row, each alone, are a word pulled apart.</summary>
    private const int FewestLetters = 5;

    private static readonly string[] Common =
        ["the", "and", "you", "your", "instructions", "ignore", "prompt", "system", "previous", "reveal", "secret", "password", "rules", "tell", "how", "make", "what", "print", "output", "say", "this", "all", "that", "with"];

    private static readonly SearchValues<string> Shifted = SearchValues.Create([.. Common.Select(word => Shift(word))], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Turned = SearchValues.Create([.. Common.Select(Turn)], StringComparison.OrdinalIgnoreCase);

    public static void AddTo(List<Disguise> found, string text)
    {
        var plain = Words(text, Plain);
        if (plain < MostWords) // or no rewritten text has more
        {
            if (Words(text, Shifted) is >= FewestWords and var shifted && shifted > plain) found.Add(new(0, text.Length, "shifted by thirteen letters", Shift(text)));
            if (Words(text, Turned) is >= FewestWords and var turned && turned > plain) found.Add(new(0, text.Length, "written backwards", Turn(text)));
        }
        if (PullTogether(text) is { } together) found.Add(new(0, text.Length, "in letters pulled apart", together) { SaysItAll = true });
    }

    private static readonly SearchValues<string> Plain = SearchValues.Create(Common, StringComparison.OrdinalIgnoreCase);

    /// <summary>How many different places hold one of the words alone; no more than a few are counted.</summary>
    private static int Words(string text, SearchValues<string> words)
    {
        var count = 0;
        for (var at = 0; at < text.Length && count < MostWords;)
        {
            if (text.AsSpan(at).IndexOfAny(words) is not (>= 0 and var next)) break;
            at += next;
            var end = at;
            while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
            if ((at == 0 || !char.IsAsciiLetter(text[at - 1])) && IsAsLong(end - at)) count++;
            at = Math.Max(end, at + 1);
        }
        return count;
    }

    /// <summary>As one of the words.</summary>
    private static bool IsAsLong(int length)
    {
        foreach (var word in Common)
        {
            if (word.Length == length) return true;
        }
        return false;
    }

    private static string Shift(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var at = 0; at < to.Length; at++)
        {
            var c = from[at];
            to[at] = char.IsAsciiLetterLower(c) ? (char)('a' + ((c - 'a' + 13) % 26)) : char.IsAsciiLetterUpper(c) ? (char)('A' + ((c - 'A' + 13) % 26)) : c;
        }
    });

    private static string Turn(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        from.CopyTo(to);
        to.Reverse();
    });

    /// <summary>The text with letters joined that stood alone between the same sign; two of the sign, or a longer gap, part words.</summary>
    private static string? PullTogether(string text)
    {
        StringBuilder? together = null;
        var copied = 0;
        for (var at = NextLone(text, 0); at + 2 < text.Length; at = NextLone(text, at))
        {
            var end = Alone(text, at);
            if (end <= at)
            {
                at++;
                continue;
            }
            together ??= new(text.Length);
            together.Append(text, copied, at - copied);
            var sign = text[at + 1];
            for (var letter = at; letter < end; letter++)
            {
                if (text[letter] != sign) together.Append(text[letter]);
                else if (letter + 1 < end && text[letter + 1] is var next && (next == sign || (!char.IsLetterOrDigit(next)))) together.Append(' ');
            }
            copied = at = end;
        }
        return together?.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Where the next letter or digit stands that has none beside it, or the last few characters begin. Sixteen are looked at together: few texts have many.</summary>
    private static int NextLone(string text, int from)
    {
        for (var near = from; near < from + 2 && near + 1 < text.Length; near++) // where one was, another often follows behind a sign
        {
            if (char.IsLetterOrDigit(text[near]) && !char.IsLetterOrDigit(text[near + 1]) && (near == 0 || !char.IsLetterOrDigit(text[near - 1]))) return near;
        }
        var at = from;
        for (; at + Characters.Count < text.Length; at += Characters.Count)
        {
            var parts = LettersAndDigits(text, at);
            var before = at > 0 && char.IsLetterOrDigit(text[at - 1]) ? 1u : 0;
            var behind = char.IsLetterOrDigit(text[at + Characters.Count]) ? 1u << (Characters.Count - 1) : 0;
            var lone = parts & ~((parts << 1) | before) & ~((parts >> 1) | behind);
            if (lone != 0) return at + BitOperations.TrailingZeroCount(lone);
        }
        return at;
    }

    private static uint LettersAndDigits(string text, int at)
    {
        var characters = Characters.At(text, at);
        var parts = (Characters.AreLetters(characters) | Characters.In(characters, '0', '9')).ExtractMostSignificantBits();
        for (var beyond = characters.ExtractMostSignificantBits(); beyond != 0; beyond &= beyond - 1) // whatever is beyond ASCII
        {
            var place = BitOperations.TrailingZeroCount(beyond);
            if (char.IsLetterOrDigit(text[at + place])) parts |= 1u << place;
        }
        return parts;
    }

    /// <summary>Where the run of lone letters that begins here ends; its beginning, if there is none.</summary>
    private static int Alone(string text, int start)
    {
        if (!char.IsLetterOrDigit(text[start]) || char.IsLetterOrDigit(text[start + 1]) || text[start + 1] == '\n' || (start > 0 && char.IsLetterOrDigit(text[start - 1]))) return start;
        var (sign, letters, at) = (text[start + 1], 1, start + 1);
        while (at < text.Length && text[at] == sign)
        {
            var gap = at;
            while (gap < text.Length && gap < at + 4 && !char.IsLetterOrDigit(text[gap])) gap++;
            if (gap >= text.Length || !char.IsLetterOrDigit(text[gap]) || (gap + 1 < text.Length && char.IsLetterOrDigit(text[gap + 1]))) break;
            letters++;
            at = gap + 1;
        }
        return letters >= FewestLetters ? at : start;
    }
}
