using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Dialects;
using Gateway.Masking;
using Gateway.Tests.Masking;
using Gateway.Tests.Support;

namespace Gateway.Tests.Streaming;

/// <summary>Promise 7: masking does not depend on chunking. However a text is cut into events and bytes, what leaves is what would leave of the whole.</summary>
public sealed class AnyCut_Tests
{
    private static readonly Pseudonyms Sent = new();

    /// <summary>What stands for values of the caller: a pseudonym, two ways of writing it back, and made-up values.</summary>
    private static readonly string[] StandIns = [
        Sent.TokenFor("EMAIL_ADDRESS", "first@caller.example"), "[EMAIL 1]", @"\[EMAIL\_1\]", Sent.FakeFor("EMAIL_ADDRESS", "second@caller.example", WaysOfMasking_Tests.Key("alice")),
        Sent.FakeFor("CREDIT_CARD", "4111 1111 1111 1111", WaysOfMasking_Tests.Key("alice")), "[CARD …1111]", "[EMAIL #0123456789ab]", "YWRhLmxvdmVsYWNlQGV4YW1wbGUub3Jn", "a d a @ e x a m p l e . o r g"];

    private static readonly Gen<string> Texts = Gen.OneOf(AnswerTexts.Values, AnswerTexts.Prose, Gen.OneOf<string>(StandIns)).Array[1, 8].Select(words => string.Join(' ', words));

    /// <summary>A text, cut into events, and the events' bytes cut again.</summary>
    private static readonly Gen<(string[] Pieces, int[] Cuts)> CutTexts = Gen.Select(Texts, Gen.Int[1, 12].Array[1, 40], Gen.Int[1, 400].Array[1, 30], (text, sizes, cuts) => (Cut(text, sizes), cuts));

    [Fact]
    public Task Chat_content_leaves_as_the_whole_would() => HoldsAsync(Masked.Chat, Answers.ChatStream, Answers.ChatText);

    [Fact]
    public Task Anthropic_text_leaves_as_the_whole_would() => HoldsAsync(Masked.Messages, Streams.Messages,
        stream => string.Concat(Answers.Parse(stream).Select(e => (string?)e["delta"]?["text"] ?? "")));

    [Fact]
    public Task Responses_text_leaves_as_the_whole_would_in_deltas_and_in_the_closing_events() => HoldsAsync(Masked.Responses, Streams.Responses, stream =>
    {
        var events = Answers.Parse(stream);
        var text = string.Concat(events.Where(e => (string?)e["type"] == "response.output_text.delta").Select(e => (string)e["delta"]!));
        Assert.Equal(text, (string?)events.Single(e => (string?)e["type"] == "response.output_text.done")["text"]);
        Assert.Equal(text, (string?)events[^1]["response"]!["output"]![0]!["content"]![0]!["text"]);
        var numbers = events.Select(e => (long)e["sequence_number"]!).ToList();
        Assert.Equal(numbers.Distinct().Order(), numbers);
        return text;
    });

    [Fact]
    public Task Text_of_any_other_json_stream_leaves_as_the_whole_would() => HoldsAsync(Masked.Plain,
        pieces => [.. pieces.Select((piece, i) => Answers.Data(new { id = "cmpl-1", n = i, choices = new[] { new { index = 3, text = piece } } })), "data: [DONE]\n\n"],
        stream => string.Concat(Answers.Parse(stream).Select(e => (string)e["choices"]![0]!["text"]!)));

    [Fact]
    public Task Chat_reasoning_leaves_as_the_whole_would() => HoldsAsync(Masked.Chat,
        pieces => [.. pieces.Select(piece => Answers.ChatChunk(new { reasoning_content = piece })), Answers.ChatChunk(new { }, "stop"), "data: [DONE]\n\n"],
        stream => string.Concat(Answers.Parse(stream).Select(e => (string?)e["choices"]![0]!["delta"]!["reasoning_content"] ?? "")));

    [Fact]
    public Task Anthropic_thinking_leaves_as_the_whole_would() => HoldsAsync(Masked.Messages,
        pieces => Block("thinking", pieces.Select(piece => (object)new { type = "thinking_delta", thinking = piece })),
        stream => string.Concat(Answers.Parse(stream).Select(e => (string?)e["delta"]?["thinking"] ?? "")));

    [Fact]
    public Task Anthropic_tool_input_leaves_as_the_whole_would() => HoldsAsync(Masked.Messages,
        pieces => Block("tool_use", pieces.Select(piece => (object)new { type = "input_json_delta", partial_json = piece })),
        stream => string.Concat(Answers.Parse(stream).Select(e => (string?)e["delta"]?["partial_json"] ?? "")), json: true);

    [Fact]
    public Task Responses_arguments_leave_as_the_whole_would() => HoldsAsync(Masked.Responses,
        pieces => Deltas("response.function_call_arguments", pieces, words => new { type = "response.function_call_arguments.done", sequence_number = 99, item_id = "fc_1", output_index = 0, arguments = words }),
        stream =>
        {
            var events = Answers.Parse(stream);
            var text = string.Concat(events.Select(e => (string?)e["delta"] ?? ""));
            Assert.Equal(text, (string?)events.Single(e => e["arguments"] is not null)["arguments"]);
            return text;
        }, json: true);

