using System.Buffers;
using System.Text;
using Gateway.Dialects;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Gateway.Prompts;

/// <summary>The request is no prompt, and why.</summary>
internal class PromptRefusedException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}

/// <summary>Reads a request into a <see cref="Prompt"/>, or says what is wrong with it. Bounded by <see cref="PromptOptions.LargestPrompt"/>.</summary>
internal sealed class PromptReader(IOptions<PromptOptions> options)
{
    private const int LongestModelName = 200;

    /// <summary>Reserved before a byte has come, whatever length is announced.</summary>
    private const int FirstBuffer = 64 * 1024;

    public static bool IsModelName(string name) => name.Length is > 0 and <= LongestModelName && !name.Any(char.IsControl);

    /// <exception cref="PromptRefusedException">With the provider-shaped error to answer.</exception>
    public async Task<Prompt> ReadAsync(HttpRequest request, Dialect dialect, CancellationToken ct)
    {
        RequireJson(request);
        var bytes = await ReadBodyAsync(request, ct);
        JsonBody body;
        try
        {
            body = JsonBody.Parse(bytes);
        }
        catch (UnreadableBodyException fault)
        {
            throw new PromptRefusedException(ApiError.Invalid(fault.Message));
        }
        if (body.Model is not { } model || !IsModelName(model))
            throw new PromptRefusedException(ApiError.Invalid("The body needs a 'model': a string of 1 to 200 characters, none of them a control character.", "model_missing"));

        return new Prompt
        {
            Route = request.Path.Value!, // routing matched it
            Dialect = dialect,
            Model = model,
            Body = body,
            ContentType = "application/json",
            ForwardedHeaders = Forwarded(request),
        };
    }

    /// <exception cref="PromptRefusedException">One of them holds what no header may.</exception>
    public static IReadOnlyDictionary<string, string> Forwarded(HttpRequest request)
    {
        var forwarded = Prompt.HeaderNames.Where(name => request.Headers.ContainsKey(name)).ToDictionary(name => name, name => request.Headers[name].ToString());
        return forwarded.FirstOrDefault(header => !Ascii.IsValid(header.Value)) is { Key: { } odd }
            ? throw new PromptRefusedException(ApiError.Invalid($"The header '{odd}' holds characters outside ASCII and cannot be sent on.", "invalid_header"))
            : forwarded;
    }

    /// <summary>The whole body; nothing is judged by its first part.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request, CancellationToken ct)
    {
        var limit = options.Value.LargestPrompt;
        if (request.ContentLength > limit) throw TooLarge(limit);
        // One more than is announced, so that its end is seen without growing: the body is kept as long as its caller waits.
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(request.ContentLength + 1 ?? 4096, 256, FirstBuffer));
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(1), ct);
            if (read == 0) return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > limit) throw TooLarge(limit);
        }
    }

    private static void RequireJson(HttpRequest request)
    {
        var isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson || request.Headers.ContentEncoding.Count > 0)
        {
            throw new PromptRefusedException(new ApiError(StatusCodes.Status415UnsupportedMediaType, "unreadable_content_type",
                "The gateway reads every prompt before it is sent on, and can read only application/json in UTF-8, not compressed."));
        }
    }

    private static PromptRefusedException TooLarge(int limit) =>
        new(new ApiError(StatusCodes.Status413PayloadTooLarge, "prompt_too_large", $"The body is larger than {limit:N0} bytes."));
}
