using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Gateway.Dialects;

/// <summary>
/// What an answer says about itself: which model, how many tokens, why it ended. Bounded, and never a text: a reason that
/// no provider is known for is <c>other</c>, and what is not shaped like a model's name is none.
/// </summary>
internal sealed class AnswerFacts
{
    private const string Other = "other";
    private const int LongestName = 100;
    private const int MostReasons = 16;
    private const long MostTokens = 1_000_000_000;
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/@+-");
    private static readonly FrozenSet<string> Reasons = new[]
    {
        "stop", "length", "content_filter", "tool_calls", "function_call", // chat completions
        "end_turn", "max_tokens", "stop_sequence", "tool_use", "pause_turn", "refusal", "model_context_window_exceeded", // messages
        "completed", "failed", "cancelled", "incomplete", "max_output_tokens", // responses
        "error", "eos", "abort", // relatives
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly SortedDictionary<int, string> reasons = [];
    private bool modelSeen;

    public string? Model { get; private set; }
    public long? InputTokens { get; private set; }
    public long? OutputTokens { get; private set; }

    /// <summary>An event said that the answer failed, although its status was a success.</summary>
    public bool Failed { get; private set; }

    /// <summary>One for each answer there is, in their order.</summary>
    public string[] FinishReasons => [.. reasons.Values];

    public static bool IsName(string? text) => text is { Length: > 0 and <= LongestName } && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>The first event that has a model names it; the others say the same.</summary>
    public void NoteModel(JsonNode? node)
    {
        if (modelSeen || node is null) return;
        modelSeen = true;
        Model = Text(node) is { } name && IsName(name) ? name : null;
    }

    /// <summary>Later counts replace earlier ones; one that is missing leaves them.</summary>
    public void NoteTokens(long? input, long? output) => (InputTokens, OutputTokens) = (input ?? InputTokens, output ?? OutputTokens);

    public void NoteReason(JsonNode? node, int answer = 0)
    {
        if (Text(node) is { } reason && (reasons.Count < MostReasons || reasons.ContainsKey(answer))) reasons[answer] = Reasons.TryGetValue(reason, out var known) ? known : Other;
    }

    public void NoteFailure() => Failed = true;

    /// <summary>A count of tokens; null for anything else.</summary>
    public static long? Count(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var count) && count is >= 0 and <= MostTokens ? count : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
