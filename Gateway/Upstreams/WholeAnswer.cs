using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Dialects;
using Gateway.Prompts;
using Gateway.Masking;

namespace Gateway.Upstreams;

/// <summary>The answer's type is neither JSON nor text, so what is in it cannot be known.</summary>
internal sealed class UnreadableAnswerException(string? type) : Exception("The upstream's answer cannot be read.")
{
    public ApiError Error { get; } = new(StatusCodes.Status502BadGateway, "answer_unreadable",
        $"The upstream answered with '{type ?? "no content type"}'. The gateway inspects every answer before it leaves and cannot read this one.");
}

/// <summary>Masks an answer that came in one piece. What needs no mask keeps its bytes.</summary>
internal static class WholeAnswer
{
    /// <param name="look">Sees the answer where it is a JSON object.</param>
    public static ReadOnlyMemory<byte> Mask(ReadOnlyMemory<byte> answer, MediaTypeHeaderValue? type, AnswerMask mask, Action<JsonObject>? look = null)
    {
        if (answer.Length == 0) return answer;
        if (!IsReadable(type) || !JsonBody.IsUtf8(answer.Span)) throw new UnreadableAnswerException(type?.MediaType);
        try
        {
            return MaskJson(JsonBody.Parse(answer, look), mask);
        }
        catch (UnreadableBodyException)
        {
            // Not a JSON object: an array, read as JSON source; an HTML error page, plain words: text all the same.
            var text = JsonBody.Decode(answer.Span);
            return Encoding.UTF8.GetBytes(mask.MaskWhole(text, jsonText: text.AsSpan().TrimStart() is ['[' or '{' or '"', ..]));
        }
    }

    private static ReadOnlyMemory<byte> MaskJson(JsonBody body, AnswerMask mask)
    {
        var texts = new Dictionary<int, string>();
        for (var i = 0; i < body.Parts.Count; i++)
        {
            var part = body.Parts[i];
            var name = part.Path[(part.Path.LastIndexOf('/') + 1)..];
            if (AnswerText.IsStructural(name) || !body.StandsAlone(i)) continue;
            var masked = mask.MaskWhole(part.Text, jsonText: AnswerText.IsJson(name));
            if (masked != part.Text) texts[i] = masked;
        }
        if (texts.Count == 0) return body.Bytes;
        var rewritten = body.Rewrite(texts);
        return mask.Hidden > 0 ? AnswerText.WithoutLogprobs(rewritten) : rewritten;
    }

    private static bool IsReadable(MediaTypeHeaderValue? type) =>
        type?.MediaType is { } media && (media.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || media.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
