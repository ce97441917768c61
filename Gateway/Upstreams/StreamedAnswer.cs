using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Dialects;
using Gateway.Prompts;
using Gateway.Masking;

namespace Gateway.Upstreams;

/// <summary>
/// Masks a streamed answer event by event. Each growing text has its own mask; an event leaves with as much of its text as
/// is certain, the rest follows with the next one or, at the text's end, in a copy of the last event that carried it.
/// </summary>
/// <param name="look">Sees each event as it came.</param>
internal sealed class StreamedAnswer(Dialect dialect, AnswerMask mask, Action<JsonObject>? look = null)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<string, OpenText> open = [];
    private int inserted;
    private long lastNumber;

    /// <param name="record">Called with the last bytes before they leave.</param>
    public async Task CopyAsync(Stream upstream, AnswerSink sink, Func<ReadOnlyMemory<byte>, Task> record, CancellationToken ct)
    {
        var complete = dialect.IsComplete([]);
        var events = SseParser.Create(upstream, (_, bytes) => Encoding.UTF8.GetString(bytes));
        await foreach (var item in events.EnumerateAsync(ct))
        {
            var json = TryParse(item.Data);
            if (json is not null) look?.Invoke(json);
            var output = Encoding.UTF8.GetBytes(Next(item, json));
            complete |= json is not null && dialect.IsComplete(json);
            var last = dialect.IsLast(item.Data, json);
            if (last) await record(output);
            await sink.WriteAsync(output);
            if (last) return; // whatever the upstream does behind its end, the answer is whole and recorded
        }

        var rest = Encoding.UTF8.GetBytes(FlushAll());
        if (!complete && sink.Status is >= 200 and < 300)
        {
            await sink.WriteAsync(rest);
            throw new HttpIOException(HttpRequestError.ResponseEnded);
        }
        await record(rest);
        await sink.WriteAsync(rest);
    }

    private string Next(SseItem<string> item, JsonObject? json)
    {
        if (json is null) return FlushAll() + Format(item.EventType, item.Data == "[DONE]" ? item.Data : mask.MaskWhole(item.Data));

        var output = new StringBuilder();
        var deltas = dialect.Deltas(json).ToList();
        foreach (var (slot, text) in open.ToList())
        {
            var goesOn = deltas.Exists(d => d.Slot == slot);
            var overtaken = deltas.Exists(d => d.Group == text.Group && d.Slot != slot);
            if (!goesOn && (overtaken || dialect.Closes(json, slot))) output.Append(Flush(slot));
        }

        var changed = false;
        foreach (var delta in deltas) changed |= Advance(item.EventType, json, delta);
        changed |= RewriteWholeTexts(json, deltas);
        if (changed) AnswerText.RemoveLogprobs(json);
        if (dialect.Number(json) is { } number)
        {
            lastNumber = number + inserted;
            if (inserted > 0) dialect.Renumber(json, lastNumber);
        }
        output.Append(Format(item.EventType, changed || inserted > 0 ? json.ToJsonString(Relaxed) : item.Data));
        return output.ToString();
    }

    private bool Advance(string eventType, JsonObject json, TextDelta delta)
    {
        var text = delta.Owner[delta.Property]!.GetValue<string>(); // the dialect saw a string there
        if (!open.TryGetValue(delta.Slot, out var grown)) open[delta.Slot] = grown = new OpenText(mask.Open(delta.IsJson), delta.Group);
        var leaves = grown.Mask.Push(text);
        if (dialect.Closes(json, delta.Slot))
        {
            leaves += grown.Mask.Finish();
            open.Remove(delta.Slot);
        }
        else if (grown.Mask.Held > 0 && text.Length > 0)
        {
            grown.Last = (eventType, json, delta);
        }
        if (leaves == text) return false;
        delta.Owner[delta.Property] = leaves;
        return true;
    }

    private bool RewriteWholeTexts(JsonObject json, List<TextDelta> deltas)
    {
        var changed = false;
        AnswerText.Rewrite(json, (text, isJson) =>
        {
            var slot = mask.Open(isJson);
            var masked = slot.Push(text) + slot.Finish();
            changed |= masked != text;
            return masked;
        }, deltas.Select(d => (d.Owner, d.Property)).ToHashSet());
        return changed;
    }

    private string FlushAll() => string.Concat(open.Keys.ToList().Select(Flush));

    /// <summary>What a text still held back, in a copy of the last event that added to it.</summary>
    private string Flush(string slot)
    {
        open.Remove(slot, out var text);
        var rest = text!.Mask.Finish(); // only open slots are flushed
        if (rest.Length == 0 || text.Last is not var (eventType, json, delta)) return "";

        var copy = json.DeepClone().AsObject();
        foreach (var other in dialect.Deltas(copy).ToList()) other.Owner[other.Property] = other.Slot == delta.Slot ? rest : "";
        dialect.Strip(copy);
        if (dialect.Number(copy) is not null) dialect.Renumber(copy, ++lastNumber);
        inserted++;
        return Format(eventType, copy.ToJsonString(Relaxed));
    }

    private static string Format(string eventType, string data)
    {
        var name = eventType == SseParser.EventTypeDefault ? "" : $"event: {eventType}\n";
        return $"{name}data: {data.Replace("\n", "\ndata: ", StringComparison.Ordinal)}\n\n";
    }

    private static JsonObject? TryParse(string data)
    {
        if (!data.AsSpan().TrimStart(" \t\r\n").StartsWith('{')) return null; // "[DONE]" ends most streams, and an exception costs more than the rest of it
        try
        {
            return JsonNode.Parse(Surrogates.Mend(data), documentOptions: new JsonDocumentOptions { MaxDepth = JsonBody.MaxDepth, AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class OpenText(StreamMask mask, string group)
    {
        public StreamMask Mask { get; } = mask;
        public string Group { get; } = group;

        /// <summary>The last event after which some text stayed behind.</summary>
        public (string EventType, JsonObject Json, TextDelta Delta)? Last { get; set; }
    }
}
