using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Gateway.Risk.Secrets;

internal static class JsonWebTokens
{
    /// <summary>Longest header that is decoded, in characters.</summary>
    private const int LongestHeader = 2_048;

    /// <summary>The first segment really is a JSON object with a string member <c>alg</c>.</summary>
    public static bool IsSigned(string token)
    {
        var header = token.AsSpan(0, Math.Max(0, token.IndexOf('.')));
        var decoded = new byte[Base64Url.GetMaxDecodedLength(Math.Min(header.Length, LongestHeader))];
        if (header.Length is 0 or > LongestHeader || Base64Url.DecodeFromChars(header, decoded, out _, out var length) != OperationStatus.Done) return false;
        try
        {
            using var json = JsonDocument.Parse(decoded.AsMemory(0, length));
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("alg", out var algorithm) && algorithm.ValueKind == JsonValueKind.String;
        }
        catch (JsonException)
        {
            return false; // Base64 of something else: not a token.
        }
    }

    /// <summary>A well-formed token of nobody, put together here so that no source file holds one.</summary>
    public static string MadeUp() => string.Join('.',
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"alg":"HS256","typ":"JWT"}""")),
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"sub":"1234567890","name":"Nobody"}""")),
        Risk.MadeUp.Fill("{b43}"));
}
