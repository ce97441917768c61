using System.Buffers;

namespace Gateway.Prompts;

/// <summary>An object or array on the way to a text, with what is known of everything inside it.</summary>
internal sealed class BodyFrame(BodyFrame? parent, string name, bool isArray)
{
    private static readonly HashSet<string> Structural = new(StringComparer.Ordinal) { "model", "role", "type", "object", "media_type", "encoding_format", "detail", "format" };

    private static readonly HashSet<string> ContentLists = new(StringComparer.Ordinal) { "content", "images", "attachments", "files", "documents", "parts" };

    private const int LongestStructural = 64;
    private const int MostDigits = 8;
    private const int LongestPlainName = 40;
    private static readonly SearchValues<char> ProtocolCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-./+");

    /// <summary>Hardly any object has such names.</summary>
    private Dictionary<string, int>? telling;
    private int count;
    private bool hasSeal;
    private string? pointer;

    public BodyFrame? Parent { get; } = parent;
    public string Name { get; } = name;
    public string? Role { get; private set; }
    public string? Type { get; private set; }
    public string? MediaType { get; private set; }

    /// <summary>A word of the protocol, such as a role or a media type. Anything else under these names is read like any text.</summary>
    public static bool IsStructural(string name, string text) =>
        Structural.Contains(name) && text.Length <= LongestStructural && !text.AsSpan().ContainsAnyExcept(ProtocolCharacters) && text.Count(char.IsAsciiDigit) <= MostDigits;

    /// <summary>A property name that no protocol would choose may carry text of its own.</summary>
    public static bool MayTell(string name) =>
        name.Length > LongestPlainName || name.AsSpan().IndexOfAnyInRange('0', '9') >= 0 || name.Contains('@', StringComparison.Ordinal)
        || (name.Length >= 20 && !name.All(c => char.IsAsciiLetterLower(c) || c == '_'));

    /// <summary>Gives a name that may tell something a number to stand for it.</summary>
    public void Count(string name)
    {
        if (!MayTell(name)) return;
        telling ??= new(StringComparer.Ordinal);
        telling.TryAdd(name, telling.Count + 1);
    }

    /// <summary>The name of the value being read: the property's, or its index in an array.</summary>
    public string NextName(string property) => isArray ? (count++).ToString(System.Globalization.CultureInfo.InvariantCulture) : property;

    public void Note(string property, string value)
    {
        if (isArray) return;
        if (property == "role") Role = value;
        else if (property == "type") Type = value;
        else if (property is "media_type" or "mime_type" && value.Length <= LongestStructural) MediaType = value;
        else if (property is "signature" or "encrypted_content" or "data") hasSeal = true;
    }

    /// <summary>A model's thoughts, signed or encrypted by its provider, which refuses them when they come back changed.</summary>
    public bool IsSealed => (hasSeal && Type is ("thinking" or "redacted_thinking" or "reasoning")) || Parent?.IsSealed == true;

    /// <summary>
    /// Paths go where text must not: into messages, the trail, reviewers' pages. So a property name that may tell something
    /// stands as <c>(value 1)</c>, and as <c>(name 1)</c> where the name itself is the text.
    /// </summary>
    public string Pointer(string property, bool isName = false) => $"{pointer ??= Parent?.Pointer(Name) ?? ""}/{Segment(property, isName)}";

    private string Segment(string property, bool isName) =>
        !isArray && telling is not null && telling.TryGetValue(property, out var number)
            ? $"({(isName ? "name" : "value")} {number})"
            : property.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The element of a list of contents in which this value stands, as a pointer; empty where it stands in none.</summary>
    public string ElementOf(string property)
    {
        if (isArray && ContentLists.Contains(Name)) return Pointer(property);
        return Parent?.ElementOf(Name) ?? "";
    }

    public (string Role, string Kind) Describe(string property)
    {
        string? role = null, kind = null;
        var top = property;
        for (var frame = this; frame is not null; frame = frame.Parent)
        {
            role ??= frame.Role ?? (frame.Type == "reasoning" ? "assistant" : null); // an item of its own, which says no role
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
