using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Audit;

namespace Gateway.Proof;

/// <summary>
/// The bytes that stand for an entry: one line of JSON after RFC 8785 where it matters (no spaces, one way to write a text or a
/// number), properties in the order below, those that are not there left out. The entry's hash is the SHA-256 of this line, so
/// whoever has the line needs none of this code to check it.
/// </summary>
/// <remarks>A property that comes later is left out of the entries before it, whose hashes stay what they are. Nothing here may change otherwise.</remarks>
internal static class TrailLine
{
    private const int Version = 1;

    /// <param name="previous">The hash of the entry before it in its chain; empty for a chain's first.</param>
    public static ReadOnlyMemory<byte> Of(TrailEntry entry, Guid chain, long position, ReadOnlySpan<byte> previous)
    {
        var line = new CanonicalLine();
        line.Number("v", Version);
        line.Text("chain", chain.ToString("N"));
        line.Number("position", position);
        if (!previous.IsEmpty) line.Text("previous", Convert.ToHexStringLower(previous));
        line.Text("fact", entry.FactId?.ToString("N"));
        line.Text("at", TimeOf(entry.At));
        line.Text("kind", entry.Kind);
        line.Text("actor", entry.Actor);
        line.Text("actorName", entry.ActorName);
        line.Text("interaction", entry.InteractionId);
        line.Text("ticket", entry.TicketId);
        line.Text("route", entry.Route);
        line.Text("model", entry.Model);
        line.Number("score", entry.Score);
        line.Text("findingTypes", entry.FindingTypes.Length == 0 ? null : entry.FindingTypes);
        line.Text("findings", entry.Findings);
        line.Text("rule", entry.Rule);
        line.Text("decision", entry.Decision);
        line.Text("judged", entry.Judged);
        line.Text("subject", entry.Subject);
        line.Text("policyVersion", entry.PolicyVersion);
        line.Text("outcome", entry.Outcome);
        line.Number("statusCode", entry.StatusCode);
        line.Text("requestDigest", entry.RequestDigest);
        line.Text("answerDigest", entry.AnswerDigest);
        line.Text("requestText", entry.RequestText?.ToString("N"));
        line.Text("answerText", entry.AnswerText?.ToString("N"));
        line.Number("elapsedMs", entry.ElapsedMs);
        line.Number("upstreamMs", entry.UpstreamMs);
        line.Text("reason", entry.Reason);
        return line.End();
    }

    /// <summary>The entry of a line, whatever its place; null for what is no line of an entry.</summary>
    public static TrailEntry? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 2 });
            var root = json.RootElement;
            string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
            Guid? Id(string name) => Text(name) is { } id ? Guid.ParseExact(id, "N") : null;
            int? Whole(string name) => root.TryGetProperty(name, out var value) ? value.GetInt32() : null;
            double? Real(string name) => root.TryGetProperty(name, out var value) ? value.GetDouble() : null;
            return new TrailEntry
            {
                Chain = Id("chain"), Position = root.GetProperty("position").GetInt64(), FactId = Id("fact"), At = DateTimeOffset.Parse(Text("at") ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Kind = Text("kind") ?? "", Actor = Text("actor") ?? "", ActorName = Text("actorName"), InteractionId = Text("interaction"), TicketId = Text("ticket"), Route = Text("route"), Model = Text("model"), Score = Whole("score"),
                FindingTypes = Text("findingTypes") ?? "", Findings = Text("findings"), Rule = Text("rule"), Decision = Text("decision"), Judged = Text("judged"), Subject = Text("subject"), PolicyVersion = Text("policyVersion"),
                Outcome = Text("outcome"), StatusCode = Whole("statusCode"), RequestDigest = Text("requestDigest"), AnswerDigest = Text("answerDigest"), RequestText = Id("requestText"), AnswerText = Id("answerText"),
                ElapsedMs = Real("elapsedMs"), UpstreamMs = Real("upstreamMs"), Reason = Text("reason"),
            };
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>As precise as the least precise of the databases, which is PostgreSQL with microseconds.</summary>
    public static DateTimeOffset Storable(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static string TimeOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>
/// Writes one flat JSON object in one way only. The library's writers decide what to escape by tables that follow Unicode's
/// versions, so the same text could become other bytes after an update.
/// </summary>
internal sealed class CanonicalLine
{
    private static readonly SearchValues<char> Special = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);
    private readonly ArrayBufferWriter<byte> bytes = new(1024);

    public CanonicalLine() => bytes.Write("{"u8);

    public void Text(string name, string? value)
    {
        if (value is null) return;
        Name(name);
        Quoted(value);
    }

    public void Number(string name, long? value)
    {
        if (value is { } number) Raw(name, number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The shortest digits that read back as the same number.</summary>
    public void Number(string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) Raw(name, number.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <param name="json">Canonical already.</param>
    public void Raw(string name, string json)
    {
        Name(name);
        Encoding.UTF8.GetBytes(json, bytes);
    }

    public ReadOnlyMemory<byte> End()
    {
        bytes.Write("}"u8);
        return bytes.WrittenMemory;
    }

    private void Name(string name)
    {
        if (bytes.WrittenCount > 1) bytes.Write(","u8);
        Quoted(name);
        bytes.Write(":"u8);
    }

    private void Quoted(string text)
    {
        bytes.Write("\""u8);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Special) is var at and >= 0)
        {
            Encoding.UTF8.GetBytes(rest[..at], bytes);
            Escaped(rest[at]);
            rest = rest[(at + 1)..];
        }
        Encoding.UTF8.GetBytes(rest, bytes);
        bytes.Write("\""u8);
    }

    /// <summary>RFC 8785, 3.2.2.2. NUL is stored as its picture (<see cref="Shared.StorableText"/>) and is hashed as what is stored.</summary>
    private void Escaped(char character) => Encoding.UTF8.GetBytes(
        character switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\f' => "\\f",
            '\r' => "\\r",
            '\0' => "\u2400",
            _ => $"\\u{(int)character:x4}",
        },
        bytes);
}
