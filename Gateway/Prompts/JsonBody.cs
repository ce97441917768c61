using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contracts;
using Contracts.Api;

namespace Gateway.Prompts;

/// <summary>A body that is not what it says, with words for the developer who sent it.</summary>
internal sealed class UnreadableBodyException(string message) : Exception(message);

/// <summary>
/// A JSON object together with every text in it, found in one pass, and the place of each text in the bytes: what is not
/// rewritten keeps its bytes.
/// </summary>
internal sealed class JsonBody
{
    public const int MaxDepth = 64;
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private readonly List<(int Start, int Length)> tokens;
    private readonly HashSet<int> sealedParts;
    private readonly (int Start, int Length) modelToken;

    private JsonBody(ReadOnlyMemory<byte> bytes, BodyWalker walked)
    {
        Bytes = bytes;
        tokens = walked.Tokens;
        sealedParts = walked.Sealed;
        modelToken = walked.ModelToken;
        Attachments = walked.Attachments;
        Parts = walked.Parts;
        Unreadable = walked.Unreadable;
        Model = walked.Model;
        Streams = walked.Streams;
        Background = walked.Background;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Lower-case hex SHA-256 of the canonical body; made when it is asked for, because only what people look at is known by it.</summary>
    public string Digest => field ??= CanonicalJson.Digest(Bytes, Strict);
    public IReadOnlyList<PromptPart> Parts { get; }

    /// <summary>Of all texts, in UTF-16 units.</summary>
    public int Length => Parts.Sum(part => part.Text.Length);

    /// <summary>Attachments nothing here can look into: images, audio, encoded documents, references to files elsewhere.</summary>
    public int Unreadable { get; }

    /// <summary>All of them, read or not.</summary>
    public IReadOnlyList<PromptAttachment> Attachments { get; }

    /// <summary>The top-level <c>model</c>, if it is a string.</summary>
    public string? Model { get; }

    /// <summary>The top-level <c>stream</c> is true.</summary>
    public bool Streams { get; }

    /// <summary>The top-level <c>background</c> is true.</summary>
    public bool Background { get; }

    /// <param name="look">Sees the object while it is parsed anyway; reads of it what it needs and keeps nothing.</param>
    /// <exception cref="UnreadableBodyException">Not one well-formed JSON object of valid UTF-8, or nested too deep, or with a property twice.</exception>
    public static JsonBody Parse(ReadOnlyMemory<byte> bytes, Action<JsonObject>? look = null)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new UnreadableBodyException("The body must be a JSON object.");
            var walked = BodyWalker.Walk(bytes.Span);
            look?.Invoke(JsonObject.Create(document.RootElement)!); // an object: looked at above
            return new JsonBody(bytes, walked);
        }
        catch (JsonException fault)
        {
            // The parser's own message may quote the text; position and kind are enough.
            throw new UnreadableBodyException(fault.Message.Contains("uplicate", StringComparison.Ordinal)
                ? "The body names a property twice in one object, so two readers could understand two things."
                : fault.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)
                    ? $"The body is nested more than {MaxDepth} levels deep."
                    : $"The body is not well-formed JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException)
        {
            throw new UnreadableBodyException("The body holds text that is not valid Unicode (bad UTF-8 or half a surrogate pair).");
        }
    }

    /// <summary>Whether this value was written into the body: saying it back is no leak.</summary>
    public bool Contains(string value) => Parts.Any(part => part.Text.Contains(value, StringComparison.Ordinal));

    /// <summary>Whether this part stands in the bytes as a string value, so that another text can take its place and the body means the same.</summary>
    public bool IsString(int part) => StandsAlone(part) && Parts[part].Kind is not ("name" or "number");

    /// <summary>Whether its provider has signed this part, so that it may come back as the model wrote it and in no other way.</summary>
    public bool IsSealed(int part) => sealedParts.Contains(part);

