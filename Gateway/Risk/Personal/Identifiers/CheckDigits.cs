namespace Gateway.Risk.Personal.Identifiers;

/// <summary>The arithmetic that identifiers carry against slips of the pen. All take digits (letters where said), never separators.</summary>
internal static class CheckDigits
{
    private static readonly string[] Dihedral = ["0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"];
    private static readonly string[] Permutation = ["0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"];

    /// <summary>ISO/IEC 7812-1, annex B.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1 && (digit *= 2) > 9) digit -= 9;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    /// <summary>Sum of digit × weight, for as many digits as there are weights.</summary>
    public static int Sum(string digits, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++) sum += (digits[i] - '0') * weights[i];
        return sum;
    }

    /// <summary>The dihedral check of Verhoeff (1969), as India and Nigeria use it.</summary>
    public static bool Verhoeff(string digits)
    {
        var check = 0;
        for (var i = 0; i < digits.Length; i++) check = Dihedral[check][Permutation[i % 8][digits[^(i + 1)] - '0'] - '0'] - '0';
        return check == 0;
    }

    /// <summary>ISO 7064, MOD 11,10: German tax numbers, Croatia's OIB.</summary>
    public static bool Mod11And10(string digits)
    {
        var product = 10;
        foreach (var digit in digits[..^1])
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digits[^1] - '0';
    }

    public static int Remainder(string digits, int modulus) => digits.Aggregate(0, (left, digit) => ((left * 10) + digit - '0') % modulus);

    /// <summary>ICAO 9303: weights 7, 3, 1 over digits and letters (A is 10); the last character checks the others.</summary>
    public static bool Icao(string text)
    {
        var sum = 0;
        for (var i = 0; i < text.Length - 1; i++) sum += ValueOf(text[i]) * (i % 3) switch { 0 => 7, 1 => 3, _ => 1 };
        return char.IsAsciiDigit(text[^1]) && sum % 10 == text[^1] - '0';
    }

    /// <summary>0 to 9, then A is 10.</summary>
    public static int ValueOf(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;

    /// <summary>Day and month at the given places exist; the 29th of February always does, since centuries are left out.</summary>
    public static bool Date(string digits, int day, int month)
    {
        var (d, m) = (Two(digits, day), Two(digits, month));
        return m is >= 1 and <= 12 && d >= 1 && d <= DateTime.DaysInMonth(2000, m);
    }

    public static int Two(string digits, int at) => ((digits[at] - '0') * 10) + digits[at + 1] - '0';

    /// <summary>At least this many different digits: a row of ones is nobody's number.</summary>
    public static bool Varied(string digits, int least = 2) => digits.Distinct().Count() >= least;
}
