using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ApprovalsUI.Components.Hosts;

/// <summary>
/// Letters of other scripts that look like Latin ones: a choice from confusables.txt of UTS #39 (Unicode 16), those that are drawn
/// alike in common fonts. What is only wider, bolder or has marks on it is found by decomposition.
/// </summary>
internal static class Confusables
{
    private static readonly FrozenDictionary<int, char> Letters = Pairs(
        // Cyrillic
        "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwӏlгrѵvьbАaВbСcЕeНhІiЈjКkМmОoРpЅsТtХxУy",
        // Greek
        "αaοoνvρpιiυuγyσoΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧxϲcϳj",
        // Armenian
        "օoոnսuհhցgզqյj",
        // Cherokee
        "ᎠdᎡrᎢtᎪaᎬeᎳwᎷmᎻhᏀgᏃzᏙvᏚsᏞlᏟcᏢpᏦkᏴb",
        // Hebrew
        "סoוlןl",
        // Latin that is not ASCII
        "ɑaɡgıiɩiᴄcᴏoᴜuᴠvᴡwᴢzꜱsƅbℓl");

    /// <returns>The small ASCII letter or digit it looks like; null where it looks like none.</returns>
    internal static char? Of(Rune rune)
    {
        if (rune.IsAscii)
        {
            return (char)(rune.Value is >= 'A' and <= 'Z' ? rune.Value | 0x20 : rune.Value);
        }

        if (Letters.TryGetValue(rune.Value, out var letter))
        {
            return letter;
        }

        // Wide, bold, circled or accented: the first character of what it is made of, if the rest are marks.
        var parts = rune.ToString().Normalize(NormalizationForm.FormKD);
        var first = Rune.GetRuneAt(parts, 0);
        var rest = parts.AsSpan(first.Utf16SequenceLength);
        foreach (var mark in rest.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(mark) is not UnicodeCategory.NonSpacingMark)
            {
                return null;
            }
        }

        return first == rune ? null
            : first.IsAscii ? char.ToLowerInvariant((char)first.Value)
            : Letters.TryGetValue(first.Value, out var inner) ? inner : null;
    }

    private static FrozenDictionary<int, char> Pairs(params string[] scripts) =>
        scripts.SelectMany(pairs => pairs.EnumerateRunes().Chunk(2)).ToFrozenDictionary(pair => pair[0].Value, pair => (char)pair[1].Value);
}