    /// <summary>Whether this part has bytes of its own: text unpacked from base64 has none.</summary>
    public bool StandsAlone(int part) => tokens[part].Length > 0;

    /// <summary>The body with these parts' texts replaced, all other bytes as they were.</summary>
    public byte[] Rewrite(IReadOnlyDictionary<int, string> texts)
    {
        var source = Bytes.Span;
        var result = new ArrayBufferWriter<byte>(source.Length + texts.Values.Sum(text => text.Length) + 64);
        using var writer = new Utf8JsonWriter(result, Relaxed);
        var copied = 0;
        foreach (var part in texts.Keys.OrderBy(part => tokens[part].Start))
        {
            var (start, length) = tokens[part];
            result.Write(source[copied..start]);
            writer.WriteStringValue(texts[part]);
            writer.Flush();
            writer.Reset(); // the next stands alone too
            copied = start + length;
        }
        result.Write(source[copied..]);
        return result.WrittenSpan.ToArray();
    }

    /// <summary>The body without this top-level property, all other tokens byte for byte.</summary>
    public ReadOnlyMemory<byte> Without(string property)
    {
        var reader = new Utf8JsonReader(Bytes.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read(); // the brace
        var behindThePrevious = (int)reader.BytesConsumed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (start, found) = ((int)reader.TokenStartIndex, reader.ValueTextEquals(property));
            reader.Read();
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            if (found)
            {
                reader.Read();
                // One comma goes with it: the one behind it, or before it where it is the last.
                return reader.TokenType == JsonTokenType.PropertyName ? Cut(start, (int)reader.TokenStartIndex) : Cut(behindThePrevious, end);
            }
            behindThePrevious = end;
        }
        return Bytes;
    }

    /// <summary>The body with another model's name, all other bytes as they were.</summary>
    /// <exception cref="InvalidOperationException">It names none.</exception>
    public byte[] WithModel(string model)
    {
        var (start, length) = modelToken;
        if (length == 0) throw new InvalidOperationException("The body names no model.");
        return [.. Bytes.Span[..start], (byte)'"', .. JsonEncodedText.Encode(model).EncodedUtf8Bytes, (byte)'"', .. Bytes.Span[(start + length)..]];
    }

    /// <summary>The body without one element of an array, all other tokens byte for byte.</summary>
    /// <param name="pointer">JSON Pointer (RFC 6901) of an array element.</param>
    /// <returns>Null where nothing stands there, or no array element.</returns>
    public byte[]? WithoutElement(string pointer)
    {
        var path = pointer.Split('/').Skip(1).Select(segment => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        var reader = new Utf8JsonReader(Bytes.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read(); // the brace
        for (var depth = 0; depth < path.Length; depth++)
        {
            var isLast = depth == path.Length - 1;
            if (reader.TokenType == JsonTokenType.StartObject && !isLast)
            {
                if (!ToProperty(ref reader, path[depth])) return null;
            }
            else if (reader.TokenType == JsonTokenType.StartArray && int.TryParse(path[depth], out var index) && index >= 0)
            {
                var behindThePrevious = (int)reader.BytesConsumed;
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    if (i == index && !isLast) break;
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    var end = (int)reader.BytesConsumed;
                    if (i == index)
                    {
                        reader.Read();
                        return reader.TokenType == JsonTokenType.EndArray ? Cut(behindThePrevious, end) : Cut(start, (int)reader.TokenStartIndex);
                    }
                    behindThePrevious = end;
                }
                if (reader.TokenType == JsonTokenType.EndArray) return null;
            }
            else return null;
        }
        return null;
    }

    private static bool ToProperty(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found) return true;
            reader.Skip();
        }
        return false;
    }

    private byte[] Cut(int start, int end) => [.. Bytes.Span[..start], .. Bytes.Span[end..]];

    /// <summary>For messages about text that must be valid UTF-8 but is not JSON.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    internal static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
