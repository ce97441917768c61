using System.Collections.Frozen;
using Gateway.Masking.MadeUp;

namespace Gateway.Masking;

/// <summary>Short, stable names of finding types: what people and models read in place of a value.</summary>
internal static class Labels
{
    private const int Longest = 32;

    private static readonly FrozenDictionary<string, string> Short = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["EMAIL_ADDRESS"] = "EMAIL",
        ["CREDIT_CARD"] = "CARD",
        ["PHONE_NUMBER"] = "PHONE",
        ["IBAN_CODE"] = "IBAN",
        ["US_SSN"] = "SSN",
        ["IP_ADDRESS"] = "IP",
        ["MAC_ADDRESS"] = "MAC",
        ["STREET_ADDRESS"] = "ADDRESS",
        ["ORGANIZATION"] = "ORG",
        ["MEDICAL_RECORD_NUMBER"] = "MRN",
        ["CONNECTION_STRING"] = "SECRET",
        ["JWT"] = "SECRET",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> SecretWords =
        new[] { "SECRET", "KEY", "TOKEN", "PASSWORD", "CREDENTIAL", "CREDENTIALS" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>At least one and at most 32 of <c>A-Z 0-9 _</c>; an unknown type keeps its own name.</summary>
    public static string For(string type)
    {
        if (Short.TryGetValue(type, out var label)) return label;
        if (Array.Exists(type.Split('_'), SecretWords.Contains)) return "SECRET";
        if (type.Length == 0) return "VALUE";

        return string.Create(Math.Min(type.Length, Longest), type, static (name, type) =>
        {
            for (var i = 0; i < name.Length; i++)
            {
                name[i] = char.IsAsciiLetterOrDigit(type[i]) ? char.ToUpperInvariant(type[i]) : '_';
            }
        });
    }

    /// <summary>Stands where a model leaked a value. The space keeps it apart from every pseudonym.</summary>
    public static string Hidden(string type) => $"[{For(type)} hidden]";

    /// <summary>The last four letters or digits; a value with fewer than eight is hidden whole, or half of it would show.</summary>
    public static string Partial(string type, string value)
    {
        const int shown = 4;
        var plain = value.Where(char.IsLetterOrDigit).ToArray();
        return plain.Length < 2 * shown ? Hidden(type) : $"[{For(type)} …{new string(plain[^shown..])}]";
    }

    /// <summary>
    /// Tells equal values from different ones in this conversation. 48 bits: among ten thousand values two look the same
    /// once in five million conversations (with 32 bits, once in eighty-six), and a model still copies twelve digits.
    /// </summary>
    public static string Hash(string type, string value, ConversationKey key) =>
        $"[{For(type)} #{Convert.ToHexStringLower(key.Digest("hash", WrittenValue.Plain(type, value)).AsSpan(0, 6))}]";
}
