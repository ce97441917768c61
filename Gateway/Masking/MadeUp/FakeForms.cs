namespace Gateway.Masking.MadeUp;

/// <summary>What made-up values of each type look like. Letters and digits only, but for e-mail and network addresses.</summary>
internal static class FakeForms
{
    /// <summary>
    /// A valid check digit in a range nobody issues: 9 is for issuers of single countries, and behind it stands the country's
    /// number in ISO 3166, of which 999 is never given out (ISO/IEC 7812-1).
    /// </summary>
    public static string? Card(string plain, Draw draw)
    {
        const string nobodys = "9999";
        if (plain.Length is < 12 or > 19 || !plain.All(char.IsAsciiDigit)) return null;

        var digits = nobodys + draw.Digits(plain.Length - nobodys.Length - 1);
        var sum = digits.Reverse().Select((c, i) => (c - '0') * (i % 2 == 0 ? 2 : 1)).Sum(product => product > 9 ? product - 9 : product);
        return $"{digits}{(10 - (sum % 10)) % 10}";
    }

    /// <summary>The same country, valid check digits (ISO 13616). No range is set apart: that such an account exists is unlikely, not impossible.</summary>
    public static string? Iban(string plain, Draw draw)
    {
        if (plain.Length is < 15 or > 34 || !char.IsAsciiLetter(plain[0]) || !char.IsAsciiLetter(plain[1])) return null;

        var account = string.Concat(plain[4..].Select(c => draw.Like(c)));
        var rest = 0;
        foreach (var c in $"{account}{plain[..2]}00".ToUpperInvariant())
        {
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }
        return $"{plain[..2]}{98 - rest:00}{account}";
    }

    /// <summary>Numbers that regulators keep for films and books; null where there are none, or where the number does not say its country.</summary>
    public static string? Phone(string plain, Draw draw)
    {
        if (!plain.All(char.IsAsciiDigit)) return null;

        foreach (var (country, begins, shape) in Fiction)
        {
            var at = plain.StartsWith("00", StringComparison.Ordinal) ? 2 : 0;
            if (country.Length > 0 && !plain.AsSpan(at).StartsWith(country)) continue;
            at += country.Length;
            if (country.Length > 1 && at < plain.Length && plain[at] == '0') at++; // +44 (0)20 …
            if (plain.Length - at == shape.Length && begins.Contains(plain[at])) return plain[..at] + Filled(shape, draw);
        }
        return null;
    }

    /// <summary>Country, what the number in it may begin with, and the numbers: <c>#</c> is any digit, <c>A</c> is 2 to 8.</summary>
    private static readonly (string Country, string Begins, string Shape)[] Fiction =
    [
        ("1", "23456789", "AAA55501##"),
        ("", "23456789", "AAA55501##"),
        ("44", "7", "7700900###"),
        ("44", "1238", "2079460###"),
        ("33", "67", "63998####"),
        ("33", "12345", "19900####"),
        ("61", "2378", "25550####"),
        ("49", "23456789", "3023125###"),
    ];

    private static string Filled(string shape, Draw draw) =>
        string.Concat(shape.Select(c => c switch { '#' => draw.Digit(), 'A' => (char)('2' + draw.Next(7)), _ => c }));

    /// <summary>Area 666 was never given out, and never will be.</summary>
    public static string? Ssn(string plain, Draw draw) =>
        plain.Length == 9 && plain.All(char.IsAsciiDigit) ? $"666{1 + draw.Next(99):00}{1 + draw.Next(9999):0000}" : null;

    /// <summary>Identifiers and keys: what has at least three digits and no words. Check digits are not kept.</summary>
    public static string? Other(string plain, Draw draw)
    {
        if (plain.Count(char.IsAsciiDigit) < 3) return null;
        var hex = plain.All(char.IsAsciiHexDigit);
        return string.Concat(plain.Select(c => draw.Like(c, hex)));
    }

    /// <summary>A mailbox at example.com, .net or .org (RFC 2606), as long as the real one, or a little longer.</summary>
    public static string? Email(string value, Draw draw)
    {
        const int shortest = 6, longest = 64;
        var at = value.LastIndexOf('@');
        if (at < 1) return null;

        var host = $"@example.{draw.Next(3) switch { 0 => "com", 1 => "net", _ => "org" }}";
        var length = Math.Clamp(value.Length - host.Length, shortest, longest);
        var name = new char[length];
        for (var i = 0; i < length; i++)
        {
            var like = i < at ? value[i] : 'a';
            var joint = like is '.' or '-' or '_' && i > 0 && i < length - 1 && char.IsLetterOrDigit(name[i - 1]);
            name[i] = joint ? like : draw.Like(like);
        }
        return new string(name) + host;
    }

    /// <summary>An IPv4 address in the networks for documentation (RFC 5737); IPv6 has no form here.</summary>
    public static string? Address(string value, Draw draw)
    {
        if (!value.All(c => char.IsAsciiDigit(c) || c == '.')) return null;
        var network = draw.Next(3) switch { 0 => "192.0.2", 1 => "198.51.100", _ => "203.0.113" };
        return $"{network}.{1 + draw.Next(254)}";
    }
}
