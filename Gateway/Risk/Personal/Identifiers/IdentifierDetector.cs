using System.Buffers;
using Contracts;

namespace Gateway.Risk.Personal.Identifiers;

/// <summary>
/// Finds identifiers by the shape of what is written: around every digit the groups that stand together are drawn as a shape
/// (<c>AA 99 99 99 A</c>), and a tree of shapes says which rules know that shape.
/// </summary>
/// <param name="acrossWords">Only shapes that cross white space at a letter; those an answer, judged in pieces, cannot have.</param>
internal sealed class IdentifierDetector(bool acrossWords) : IRiskDetector
{
    private const int MostGroups = 7, Longest = 32;

    /// <summary>Letters before the first digit that may belong to it, as in <c>HH-AB-1234</c>.</summary>
    private const int MostLetterGroups = 2, LongestLetterGroup = 4;

    /// <summary>Digits and nothing else: one number in ten has the right check digit, so without a word before it that is a guess, unless much more must agree.</summary>
    private const double Guess = 0.25, Distinctive = 0.7;

    private static readonly IdentifierRule[] Rules =
        [.. NorthAmerica.All, .. UnitedKingdom.All, .. Germany.All, .. WesternEurope.All, .. NorthernEurope.All, .. EasternEurope.All, .. LatinAmerica.All, .. EastAsia.All, .. SouthAsia.All, .. AfricaAndNearEast.All, .. Oceania.All];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private readonly ShapeTree shapes = new(Rules.SelectMany(rule => rule.Shapes.Where(shape => IdentifierRule.CrossesWords(shape) == acrossWords).Select(shape => (shape, rule))));

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [.. Rules.Select(rule => acrossWords ? rule.Spaced : rule.Joined).OfType<DetectorProfile>()];

    public bool ReadsAnswers => !acrossWords;

    public void Detect(InspectedText text, List<Finding> found)
    {
        var all = text.Text;
        for (var at = Next(all, 0); at >= 0;)
        {
            var start = StartOfGroup(all, at);
            var end = EndOfGroup(all, at);
            Look(text, start, found);
            for (var (back, steps) = (Before(all, start), 0); back >= 0 && steps < MostLetterGroups; back = Before(all, back), steps++) Look(text, back, found);
            at = Next(all, end);
        }
    }

    /// <summary>Draws the shape from here on as long as one begins so, and asks who knows it at the end of every group.</summary>
    private void Look(InspectedText text, int start, List<Finding> found)
    {
        var all = text.Text;
        if (!MayStart(all, start)) return;
        var (at, groups, spaced, shape) = (start, 0, false, ShapeTree.Root);
        while (groups < MostGroups)
        {
            for (; at < all.Length && char.IsAsciiLetterOrDigit(all[at]); at++)
            {
                shape = shapes.Next(shape, char.IsAsciiDigit(all[at]) ? '9' : 'A');
                if (at - start == Longest || shape == ShapeTree.None) return;
            }
            groups++;
            if (MayEnd(all, at) && !(spaced && IsPartOfMore(all, start, at)) && shapes.RulesOf(shape) is { } rules) Judge(text, start, at, rules, found);
            if (at + 1 >= all.Length || at - start >= Longest - 1 || !Joins(all, at)) return;
            spaced |= all[at] is ' ' or '\u00A0';
            shape = shapes.Next(shape, all[at] == '\u00A0' ? ' ' : all[at]);
            if (shape == ShapeTree.None) return;
            at++;
        }
    }

    private void Judge(InspectedText text, int start, int end, IdentifierRule[] rules, List<Finding> found)
    {
        var compact = string.Concat(text.Text[start..end].Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var bare = compact.Length == end - start && compact.All(char.IsAsciiDigit);
        foreach (var rule in rules)
        {
            if (!rule.Valid(compact)) continue;
            var confidence = rule.Words.StandsBefore(text, start) ? rule.Named : bare && rule.Alone < Distinctive ? Math.Min(rule.Alone, Guess) : rule.Alone;
            if (confidence > 0) found.Add(text.Finding((acrossWords ? rule.Spaced : rule.Joined)!, start, end, confidence, rule.Reason));
        }
    }

    private bool Joins(string text, int at) =>
        char.IsAsciiLetterOrDigit(text[at + 1]) && (text[at] is '-' or '.' or '/' or ':' || (text[at] is ' ' or '\u00A0' && (acrossWords || (char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1])))));

    private static int Next(string text, int from)
    {
        if (from >= text.Length) return -1;
        var at = text.AsSpan(from).IndexOfAny(Digits);
        return at < 0 ? -1 : from + at;
    }

    private static int StartOfGroup(string text, int at)
    {
        while (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1])) at--;
        return at;
    }

    private static int EndOfGroup(string text, int at)
    {
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
        return at;
    }

    /// <summary>Start of a short group of letters joined to the one at <paramref name="start"/>, or -1.</summary>
    private int Before(string text, int start)
    {
        if (start < 2 || !(text[start - 1] is '-' or '.' || (acrossWords && text[start - 1] == ' '))) return -1;
        var at = start - 1;
        while (at > 0 && char.IsAsciiLetter(text[at - 1]) && start - 1 - at <= LongestLetterGroup) at--;
        return at < start - 1 && start - 1 - at <= LongestLetterGroup ? at : -1;
    }

    private static bool MayStart(string text, int start)
    {
        if (start == 0) return true;
        var before = text[start - 1];
        if (char.IsLetterOrDigit(before) || before is '_' or '$' or '€' or '£' or '%') return false;
        if (before is not ('-' or '.' or '/' or ':' or '+') || start == 1) return before != '+';
        return before == ':' ? !char.IsAsciiDigit(text[start - 2]) : !char.IsLetterOrDigit(text[start - 2]);
    }

    private static bool MayEnd(string text, int end)
    {
        if (end == text.Length) return true;
        var after = text[end];
        if (char.IsLetterOrDigit(after) || after is '_' or '%' or '€' or '@') return false;
        return !(after is '-' or '.' or '/' or ':' or ',') || end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1]) || (after == ',' && !char.IsAsciiDigit(text[end + 1]));
    }

    /// <summary>Groups of digits with spaces between go on before or behind: this is a part of another number.</summary>
    private static bool IsPartOfMore(string text, int start, int end) =>
        (start > 1 && text[start - 1] is ' ' or '\u00A0' && char.IsAsciiDigit(text[start - 2]) && char.IsAsciiDigit(text[start]))
        || (end + 1 < text.Length && text[end] is ' ' or '\u00A0' && char.IsAsciiDigit(text[end - 1]) && char.IsAsciiDigit(text[end + 1]));
}
