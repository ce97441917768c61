using System.Globalization;
using System.Text;

namespace Gateway.Upstreams;

/// <summary>
/// Some upstreams cut an emoji in two and escape each half in an event of its own. No half can be read as text, and what
/// cannot be read cannot be masked: each becomes U+FFFD.
/// </summary>
internal static class Surrogates
{
    private const int EscapeLength = 6;

    public static string Mend(string json)
    {
        if (!json.Contains("\\ud", StringComparison.OrdinalIgnoreCase)) return json;

        var mended = new StringBuilder(json.Length);
        for (var at = 0; at < json.Length;)
        {
            var unit = UnitAt(json, at);
            var length = unit is { } high && char.IsHighSurrogate(high) && UnitAt(json, at + EscapeLength) is { } low && char.IsLowSurrogate(low) ? 2 * EscapeLength
                : unit is not null ? EscapeLength
                : json[at] == '\\' ? Math.Min(2, json.Length - at)
                : 1;
            if (length == EscapeLength && char.IsSurrogate(unit!.Value)) mended.Append("\\ufffd"); // that long only where there is one
            else mended.Append(json, at, length);
            at += length;
        }
        return mended.ToString();
    }

    private static char? UnitAt(string json, int at) =>
        at + EscapeLength <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;
}
