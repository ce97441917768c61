using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Risk;

/// <summary>
/// Fills the blanks of an example, so that no source file contains anything that looks like a live credential:
/// <c>{a36}</c> becomes 36 made-up characters of class <c>a</c>. The same template always gives the same text.
/// </summary>
internal static partial class MadeUp
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz", Digits = "0123456789";

    /// <summary>Credential-like filling.</summary>
    public static string Fill(string template)
    {
        // A small congruential generator: reproducible on every machine, which System.Random does not promise.
        var state = 20_011u;
        return Blank().Replace(template, blank =>
        {
            var alphabet = Alphabet(blank.Groups["class"].Value[0]);
            var filling = new StringBuilder();
            for (var left = Count(blank); left > 0; left--)
            {
                state = state * 1_664_525 + 1_013_904_223;
                filling.Append(alphabet[(int)((state >> 16) % (uint)alphabet.Length)]);
            }
            return filling.ToString();
        });
    }

    /// <summary>The filling of documentation: one letter over and over.</summary>
    public static string Placeholder(string template) => Blank().Replace(template, blank => new string('x', Count(blank)));

    private static int Count(Match blank) => int.Parse(blank.Groups["count"].Value, CultureInfo.InvariantCulture);

    private static string Alphabet(char name) => name switch
    {
        'a' => Lower + Lower.ToUpperInvariant() + Digits,
        'l' => Lower + Digits,
        'u' => Lower.ToUpperInvariant() + Digits,
        'h' => "abcdef" + Digits,
        'd' => "123456789",
        'b' => Lower + Lower.ToUpperInvariant() + Digits + "_-",
        'q' => "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
        'c' => Lower + Lower.ToUpperInvariant(),
        't' => Lower.ToUpperInvariant() + "234567",
        'n' => "qpzry9x8gf2tvdw0s3jn54khce6mua7l",
        'w' => "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
        's' => Lower + Lower.ToUpperInvariant() + Digits + "+/",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such class of characters."),
    };

    [GeneratedRegex(@"\{(?<class>[a-z])(?<count>\d+)\}")]
    private static partial Regex Blank();
}
