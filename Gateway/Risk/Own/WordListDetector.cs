using System.Buffers;
using System.Collections.Frozen;
using Contracts;

namespace Gateway.Risk.Own;

/// <summary>
/// Words of this installation, found as a reader would see them: in any letter case, with look-alike letters and invisible
/// characters folded away, but only as whole words. A list is split in two: single words are also looked for in answers as they
/// stream, several words in a row only in whole texts.
/// </summary>
internal sealed class WordListDetector : IRiskDetector
{
    private const int LongestWord = 200;

    private readonly DetectorProfile profile;
    private readonly double confidence;
    private readonly SearchValues<string> anywhere;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> words;

    /// <summary>Longest first: of two that begin at one place, the longer one is meant.</summary>
    private readonly int[] lengths;
    private readonly bool singleWords;

    private WordListDetector(WordListOptions options, bool singleWords, List<string> folded)
    {
        (profile, confidence, this.singleWords) = (options.Profile, options.Confidence, singleWords);
        anywhere = SearchValues.Create([.. folded], StringComparison.Ordinal);
        words = folded.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        lengths = [.. folded.Select(word => word.Length).Distinct().OrderDescending()];
    }

    public IReadOnlyList<DetectorProfile> Profiles => [profile];
    public bool ReadsAnswers => singleWords;

    public static IEnumerable<WordListDetector> Of(WordListOptions options)
    {
        var lines = options.File is { } file ? File.ReadLines(file).Where(line => !line.StartsWith('#')) : [];
        var folded = options.Words.Concat(lines).Select(word => FoldedText.Of(word.Trim()).Text.Trim()).Where(word => word.Length is > 0 and <= LongestWord).Distinct().ToLookup(word => word.Contains(' ', StringComparison.Ordinal));
        foreach (var group in folded) yield return new(options, singleWords: !group.Key, [.. group]);
    }

    public void Detect(InspectedText text, List<Finding> found)
    {
        var folded = singleWords ? text.Folded.Text : text.Folded.Text.Replace('\n', ' ');
        for (var at = 0; folded.AsSpan(at).IndexOfAny(anywhere) is >= 0 and var next;)
        {
            at += next;
            var length = LengthAt(folded, at);
            if (length > 0)
            {
                var (start, end) = text.Folded.Original(at, at + length);
                found.Add(text.Finding(profile, start, end, confidence, "Stands in a word list of this installation."));
            }
            at += Math.Max(1, length);
        }
    }

    /// <summary>Length of the whole word that begins here, or 0.</summary>
    private int LengthAt(string text, int at)
    {
        if (at > 0 && char.IsLetterOrDigit(text[at]) && char.IsLetterOrDigit(text[at - 1])) return 0;
        foreach (var length in lengths)
        {
            if (at + length > text.Length || !words.Contains(text.AsSpan(at, length))) continue;
            if (at + length == text.Length || !char.IsLetterOrDigit(text[at + length - 1]) || !char.IsLetterOrDigit(text[at + length])) return length;
        }
        return 0;
    }
}
