using System.Buffers;
using Contracts;
using Gateway.Risk.Personal;
using Gateway.Risk.Secrets;

namespace Gateway.Risk;

/// <summary>
/// Values that a conversation hands over piece by piece, a piece in each turn: "the first half is AKIA4QX7", "then comes …".
/// Puts together what looks like a piece in each of the last turns of one speaker, and looks for what is a secret of a
/// published shape, a card or an account by itself: those have a form or a check digit, so that pieces which only happen to
/// stand in one conversation are not taken for one. Of a turn that shows many such pieces none is taken.
/// </summary>
internal static class HandedOver
{
    /// <summary>Of a value, and turns back.</summary>
    private const int MostPieces = 8, MostTurns = 24;

    /// <summary>A turn that shows more is a listing, and none of it is anybody's next piece.</summary>
    private const int MostInTurn = 4;

    private const int LongestPiece = 64, ShortestValue = 13, LongestValue = 256;

    /// <summary>Put together by the gateway, so less sure than in one piece.</summary>
    private const double Sureness = 0.85;

    private static readonly RuleTable Shapes = new(SecretDetector.Vendors);
    private static readonly IRiskDetector[] Checked = [new CardDetector(), new IbanDetector()];
    private static readonly string[] Speakers = ["user", "assistant", "tool"];

    /// <summary>For each part what of a value it holds; null where there is nothing, as nearly always.</summary>
    public static List<Finding>?[]? In(IReadOnlyList<PromptPart> parts)
    {
        if (parts.Count < 2) return null;
        List<Finding>?[]? found = null;
        List<Piece> pieces = [];
        foreach (var speaker in Speakers)
        {
            if (!SpokeTwice(parts, speaker)) continue;
            pieces.Clear();
            for (var i = parts.Count - 1; i >= 0 && pieces.Count < MostTurns; i--)
            {
                if (IsTurn(parts[i], speaker) && PieceOf(parts[i].Text) is { } piece) pieces.Add(new(i, piece.Start, piece.End));
            }
            pieces.Reverse();
            for (var first = 0; first + 1 < pieces.Count;) first += Read(parts, pieces, first, ref found);
        }
        return found;
    }

    /// <summary>Or nothing can be in pieces.</summary>
    private static bool SpokeTwice(IReadOnlyList<PromptPart> parts, string speaker)
    {
        var turns = 0;
        for (var i = 0; i < parts.Count && turns < 2; i++) turns += IsTurn(parts[i], speaker) ? 1 : 0;
        return turns == 2;
    }

    private static bool IsTurn(PromptPart part, string speaker) => part.Kind is "text" or "tool result" && part.Role == speaker;

    /// <returns>How many pieces are done with.</returns>
    private static int Read(IReadOnlyList<PromptPart> parts, List<Piece> pieces, int first, ref List<Finding>?[]? found)
    {
        var value = TextOf(parts, pieces[first]);
        for (var last = first + 1; last < pieces.Count && last - first < MostPieces; last++)
        {
            value += TextOf(parts, pieces[last]);
            if (value.Length > LongestValue) break;
            if (value.Length < ShortestValue || Whole(value) is not { } whole) continue;
            found ??= new List<Finding>?[parts.Count];
            for (var at = first; at <= last; at++)
            {
                var (part, start, end) = pieces[at];
                (found[part] ??= []).Add(new Finding
                {
                    Detector = "turns.handed-over", Category = whole.Category, Type = whole.Type, Path = parts[part].Path, Start = start, End = end, Confidence = Sureness * whole.Confidence,
                    Reason = $"Is one of {last - first + 1} pieces, each in a turn of its own, that make such a value together.",
                });
            }
            return last - first + 1;
        }
        return 1;
    }

    /// <summary>What the text is, if it is one value from its beginning to its end.</summary>
    private static Finding? Whole(string value)
    {
        var text = new InspectedText(new PromptPart("", "", "text", value));
        List<Finding> found = [];
        Shapes.Detect(text, found.Add);
        foreach (var detector in Checked) detector.Detect(text, found);
        return found.Find(finding => finding.Start == 0 && finding.End == value.Length && finding.Confidence >= RiskScorer.LeastConfidence);
    }

    /// <summary>The one run of a turn that looks like part of a value: the last that stands in quotes, or else the last.</summary>
    private static (int Start, int End)? PieceOf(string text)
    {
        (int Start, int End)? last = null;
        var (quoted, count) = (false, 0);
        for (var at = 0; text.AsSpan(at).IndexOfAny(Telling) is >= 0 and var next;) // every piece has one of these, or stands right behind it
        {
            var start = at + next;
            while (start > at && Parts.Contains(text[start - 1])) start--;
            if (!Parts.Contains(text[start]) && (++start == text.Length || !Parts.Contains(text[start])))
            {
                at = start;
                continue;
            }
            at = start;
            while (at < text.Length && (Parts.Contains(text[at]) || PartsGroups(text, at))) at++;
            var inQuotes = start > 0 && at < text.Length && text[start - 1] is '"' or '\'' or '`' or '“' or '*';
            var end = at;
            while (end > start && text[end - 1] is '.' or '-' or '/') end--; // of the sentence
            if (end == start || end - start > LongestPiece || !(inQuotes || LooksRandom(text.AsSpan(start, end - start)))) continue;
            if (++count > MostInTurn) return null;
            if (inQuotes || !quoted) last = (start, end);
            quoted |= inQuotes;
        }
        return last;
    }

    /// <summary>What a piece is made of.</summary>
    private static readonly SearchValues<char> Parts = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/.=~");

    /// <summary>What makes one of a word: quotes before it, a digit or a capital in it.</summary>
    private static readonly SearchValues<char> Telling = SearchValues.Create("\"'`“*ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>A space between two digits.</summary>
    private static bool PartsGroups(string text, int at) => text[at] == ' ' && at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]);

    /// <summary>Has a digit, or capitals behind its first letter.</summary>
    private static bool LooksRandom(ReadOnlySpan<char> run) => run.Length >= 2 && (run.IndexOfAnyInRange('0', '9') >= 0 || run[1..].IndexOfAnyInRange('A', 'Z') >= 0);

    private static string TextOf(IReadOnlyList<PromptPart> parts, Piece piece) => parts[piece.Part].Text[piece.Start..piece.End].Replace(" ", "", StringComparison.Ordinal);

    private readonly record struct Piece(int Part, int Start, int End);
}
