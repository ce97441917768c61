using System.Buffers;
using System.Text;

namespace Approvals.Overview;

/// <summary>
/// RFC 4180. Names in it are chosen by callers, providers and people, and spreadsheets run what begins like a formula:
/// such a cell gets an apostrophe in front, which they show as text.
/// </summary>
internal static class Csv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    public static string Write(IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(columns)) text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    private static string Cell(string value)
    {
        var harmless = value.Length > 0 && Formula.Contains(value[0]) ? "'" + value : value;
        return harmless.AsSpan().ContainsAny(Quoted) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
