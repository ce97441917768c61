using System.Globalization;
using System.Text;

namespace Gateway.Masking;

/// <summary>Text inside the quotes of a JSON string (RFC 8259, section 7), and what needs none.</summary>
internal static class JsonStrings
{
    public static bool IsWholeNumber(string value) => value.All(char.IsAsciiDigit) && (value.Length == 1 || value is [not '0', ..]);

    public static void AppendEscaped(StringBuilder json, string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is '"' or '\\') json.Append('\\').Append(c);
            else if (c == '\n') json.Append("\\n");
            else if (c == '\r') json.Append("\\r");
            else if (c == '\t') json.Append("\\t");
            else if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) json.Append(c).Append(value[++i]);
            else if (char.IsControl(c) || char.IsSurrogate(c)) json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else json.Append(c);
        }
    }
}
