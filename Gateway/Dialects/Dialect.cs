using System.Text.Json.Nodes;

namespace Gateway.Dialects;

/// <summary>Text that grows over the events of a stream.</summary>
/// <param name="Slot">Which text of the answer this is a piece of; starts with <paramref name="Group"/>.</param>
/// <param name="Group">Slots of one group follow each other: when the next begins, the ones before are complete.</param>
/// <param name="IsJson">The text is itself JSON source (tool arguments).</param>
internal sealed record TextDelta(string Slot, string Group, JsonObject Owner, string Property, bool IsJson);

/// <summary>What one provider's wire looks like: its errors, and where text stands in the events of a streamed answer.</summary>
internal abstract class Dialect
{
    /// <summary>Kind of upstream that speaks it: <c>openai</c> or <c>anthropic</c>.</summary>
    public abstract string Kind { get; }

    public abstract byte[] Error(ApiError error);

    /// <summary>The same refusal inside a stream that has begun, in the form every client of this provider notices.</summary>
    public abstract string StreamRefusal(ApiError error, string model);

    /// <summary>A failure inside a stream that has begun. Not followed by the provider's normal end.</summary>
    public virtual string StreamError(ApiError error) => $"data: {System.Text.Encoding.UTF8.GetString(Error(error))}\n\n";

    /// <summary>A line that keeps a silent stream open without meaning anything to the client.</summary>
    public virtual string KeepAlive(string note) => $": {note}\n\n";

    /// <summary>The growing texts this event adds to.</summary>
    public abstract IEnumerable<TextDelta> Deltas(JsonObject data);

    /// <summary>Whether nothing more will be added to this slot from this event on.</summary>
    public abstract bool Closes(JsonObject data, string slot);

    /// <summary>Whether the stream is over with this event: it leaves only when the record of the answer is durable.</summary>
    public abstract bool IsLast(string data, JsonObject? json);

    /// <summary>
    /// Whether the model has said all it will, so that a stream that just stops here has not broken off. Some upstreams
    /// end without the provider's last event.
    /// </summary>
    public virtual bool IsComplete(JsonObject data) => true;

    /// <summary>Reads what a whole answer, or an event of a streamed one, says about itself. Here as OpenAI and most others write it.</summary>
    public virtual void Note(JsonObject data, AnswerFacts facts)
    {
        facts.NoteModel(data["model"]);
        if (data["usage"] is JsonObject usage)
            facts.NoteTokens(AnswerFacts.Count(usage["prompt_tokens"]) ?? AnswerFacts.Count(usage["input_tokens"]), AnswerFacts.Count(usage["completion_tokens"]) ?? AnswerFacts.Count(usage["output_tokens"]));
        foreach (var (choice, index) in Items(data["choices"]))
        {
            if (choice["finish_reason"] is { } reason && int.TryParse(index, out var answer)) facts.NoteReason(reason, answer);
        }
        if (data["error"] is not null) facts.NoteFailure();
    }

    /// <summary>Makes a copy of an earlier event carry only the rest of one slot.</summary>
    public virtual void Strip(JsonObject copy)
    {
    }

    /// <summary>The event's number in its stream, where the provider numbers them.</summary>
    public virtual long? Number(JsonObject data) => null;

    /// <summary>Gives an event another number; called only where it had one.</summary>
    public virtual void Renumber(JsonObject data, long number)
    {
    }

    protected static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    protected static string Index(JsonNode? node) => node is JsonValue value ? value.ToJsonString() : "0";

    /// <summary>A member, or null where there is none or the node is no object at all: an upstream may send anything.</summary>
    protected static JsonNode? Member(JsonNode? node, string name) => (node as JsonObject)?[name];

    /// <summary>Items of an array that are objects, each with the place it says it has, or else stands at.</summary>
    protected static IEnumerable<(JsonObject Item, string Index)> Items(JsonNode? node)
    {
        if (node is not JsonArray array) yield break;
        for (var i = 0; i < array.Count; i++)
        {
            if (array[i] is JsonObject item) yield return (item, item["index"] is JsonValue index ? index.ToJsonString() : i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
