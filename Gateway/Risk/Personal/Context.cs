using System.Buffers;

namespace Gateway.Risk.Personal;

/// <summary>Words that, standing before a number, say what it is.</summary>
internal sealed class Context(params string[] words)
{
    private readonly SearchValues<string> any = SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>One of the words begins a word shortly before <paramref name="start"/>, with no other number in between.</summary>
    public bool StandsBefore(InspectedText text, int start, int within = InspectedText.ContextLength)
    {
        var before = text.Before(start);
        before = before[Math.Max(AfterLastNumber(before), before.Length - within)..];
        for (var from = 0; before[from..].IndexOfAny(any) is >= 0 and var at; from += at + 1)
        {
            var word = from + at;
            var beginsWord = word > 0 ? !char.IsLetter(before[word - 1]) || char.IsUpper(before[word]) : start == before.Length;
            if (beginsWord) return true;
        }
        return false;
    }

    /// <summary>A word belongs to the number next after it; three digits make a number.</summary>
    private static int AfterLastNumber(ReadOnlySpan<char> before)
    {
        var digits = 0;
        for (var at = before.Length - 1; at >= 0; at--)
        {
            digits = char.IsAsciiDigit(before[at]) ? digits + 1 : 0;
            if (digits == 3) return at + 3;
        }
        return 0;
    }
}
