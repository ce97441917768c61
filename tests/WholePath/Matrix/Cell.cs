namespace WholePath.Matrix;

/// <summary>What the application asks its client for.</summary>
public enum Way
{
    Whole,
    Stream,
    ToolCall,
    StreamedToolCall,
    Responses,
    StreamedResponses,
}

/// <summary>What happens to the prompt while the client waits.</summary>
public enum Situation
{
    DecidedInsideTheHold,
    DecidedAfterTheHold,
    DecidedAfterTheClientsTimeout,
    RejectedBeforeHeaders,
    RejectedLater,
    Expired,
    NeverDecided,
    UpstreamFailed,
    KilledAndRepeated,
}

/// <summary>One logical call of one client in one situation.</summary>
public sealed record Cell(string Client, Way Way, Situation Situation)
{
    /// <summary>The vendors' clients, by the name their processes and the table know them by.</summary>
    public static readonly IReadOnlyDictionary<string, string> Clients = new Dictionary<string, string>
    {
        ["openai-ts-6"] = "openai (TypeScript) 6.49.0",
        ["openai-ts-7"] = "openai (TypeScript) 7.57.0",
        ["openai-net"] = "OpenAI .NET 2.15.0",
        ["anthropic-ts"] = "@anthropic-ai/sdk 1.12.0",
        ["anthropic-net"] = "Anthropic .NET 13.12.0",
    };

    private static readonly Dictionary<string, string> Keys =
        (from client in Clients.Keys from way in Enum.GetValues<Way>() from situation in Enum.GetValues<Situation>() select new Cell(client, way, situation))
        .Select((cell, i) => (cell, i)).ToDictionary(c => c.cell.ToString(), c => $"c{c.i:d3}");

    public static IEnumerable<Cell> All =>
        from client in Clients.Keys from way in Enum.GetValues<Way>() from situation in Enum.GetValues<Situation>()
        where client.StartsWith("openai", StringComparison.Ordinal) || way < Way.Responses
        select new Cell(client, way, situation);

    /// <summary>Short and unique; stands in the prompt and in the base URL, so that every door can tell whose call it is.</summary>
    public string Key => Keys[ToString()];

    public bool Streams => Way is Way.Stream or Way.StreamedToolCall or Way.StreamedResponses;

    public bool CallsTool => Way is Way.ToolCall or Way.StreamedToolCall;

    public bool IsResponses => Way is Way.Responses or Way.StreamedResponses;

    public bool IsDotNet => Client.EndsWith("-net", StringComparison.Ordinal);

    public override string ToString() => $"{Client}, {Way}, {Situation}";
}

/// <summary>A line a client's process reads.</summary>
internal sealed record ClientCall
{
    public required string Id { get; init; }
    public required string Client { get; init; }
    public required string Url { get; init; }
    public required string Key { get; init; }
    public required string Prompt { get; init; }
    public bool Stream { get; init; }
    public bool Tool { get; init; }
    public bool Responses { get; init; }

    /// <summary>The client's own time-out, as its user would set it; null leaves the vendor's default.</summary>
    public int? TimeoutMs { get; init; }
}

/// <summary>The line it writes: what the application got to see.</summary>
internal sealed record ClientReply
{
    public required string Id { get; init; }
    public string? Text { get; init; }
    public string? Finish { get; init; }
    public string? Tool { get; init; }
    public string? Arguments { get; init; }

    /// <summary>Told in the answer instead of by an exception.</summary>
    public string? Refusal { get; init; }

    /// <summary>Type of the exception.</summary>
    public string? Thrown { get; init; }
    public int? Status { get; init; }
    public string? Code { get; init; }
    public string? Message { get; init; }
}
