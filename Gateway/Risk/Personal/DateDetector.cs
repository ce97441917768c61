using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Contracts;

namespace Gateway.Risk.Personal;

/// <summary>Dates of birth, by the words before them. Any other date is only a guess: dates are in every prompt and say little about anybody.</summary>
internal sealed partial class DateDetector : IRiskDetector
{
    private const double Guess = 0.2;

    /// <summary>Of digits, in a date; no pattern is asked about longer ones.</summary>
    private const int LongestGroup = 4;

    /// <summary>What goes on behind the day in <see cref="DayThenMonth"/>: an ending, or what parts it from the month.</summary>
    private static readonly SearchValues<char> BehindDay = SearchValues.Create("snrt. -");

    private static readonly Context Birth = new("born", "birth", "dob", "d.o.b", "geboren", "geburt", "geb.", "né le", "née le", "naissance", "nacido", "nacida", "nacimiento", "nato il", "nata il", "nascita", "nascid", "nascimento", "geboorte", "urodz", "birthday", "birthdate", "doğum", "生年月日", "出生");

    private static readonly DetectorProfile OfBirth = new("personal.date-of-birth", RiskCategory.Personal, "DATE_OF_BIRTH",
        ["born on ⟦1984-03-12⟧ in Ghent", "DOB: ⟦03/12/1984⟧", "geboren am ⟦12.3.1984⟧", "date of birth ⟦12 March 1984⟧.", "née le ⟦12/03/1984⟧"], ["released on 1984-03-12", "born in a barn"]);

    private static readonly DetectorProfile Other = new("personal.date", RiskCategory.Personal, "DATE_TIME",
        ["on ⟦2024-03-15T14:30:00Z⟧", "by ⟦21-May-2021⟧", "⟦May 21, 2021⟧ was", "⟦5/20/2021⟧", "⟦21.5.21⟧"], ["version 1.2.3", "13/32/2021", "is5/21/21", "maybe 21"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [OfBirth, Other];

    public bool ReadsAnswers => false;

    public void Detect(InspectedText text, List<Finding> found)
    {
        var all = text.Text;
        for (var at = Next(all, 0); at >= 0;)
        {
            var (start, end) = DateAt(all, at);
            if (end > at)
            {
                if (Birth.StandsBefore(text, start, within: 40)) found.Add(text.Finding(OfBirth, start, end, 0.85, "Is a date that words before it call one of birth."));
                else found.Add(text.Finding(Other, start, end, Guess, "Is a date."));
            }
            while (at < all.Length && char.IsAsciiDigit(all[at])) at++;
            at = Next(all, Math.Max(at, end));
        }
    }

    private static int Next(string text, int from)
    {
        if (from >= text.Length) return -1;
        var at = text.AsSpan(from).IndexOfAnyInRange('0', '9');
        return at < 0 ? -1 : from + at;
    }

    /// <summary>The date whose first digits stand at <paramref name="at"/>; it may begin with a month's name before them. Empty where there is none.</summary>
    private static (int Start, int End) DateAt(string text, int at)
    {
        if (at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '/' or '.')) return default;
        if (MonthBefore(text, at) is >= 0 and var month && DayOrYear().Match(text, at) is { Success: true } behind) return (month, at + behind.Length);
        if (at > 0 && text[at - 1] == '-') return default;
        var end = at;
        while (end < text.Length && end - at <= LongestGroup && char.IsDigit(text[end])) end++;
        if (end - at > LongestGroup || end == text.Length) return default;
        if (text[end] is '-' or '/' or '.' && Figures().Match(text, at) is { Success: true } figures) return Exists(figures.ValueSpan) ? (at, at + figures.Length) : default;
        return end - at <= 2 && BehindDay.Contains(text[end]) && DayThenMonth().Match(text, at) is { Success: true } named && Months.Contains(named.Groups["month"].Value) ? (at, at + named.Length) : default;
    }

    private static int MonthBefore(string text, int at)
    {
        var end = at;
        if (end > 0 && text[end - 1] is ' ' or '-') end--;
        if (end > 0 && text[end - 1] == '.') end--;
        if (end == at) return -1;
        var start = end;
        while (start > 0 && end - start < 11 && char.IsLetter(text[start - 1])) start--;
        return end - start is >= 3 and <= 10 && Months.Contains(text[start..end]) ? start : -1;
    }

    /// <summary>Numbers of a date in figures, whichever order it is written in.</summary>
    private static bool Exists(ReadOnlySpan<char> date)
    {
        Span<int> numbers = stackalloc int[3];
        var (count, digits) = (0, 0);
        for (var i = 0; i < date.Length && count < 3; i++)
        {
            if (date[i] is 'T') return true;
            if (char.IsAsciiDigit(date[i])) (numbers[count], digits) = ((numbers[count] * 10) + date[i] - '0', digits + 1);
            if (digits > 0 && (i + 1 == date.Length || !char.IsAsciiDigit(date[i + 1]))) (count, digits) = (count + 1, 0);
        }
        return numbers[..count] switch
        {
            [> 31, var month, var day] => IsDay(day, month),
            [var a, var b, _] => IsDay(a, b) || IsDay(b, a),
            [var a, > 31] => a is >= 1 and <= 12,
            [var a, var b] => IsDay(a, b) || IsDay(b, a),
            _ => false,
        };
    }

    private static bool IsDay(int day, int month) => month is >= 1 and <= 12 && day is >= 1 and <= 31;

    private static readonly FrozenSet<string> Months = (
        "january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct november nov december dec januar februar märz mai juni juli oktober dezember "
        + "janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
        + "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>In figures, tried where a group of digits begins.</summary>
    [GeneratedRegex("""
        \G(?:
          \d{4}-\d{1,2}-\d{1,2}(?:[T\x20]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+\-]\d{2}:?\d{2})?)?
        | \d{4}[/.]\d{1,2}[/.]\d{1,2}
        | \d{1,2}/\d{1,2}/(?:\d{4}|\d{2}) | \d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}) | \d{1,2}-\d{1,2}-(?:\d{4}|\d{2})
        | \d{1,2}/\d{4} | \d{1,2}/\d{1,2}
        )(?![A-Za-z0-9_/]|[.\-]\d)
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Figures();

    /// <summary>Behind a day: the month's name, and perhaps a year.</summary>
    [GeneratedRegex(@"\G\d{1,2}(?:st|nd|rd|th|\.)?[ \-]{1,2}(?:(?:of|de) )?(?<month>\p{L}{3,10})(?:,?[ \-]{1,2}(?:(?:of|de) )?\d{4})?(?![A-Za-z0-9_/])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DayThenMonth();

    /// <summary>Behind a month's name: a day, a year, or both.</summary>
    [GeneratedRegex(@"\G(?:\d{4}|\d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?)(?![A-Za-z0-9_/]|[.\-]\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DayOrYear();
}
