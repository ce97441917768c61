using Contracts;

namespace Gateway.Risk.Personal;

/// <summary>Telephone numbers: international ones by their prefix and length, national ones by grouping or the words before them.</summary>
internal sealed class PhoneDetector : IRiskDetector
{
    private static readonly Context Calling = new("phone", "tel", "call", "mobile", "cell", "fax", "contact", "reach", "ring ", "dial", "whatsapp", "sms", "text me", "text us", "number is",
        "hotline", "shout", "handy", "téléphone", "portable", "teléfono", "móvil", "telefon", "telefono", "cellulare", "mobil", "celular", "telefone", "rufnummer", "anruf");

    private const double Guess = 0.12;

    /// <summary>Other numbers that people write beside telephone numbers.</summary>
    private static readonly Context Otherwise = new("passport", "id ", "id:", "account", "policy", "order", "invoice", "ssn", "social", "tax", "balance", "sum", "amount", "coordinates", "serial", "imei", "isbn", "licen", "card", "pin", "code", "zip");

    private static readonly DetectorProfile Profile = new("personal.phone", RiskCategory.Personal, "PHONE_NUMBER",
        ["call ⟦+44 20 7946 0958⟧ now", "⟦(212) 555-0147⟧", "⟦212-555-0147⟧", "Tel.: ⟦030 901820⟧", "⟦+4930901820⟧", "⟦0049 30 90 18 20⟧", "my phone is ⟦0171/1234567⟧", "⟦+1 (212) 555-0147⟧.", "⟦+49 30 901820⟧ 2nd floor"],
        ["2024-01-15 10:30", "15.01.2024", "version 10.15.7", "1.234.567 people", "192.168.10.12", "lines 100-2000", "part 555-0147-AB", "order 2125550147", "1 000 000 000", "pi is 3.14159265", "2019/2020", "10 20 30 40 50", "4111 1111 1111 1111", "x = 5 + 1234567"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        foreach (var joined in text.Numbers)
        {
            var run = WithoutNextWord(text.Text, joined);
            if (run.Digits is < NumberRuns.FewestDigits or > 16 || IsInsideWord(text.Text, run)) continue;
            if (Confidence(text, run) is not (> 0 and var confidence)) continue;
            found.Add(text.Finding(Profile, run.Start, run.End, confidence, "Is grouped like a telephone number, or named as one."));
        }
    }

    /// <summary>In <c>+49 30 901820 2nd floor</c> the last group begins the next word.</summary>
    private static NumberRun WithoutNextWord(string text, NumberRun run)
    {
        var (last, end) = run.Groups[^1];
        var beginsAWord = run.Groups.Count > 1 && end < text.Length && char.IsLetter(text[end]) && char.IsWhiteSpace(text[last - 1]);
        return beginsAWord ? new(run.Start, run.Groups[^2].End, run.Groups[..^1]) : run;
    }

    private static double Confidence(InspectedText text, NumberRun run)
    {
        var digits = NumberRun.DigitsOf(text.Text, run.Start, run.End);
        if (digits.Distinct().Count() < 3 || IsDate(text.Text, run) || IsAddress(text.Text, run)) return 0;
        var named = Calling.StandsBefore(text, run.Start) && !Otherwise.StandsBefore(text, run.Start, within: 24) && !IsDecimal(text.Text, run);

        if (text.Text[run.Start] == '+') return digits.Length >= 8 ? (named || NumberingPlans.HasInternational(digits) ? 0.97 : 0.75) : 0;
        if (named && !IsOtherwiseGrouped(run)) return run.Groups.Count > 1 || digits.Length is >= 8 and <= 13 ? 0.85 : 0;
        if (digits.StartsWith("00", StringComparison.Ordinal)) return run.Groups.Count > 1 && digits.Length >= 10 ? 0.75 : 0;
        if (IsNorthAmerican(text.Text, run, digits)) return 0.8;
        if (text.Text[run.Start] == '(' && run.Groups.Count > 1 && digits.Length >= 8 && text.Text[run.Groups[0].End] == ')') return 0.75;
        return digits.Length is >= 9 and <= 12 && !Otherwise.StandsBefore(text, run.Start) ? ByPlan(text.Text, run, digits) : 0;
    }

    /// <summary>Neither prefix nor name: the more it is grouped the way people group such numbers, the surer; one bare run is a guess.</summary>
    private static double ByPlan(string text, NumberRun run, string digits)
    {
        if (run.Groups.Count == 1 && digits[0] != '0') return digits.Length == 10 && NumberingPlans.HasUndivided(digits) ? Guess : 0;
        if (IsThousands(text, run) || IsOtherwiseGrouped(run) || !NumberingPlans.HasNational(digits)) return 0;
        return (run.Groups.Count, digits[0]) switch { (1, _) => digits.Length > 9 ? 0.35 : 0, (_, '0') => 0.6, _ when Length(run, 0) >= 3 => 0.4, _ => 0 };
    }

    /// <summary>As a social security number, or an American postcode of nine digits.</summary>
    private static bool IsOtherwiseGrouped(NumberRun run) =>
        (run.Groups.Count == 3 && Length(run, 0) == 3 && Length(run, 1) == 2) || (run.Groups.Count == 2 && Length(run, 0) == 5 && Length(run, 1) == 4);

    /// <summary>As in 1 234 567: every group but the first has three digits.</summary>
    private static bool IsThousands(string text, NumberRun run) =>
        run.Groups.Count > 1 && Length(run, 0) <= 3 && run.Groups.Skip(1).All(group => group.End - group.Start == 3) && text[run.Start] != '0' && run.Groups.Skip(1).All(group => text[group.Start - 1] is ' ' or '.' or '\u00A0');

    /// <summary>Three, three and four digits, with or without the 1; area and exchange never start with 0 or 1.</summary>
    private static bool IsNorthAmerican(string text, NumberRun run, string digits)
    {
        var country = run.Groups.Count == 4 && digits[0] == '1' && digits.Length == 11 ? 1 : 0;
        if (run.Groups.Count - country != 3 || digits.Length - country != 10) return false;
        var (area, exchange) = (run.Groups[country], run.Groups[country + 1]);
        return area.End - area.Start == 3 && exchange.End - exchange.Start == 3 && text[area.Start] > '1' && text[exchange.Start] > '1' && text[area.End] != '/';
    }

    private static bool IsDate(string text, NumberRun run)
    {
        if (run.Groups.Count < 3) return false;
        var lengths = (Length(run, 0), Length(run, 1), Length(run, 2));
        var separator = text[run.Groups[0].End];
        if (separator is not ('-' or '.' or '/') || text[run.Groups[1].End] != separator) return false;
        return lengths is (4, <= 2, <= 2) or (<= 2, <= 2, 4);
    }

    /// <summary>An IPv4 address, a version or a number with thousands separators: dots and nothing else.</summary>
    private static bool IsAddress(string text, NumberRun run)
    {
        var dots = run.Groups.Skip(1).All(group => text[group.Start - 1] == '.');
        return dots && run.Groups.Count > 1 && text[run.Start] != '+' && run.Groups.All(group => group.End - group.Start <= 3) && run.Digits <= 12 && text[run.Start] != '0';
    }

    private static bool IsDecimal(string text, NumberRun run) =>
        run.Groups.Count == 2 && text[run.Groups[0].End] == '.' && text[run.Start] is not ('0' or '+' or '(');

    private static int Length(NumberRun run, int group) => run.Groups[group].End - run.Groups[group].Start;

    private static bool IsInsideWord(string text, NumberRun run)
    {
        if (run.Start > 0 && (char.IsLetterOrDigit(text[run.Start - 1]) || text[run.Start - 1] is '_' or '.' or '-' or '/' or '$' or '€' or '£' or '#' or '=' or '%')) return true;
        if (run.Start > 1 && text[run.Start - 1] == ':' && char.IsAsciiDigit(text[run.Start - 2])) return true;
        if (run.End >= text.Length) return false;
        return char.IsLetter(text[run.End]) || text[run.End] is '_' or '%' or '$' or '€'
            || (text[run.End] is '-' or ':' or '.' or ',' && run.End + 1 < text.Length && char.IsLetterOrDigit(text[run.End + 1]));
    }
}