    [Fact]
    public Task Responses_reasoning_leaves_as_the_whole_would() => HoldsAsync(Masked.Responses,
        pieces => Deltas("response.reasoning_summary_text", pieces, words => new { type = "response.reasoning_summary_text.done", sequence_number = 99, item_id = "rs_1", output_index = 0, summary_index = 0, text = words }),
        stream => string.Concat(Answers.Parse(stream).Select(e => (string?)e["delta"] ?? "")));

    private static string[] Block(string type, IEnumerable<object> deltas) =>
    [
        Streams.Messages()[0],
        Answers.Event("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type } }),
        .. deltas.Select(delta => Answers.Event("content_block_delta", new { type = "content_block_delta", index = 0, delta })),
        Answers.Event("content_block_stop", new { type = "content_block_stop", index = 0 }),
        Answers.Event("message_stop", new { type = "message_stop" }),
    ];

    private static string[] Deltas(string kind, string[] pieces, Func<string, object> done) =>
    [
        .. pieces.Select((piece, i) => Answers.Event($"{kind}.delta", new { type = $"{kind}.delta", sequence_number = i, item_id = "fc_1", output_index = 0, summary_index = 0, delta = piece })),
        Answers.Event($"{kind}.done", done(string.Concat(pieces))),
        Answers.Event("response.completed", new { type = "response.completed", sequence_number = 100, response = new { id = "resp_1", status = "completed" } }),
    ];

    [Fact]
    public async Task Tool_arguments_leave_as_the_whole_would_and_stay_json()
    {
        await Gen.Select(Texts, Texts, Gen.Int[1, 12].Array[1, 40]).SampleAsync(async (first, second, sizes) =>
        {
            var arguments = JsonSerializer.Serialize(new { note = first, list = new[] { second }, n = 7, card = 4111111111111111 });
            var pieces = Cut(arguments, sizes);
            var expected = (string)JsonNode.Parse(Masked.Whole(JsonSerializer.Serialize(new { arguments }), Sent))!["arguments"]!;

            string[] events = [
                Answers.ChatChunk(new { role = "assistant", tool_calls = new[] { new { index = 0, id = "call_1", type = "function", function = new { name = "send_4111_mail", arguments = "" } } } }),
                .. pieces.Select(piece => Answers.ChatChunk(new { tool_calls = new[] { new { index = 0, function = new { arguments = piece } } } })),
                Answers.ChatChunk(new { }, "tool_calls"), "data: [DONE]\n\n"];
            var stream = await Masked.StreamAsync(Masked.Chat, events.Select(Encoding.UTF8.GetBytes), Sent);

            var calls = Answers.Parse(stream).Select(e => e["choices"]![0]!["delta"]!["tool_calls"]?[0]).OfType<JsonNode>().ToList();
            Assert.Equal(expected, string.Concat(calls.Select(c => (string)c["function"]!["arguments"]!)));
            Assert.Equal(["call_1"], calls.Select(c => (string?)c["id"]).OfType<string>());
            Assert.Equal(["send_4111_mail"], calls.Select(c => (string?)c["function"]!["name"]).OfType<string>());
            JsonDocument.Parse(expected).Dispose();
        }, iter: Cases, threads: 1);
    }

    /// <summary>Fewer than of bare texts: each is a stream that is parsed twice.</summary>
    private static readonly int Cases = AnswerTexts.Cases / 12;

    private static async Task HoldsAsync(Dialect dialect, Func<string[], string[]> stream, Func<string, string> textOf, bool json = false) =>
        await CutTexts.SampleAsync(async sample =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(stream(sample.Pieces)));
            var left = await Masked.StreamAsync(dialect, CutBytes(bytes, sample.Cuts), Sent);
            Assert.Equal(Masked.Mask(Sent).MaskWhole(string.Concat(sample.Pieces), json), textOf(left));
        }, iter: Cases, threads: 1, print: sample => string.Join('|', sample.Pieces));

    /// <summary>Never between the halves of a surrogate pair: JSON cannot carry a half.</summary>
    private static string[] Cut(string text, int[] sizes)
    {
        var pieces = new List<string>();
        for (int at = 0, i = 0; at < text.Length; i++)
        {
            var end = Math.Min(text.Length, at + sizes[i % sizes.Length]);
            if (end < text.Length && char.IsLowSurrogate(text[end])) end++;
            pieces.Add(text[at..end]);
            at = end;
        }
        return [.. pieces];
    }

    private static IEnumerable<byte[]> CutBytes(byte[] bytes, int[] sizes)
    {
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            var end = Math.Min(bytes.Length, at + sizes[i % sizes.Length]);
            yield return bytes[at..end];
            at = end;
        }
    }
}
