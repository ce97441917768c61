using Contracts;
using Gateway.Risk.Personal.Identifiers;

namespace Gateway.Risk.Personal;

/// <summary>Payment card numbers: an issuer's range, its length, and the Luhn digit.</summary>
internal sealed class CardDetector : IRiskDetector
{
    private static readonly Context Cards = new("card", "credit", "debit", "visa", "mastercard", "amex", "maestro", "cc", "pan", "payment", "karte", "carte", "tarjeta");

    private const int LongestCardNumber = 19;

    private static readonly DetectorProfile Profile = new("personal.card", RiskCategory.Personal, "CREDIT_CARD",
        [MadeUpCard("pay with ⟦", "4111 1111 1111 1111", "⟧ 12/27"), MadeUpCard("⟦", "5555-5555-5555-4444", "⟧"), MadeUpCard("amex ⟦", "378282246310005", "⟧."), MadeUpCard("card ⟦", "6304000000000000", "⟧")],
        ["4111 1111 1111 1112", "order 1234567890123456", "0000 0000 0000 0000", "timestamp 1700000000000", "4111.1111"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        foreach (var run in text.Numbers)
        {
            if (!IsInsideWord(text.Text, run)) DetectIn(run, text, found);
        }
    }

    /// <summary>Every stretch of whole groups is tried; a card is at most 19 digits, so that is a bounded look from each group.</summary>
    private static void DetectIn(NumberRun run, InspectedText text, List<Finding> found)
    {
        for (var first = 0; first < run.Groups.Count; first++)
        {
            var (last, certainty) = LongestFrom(run, first, text);
            if (last < 0) continue;
            found.Add(text.Finding(Profile, run.Groups[first].Start, run.Groups[last].End, certainty, "Is a payment card number: issuer range, length and check digit agree."));
            first = last;
        }
    }

    private static (int Last, double Certainty) LongestFrom(NumberRun run, int first, InspectedText text)
    {
        Span<char> number = stackalloc char[LongestCardNumber];
        var (length, best) = (0, (-1, 0.0));
        for (var last = first; last < run.Groups.Count; last++)
        {
            var (start, end) = run.Groups[last];
            if (length + end - start > LongestCardNumber) break;
            if (last > first && text.Text[start - 1] is '.' or '/' or '(') break;
            text.Text.AsSpan(start, end - start).CopyTo(number[length..]);
            length += end - start;
            var digits = number[..length];
            if (Certainty(digits) is > 0 and var certainty && CheckDigits.Luhn(digits) && digits.ContainsAnyExcept(digits[0]))
            {
                best = (last, Cards.StandsBefore(text, run.Groups[first].Start) ? 0.98 : certainty);
            }
        }
        return best;
    }

    /// <summary>How much a number of this beginning and length is a card, before its check digit: the narrower the range, the more.</summary>
    private static double Certainty(ReadOnlySpan<char> digits)
    {
        if (digits.Length < 13) return 0;
        var two = int.Parse(digits[..2], provider: null);
        var four = int.Parse(digits[..4], provider: null);
        return digits.Length switch
        {
            16 when digits[0] == '4' || two is >= 51 and <= 55 || four is >= 2221 and <= 2720 => 0.95,
            15 when two is 34 or 37 => 0.95,
            16 when four == 6011 || two == 65 || four is >= 6440 and <= 6499 || four is >= 3528 and <= 3589 || two == 62 => 0.93,
            16 when four is >= 2200 and <= 2204 || two is 50 or (>= 56 and <= 69) or 81 or 82 => 0.75,
            14 when two is 36 or 38 or 39 || four is (>= 3000 and <= 3059) or 3095 => 0.85,
            13 or 19 when digits[0] == '4' => 0.6,
            17 or 18 or 19 when two is 62 or 65 || four is 6011 or (>= 6440 and <= 6499) => 0.7,
            >= 13 and <= 19 when four is 5018 or 5020 or 5038 or 5893 or 6304 or 6759 or 6761 or 6762 or 6763 => 0.7,
            _ => 0,
        };
    }

    private static bool IsInsideWord(string text, NumberRun run) =>
        (run.Start > 0 && (char.IsLetter(text[run.Start - 1]) || text[run.Start - 1] is '_' or '.'))
        || (run.End < text.Length && (char.IsLetter(text[run.End]) || text[run.End] is '_'));

    /// <summary>Joined here, so that no scanner takes the well-known test numbers for real ones.</summary>
    private static string MadeUpCard(string before, string number, string after) => before + number + after;
}
