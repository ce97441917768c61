using System.Globalization;
using System.Text;

namespace ApprovalsUI.Components.Hosts;

/// <summary>A host name in a text that is not what it looks like.</summary>
/// <param name="Words">What to say of it, beginning in the middle of a sentence.</param>
internal readonly record struct TrickyHost(int Start, int Length, string Words);

/// <summary>Finds host names made to be taken for others. One walk over the text; a name is looked at once, up to the length a name can have.</summary>
internal static class HostNames
{
    private const int Longest = 253;
    private const string Dots = ".。．｡";

    internal static List<TrickyHost> Find(string text)
    {
        var found = new List<TrickyHost>();
        for (var at = 0; at < text.Length;)
        {
            var length = Length(text, at, out var interesting);
            if (interesting && length <= Longest && Trimmed(text, at, length) is var (start, end) && end > start && HostLook.At(text[start..end], IsAddress(text, start)) is { } words)
            {
                found.Add(new(start, end - start, words));
            }

            at += Math.Max(length, 1);
        }

        return found;
    }

    internal static string[] Labels(string host) => host.Split(Dots.ToCharArray());

    /// <param name="interesting">There is a dot in it, and something beside plain letters.</param>
    private static int Length(string text, int at, out bool interesting)
    {
        var (end, dots, odd) = (at, false, false);
        while (end < text.Length && Rune.TryGetRuneAt(text, end, out var rune) && Belongs(rune))
        {
            dots |= Dots.Contains((char)rune.Value, StringComparison.Ordinal) && rune.IsBmp;
            odd |= !rune.IsAscii || Rune.IsDigit(rune) || rune.Value == '-' || rune.Value is 'r' or 'v';
            end += rune.Utf16SequenceLength;
        }

        interesting = dots && odd;
        return end - at;
    }

    private static bool Belongs(Rune rune) =>
        rune.IsAscii ? Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '.'
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark || (rune.IsBmp && Dots.Contains((char)rune.Value, StringComparison.Ordinal));

    /// <summary>Without the dots and hyphens of the sentence around it.</summary>
    private static (int Start, int End) Trimmed(string text, int at, int length)
    {
        var (start, end) = (at, at + length);
        while (start < end && (text[start] == '-' || Dots.Contains(text[start], StringComparison.Ordinal)))
        {
            start++;
        }

        while (end > start && (text[end - 1] == '-' || Dots.Contains(text[end - 1], StringComparison.Ordinal)))
        {
            end--;
        }

        return (start, end);
    }

    /// <summary>Behind <c>//</c> or <c>@</c> it is a host whatever it looks like.</summary>
    private static bool IsAddress(string text, int start) => start > 0 && (text[start - 1] == '@' || (start > 1 && text[start - 1] == '/' && text[start - 2] == '/'));
}
