using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Contracts;

namespace Gateway.Prompts;

/// <summary>One pass over a body: every text with its place, who speaks it, and what it is.</summary>
internal sealed class BodyWalker
{
    /// <summary>Shorter numbers cannot be a card or an account.</summary>
    private const int DigitsWorthReading = 9;
    private const int LongestStructural = 64;

    private readonly List<Found> found = [];

    public List<PromptPart> Parts { get; } = [];
    public List<(int Start, int Length)> Tokens { get; } = [];
    public int Unreadable { get; private set; }
    public string? Model { get; private set; }
    public bool Streams { get; private set; }

    public static BodyWalker Walk(ReadOnlySpan<byte> bytes)
    {
        var walker = new BodyWalker();
        walker.Read(bytes);
        walker.Resolve();
        return walker;
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = JsonBody.MaxDepth });
        BodyFrame? frame = null;
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    frame = new BodyFrame(frame, frame?.NextName(name) ?? "", reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    frame = frame!.Parent; // a well-formed body opens what it closes
                    break;
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!; // a property name is never null
                    if (WorthReading(name)) found.Add(new(frame!, name, name, "name", (int)reader.TokenStartIndex, reader.ValueSpan.Length + 2));
                    break;
                case JsonTokenType.String:
                    Take(frame!, frame!.NextName(name), reader.GetString()!, (int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));
                    break;
                case JsonTokenType.Number:
                    var number = Encoding.ASCII.GetString(reader.ValueSpan);
                    var at = frame!.NextName(name);
                    if (number.Count(char.IsAsciiDigit) >= DigitsWorthReading) found.Add(new(frame, at, number, "number", (int)reader.TokenStartIndex, number.Length));
                    break;
                default:
                    var here = frame!.NextName(name);
                    if (frame.Parent is null && here == "stream") Streams = reader.TokenType == JsonTokenType.True;
                    break;
            }
        }
    }

    private void Take(BodyFrame frame, string name, string text, int start, int length)
    {
        if (frame.Parent is null && name == "model") Model = text;
        frame.Note(name, text);
        if (text.Length == 0 || (BodyFrame.IsStructural(name) && text.Length <= LongestStructural)) return;
        found.Add(new(frame, name, text, null, start, length));
    }

    /// <summary>Types and roles may stand behind the text they speak of, so they are looked at when all is read.</summary>
    private void Resolve()
    {
        foreach (var text in found)
        {
            if (text.Kind is null && Attachment.TryRead(text.Frame, text.Name, text.Text, out var decoded))
            {
                if (decoded is null) Unreadable++;
                else Add(text, decoded, "file", 0, 0);
                if (Attachment.IsPayload(text.Text)) continue;
            }
            Add(text, text.Text, text.Kind, text.Start, text.Length);
        }
    }

    private void Add(Found text, string content, string? kind, int start, int length)
    {
        var (role, said) = text.Frame.Describe(text.Name);
        Parts.Add(new PromptPart(text.Frame.Pointer(text.Name), role, kind ?? said, content));
        Tokens.Add((start, length));
    }

    /// <summary>A property name the protocol does not know may carry text of its own.</summary>
    private static bool WorthReading(string name) => name.Length >= 20 || name.AsSpan().IndexOfAnyInRange('0', '9') >= 0 || name.Contains('@', StringComparison.Ordinal);

    private sealed record Found(BodyFrame Frame, string Name, string Text, string? Kind, int Start, int Length);
}

/// <summary>An object or array on the way to a text, with what is known of everything inside it.</summary>
internal sealed class BodyFrame(BodyFrame? parent, string name, bool isArray)
{
    private static readonly HashSet<string> Structural = new(StringComparer.Ordinal) { "model", "role", "type", "object", "media_type", "encoding_format", "detail", "format" };

    private int count;
    private string? pointer;

    public BodyFrame? Parent { get; } = parent;
    public string Name { get; } = name;
    public string? Role { get; private set; }
    public string? Type { get; private set; }

    public static bool IsStructural(string name) => Structural.Contains(name);

    /// <summary>The name of the value being read: the property's, or its index in an array.</summary>
    public string NextName(string property) => isArray ? (count++).ToString(System.Globalization.CultureInfo.InvariantCulture) : property;

    public void Note(string property, string value)
    {
        if (isArray) return;
        if (property == "role") Role = value;
        else if (property == "type") Type = value;
    }

    public string Pointer(string property) =>
        $"{pointer ??= Parent?.Pointer(Name) ?? ""}/{property.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public (string Role, string Kind) Describe(string property)
    {
        string? role = null, kind = null;
        var top = property;
        for (var frame = this; frame is not null; frame = frame.Parent)
        {
            role ??= frame.Role;
            kind ??= KindOf(frame.Type) ?? (frame.Name is "tool_calls" or "function_call" ? "tool call" : null);
            if (frame.Parent is not null) top = frame.Name;
        }

        return top switch
        {
            "tools" or "functions" => ("system", "tool definition"),
            "system" or "instructions" => ("system", kind ?? "text"),
            _ when kind == "tool result" || role is "tool" or "function" => ("tool", "tool result"),
            _ when kind == "tool call" => ("assistant", kind),
            "input" or "prompt" when role is null => ("user", kind ?? "text"),
            _ => (role switch
            {
                "system" or "developer" => "system",
                "user" => "user",
                "assistant" or "model" => "assistant",
                _ => "other",
            }, kind ?? "text"),
        };
    }

    private static string? KindOf(string? type) => type switch
    {
        null => null,
        "tool_use" or "function_call" or "custom_tool_call" or "server_tool_use" or "mcp_call" => "tool call",
        _ when type.EndsWith("tool_result", StringComparison.Ordinal) || type.EndsWith("_output", StringComparison.Ordinal) => "tool result",
        "file" or "input_file" or "document" or "image" or "image_url" or "input_image" or "input_audio" => "file",
        _ => null,
    };
}

/// <summary>Tells text from bytes that only look like text: pictures, audio, documents, and references to them.</summary>
internal static class Attachment
{
    private const int ShortestPayload = 64;

    /// <summary>True for an attachment. <paramref name="text"/> is what it says when it is text in base64, or null when it cannot be read here.</summary>
    public static bool TryRead(BodyFrame frame, string name, string value, out string? text)
    {
        text = null;
        if (IsDataUrl(value)) text = TextOf(value[(value.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        else if (name is "data" or "file_data" && IsBase64(value)) text = TextOf(value);
        else return IsReference(frame, name);
        return true;
    }

    /// <summary>The value is the attachment's bytes, not words about it.</summary>
    public static bool IsPayload(string value) => IsDataUrl(value) || IsBase64(value);

    private static bool IsDataUrl(string value) =>
        value.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && value.IndexOf(";base64,", StringComparison.OrdinalIgnoreCase) is > 0 and < 200
        && IsBase64(value[(value.IndexOf(',', StringComparison.Ordinal) + 1)..]);

    private static bool IsBase64(string value) => value.Length >= ShortestPayload && Base64.IsValid(value);

    private static bool IsReference(BodyFrame frame, string name) => name switch
    {
        "file_id" or "file_url" or "image_url" => true,
        "url" => frame.Name == "image_url" || frame is { Name: "source", Type: "url" },
        _ => false,
    };

    private static string? TextOf(string base64)
    {
        try
        {
            var bytes = Convert.FromBase64String(base64);
            return JsonBody.IsUtf8(bytes) && !bytes.AsSpan().Contains((byte)0) ? JsonBody.Decode(bytes) : null;
        }
        catch (FormatException)
        {
            return null; // not base64 after all: what cannot be read counts as unreadable
        }
    }
}
