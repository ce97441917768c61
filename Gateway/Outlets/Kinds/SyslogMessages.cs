using System.Globalization;
using System.Text;
using Gateway.Proof;

namespace Gateway.Outlets.Kinds;

/// <summary>Items as messages of RFC 5424, with their line as the message's text.</summary>
internal sealed class SyslogMessages(int facility)
{
    /// <summary>32473 is the number that RFC 5612 keeps for examples: who has a private enterprise number of their own maps it at the receiver.</summary>
    private const string StructuredId = "trail@32473";
    private const string App = "approvals";
    private const int Informational = 6;
    private const int LongestHost = 255;
    private const int LongestMessageId = 32;
    private const string Nothing = "-";

    /// <summary>Says that the text is UTF-8, as 6.4 of the RFC asks.</summary>
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    private readonly string host = Printable(Environment.MachineName, LongestHost);
    private readonly int priority = (facility * 8) + Informational;

    public byte[] Of(OutletItem item, ReadOnlyMemory<byte> text)
    {
        var (kind, ids) = item switch
        {
            OutletItem.Entry entry => (entry.Kind ?? "missing", Ids(("chain", entry.Chain.ToString("N")), ("position", Number(entry.Position)), ("hash", entry.Hash), ("interaction", entry.Interaction), ("ticket", entry.Ticket))),
            OutletItem.Signed signed => ("checkpoint", Ids(("checkpoint", Number(signed.Number)))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var header = string.Create(CultureInfo.InvariantCulture, $"<{priority}>1 {TrailLine.TimeOf(item.At)} {host} {App} {Environment.ProcessId} {Printable(kind, LongestMessageId)} [{StructuredId}{ids}] ");
        return [.. Encoding.UTF8.GetBytes(header), .. Bom, .. text.Span];
    }

    private static string Ids(params ReadOnlySpan<(string Name, string? Value)> ids)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in ids)
        {
            if (value is not null) text.Append(CultureInfo.InvariantCulture, $" {name}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal)}\"");
        }
        return text.ToString();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The RFC's PRINTUSASCII: no spaces, nothing beyond ASCII.</summary>
    private static string Printable(string text, int longest)
    {
        var printable = string.Concat(text.Select(c => c is > ' ' and <= '~' ? c : '_').Take(longest));
        return printable.Length == 0 ? Nothing : printable;
    }
}
