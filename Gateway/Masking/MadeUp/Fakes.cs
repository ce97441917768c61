namespace Gateway.Masking.MadeUp;

/// <summary>
/// Made-up values of the same form: digits for digits, letters for letters, separators and length as they were. What has
/// rules keeps them, in ranges that belong to nobody where there are such (<see cref="FakeForms"/>).
/// </summary>
/// <remarks>
/// Names, addresses, dates, URLs, keys over several lines, and telephone numbers of countries that reserve none for fiction
/// have no such form: a pseudonym says more about them than a made-up person, and rings at nobody's door.
/// </remarks>
internal static class Fakes
{
    /// <summary>Characters; longer than this is a file, and would not fit into one window of a stream.</summary>
    private const int Longest = 256;

    /// <summary>Letters or digits; of less than this a model says the same by chance.</summary>
    private const int Shortest = 7;

    private static readonly string[] Formless = ["PERSON", "NAME", "ADDRESS", "LOCATION", "ORG", "URL", "DATE"];

    /// <summary>The fake for this value, or null where its type has none.</summary>
    /// <param name="attempt">Counts up while what came out is taken.</param>
    public static string? Of(string type, string value, ConversationKey key, int attempt)
    {
        var label = Labels.For(type);
        if (value.Length > Longest || Array.Exists(label.Split('_'), word => Formless.Contains(word))) return null;

        var draw = new Draw(key, $"fake {label} {attempt}", WrittenValue.Plain(type, value));
        var fake = label switch
        {
            "EMAIL" => FakeForms.Email(value, draw),
            "CARD" => Over(value, FakeForms.Card, draw),
            "IBAN" => Over(value, FakeForms.Iban, draw),
            "PHONE" => Over(value, FakeForms.Phone, draw),
            "SSN" => Over(value, FakeForms.Ssn, draw),
            "IP" => FakeForms.Address(value, draw),
            _ => Over(value, FakeForms.Other, draw),
        };
        return fake is not null && IsOneUnit(fake) ? fake : null;
    }

    /// <summary>Letters and digits are made up, and take the places of the old ones between the separators.</summary>
    private static string? Over(string value, Func<string, Draw, string?> make, Draw draw)
    {
        var plain = string.Concat(value.Where(char.IsLetterOrDigit));
        if (plain.Length < Shortest || !plain.All(char.IsAsciiLetterOrDigit) || make(plain, draw) is not { } made) return null;

        var next = 0;
        return string.Concat(value.Select(c => char.IsLetterOrDigit(c) ? made[next++] : c));
    }

    /// <summary>A stream is judged in units; a fake that falls into two of them would not be found again.</summary>
    private static bool IsOneUnit(string fake)
    {
        var slot = new SlotText(json: false);
        slot.Append(fake);
        return new UnitCutter(slot).Next(final: true, out var length) is UnitKind.Words && length == fake.Length;
    }
}
