using Gateway.Dialects;

namespace Gateway.Prompts;

/// <summary>A prompt on its way out: what is sent is exactly <paramref name="Body"/>.</summary>
internal sealed record OutgoingPrompt(string Route, string Model, Dialect Dialect, ReadOnlyMemory<byte> Body, string ContentType, IReadOnlyDictionary<string, string> CallerHeaders);

/// <summary>What a caller sent, read and understood.</summary>
internal sealed record Prompt
{
    public required string Route { get; init; }
    public required Dialect Dialect { get; init; }
    public required string Model { get; init; }
    public required JsonBody Body { get; init; }
    public required string ContentType { get; init; }
    public required IReadOnlyDictionary<string, string> ForwardedHeaders { get; init; }

    /// <summary>Headers of the caller that mean something to a provider and carry no credential.</summary>
    public static readonly IReadOnlyList<string> HeaderNames = ["anthropic-version", "anthropic-beta", "openai-beta", "accept"];

    public bool Streams => Body.Streams;

    /// <summary>The caller polls for a Response by its id, as this provider's clients do by themselves.</summary>
    public bool Background => Body.Background && Dialect is OpenAIResponses;

    public OutgoingPrompt Outgoing(ReadOnlyMemory<byte> body) => new(Route, Model, Dialect, body, ContentType, ForwardedHeaders);

}
