using System.Buffers.Text;
using Contracts.Api;

namespace Gateway.Prompts;

/// <summary>Tells text from bytes that only look like text: pictures, audio, documents, and references to them.</summary>
internal static class Attachment
{
    private const int ShortestPayload = 64;

    /// <summary>True for an attachment. <paramref name="text"/> is what it says when it is text in base64, or null when it cannot be read here.</summary>
    public static bool TryRead(BodyFrame frame, string name, string value, out string? text)
    {
        text = null;
        if (IsDataUrl(value)) text = TextOf(value[(value.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        else if (IsCarrier(frame, name) && IsBase64(value)) text = TextOf(value);
        else return IsReference(frame, name);
        return true;
    }

    public static PromptAttachment Describe(BodyFrame frame, string name, string value)
    {
        var payload = IsDataUrl(value) ? value.AsSpan(value.IndexOf(',', StringComparison.Ordinal) + 1) : IsBase64(value) ? value.AsSpan() : default;
        var mediaType = IsDataUrl(value) ? value["data:".Length..value.IndexOf(';', StringComparison.Ordinal)] : frame.MediaType;
        return new PromptAttachment(frame.ElementOf(name), string.IsNullOrWhiteSpace(mediaType) ? null : mediaType, payload.IsEmpty ? null : Base64.GetMaxDecodedFromUtf8Length(payload.Length) - payload.Length + payload.TrimEnd('=').Length);
    }

    /// <summary>Where providers put an attachment's bytes without saying so in the value.</summary>
    private static bool IsCarrier(BodyFrame frame, string name) => name is "data" or "file_data" or "b64_json" or "image" or "audio" || frame.Name == "images";

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
