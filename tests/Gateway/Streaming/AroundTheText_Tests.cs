using System.Text.Json.Nodes;
using Gateway.Masking;
using Gateway.Tests.Support;

namespace Gateway.Tests.Streaming;

/// <summary>Text is masked; ids, names, numbers, order and everything else of the protocol stays.</summary>
public sealed class AroundTheText_Tests
{
    [Fact]
    public async Task A_stream_with_nothing_to_hide_says_the_same_in_events_of_the_same_kind()
    {
        var events = Answers.ChatStream("Hello ", "dear ", "world. ");
        Assert.Equal(string.Concat(events), await Masked.StreamAsync(Masked.Chat, events));
    }

    [Fact]
    public async Task Ids_usage_and_finish_reason_stay_and_the_held_text_comes_before_the_finish()
    {
        var left = await Masked.StreamAsync(Masked.Chat, [.. Answers.ChatStream("My card is 4111 1111", " 1111 ", "1111")[..^1], Answers.Data(new { id = "chatcmpl-1", choices = Array.Empty<object>(), usage = new { total_tokens = 18 } }), "data: [DONE]\n\n"]);

        var events = Answers.Parse(left);
        Assert.All(events, e => Assert.Equal("chatcmpl-1", (string?)e["id"]));
        Assert.Equal("My card is [CARD hidden]", Answers.ChatText(left));
        Assert.Equal("stop", (string?)events[^2]["choices"]![0]!["finish_reason"]);
        Assert.Equal(18, (int)events[^1]["usage"]!["total_tokens"]!);
        Assert.Single(events, e => e["usage"] is not null);
        Assert.Equal(1, left.Split("\"role\"").Length - 1);
        Assert.EndsWith("data: [DONE]\n\n", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choices_that_take_turns_are_masked_each_on_its_own()
    {
        static string Piece(int choice, string text, string? finish = null) => Answers.Data(new { id = "c", choices = new[] { new { index = choice, delta = new { content = text }, finish_reason = finish } } });
        var left = await Masked.StreamAsync(Masked.Chat, Piece(0, "4111 1111 "), Piece(1, "jane.miller@ex"), Piece(0, "1111 1111"), Piece(1, "ample.org"), Piece(1, "", "stop"), Piece(0, "", "stop"), "data: [DONE]\n\n");

        string Of(int choice) => string.Concat(Answers.Parse(left).Select(e => e["choices"]![0]!).Where(c => (int)c["index"]! == choice).Select(c => (string)c["delta"]!["content"]!));
        Assert.Equal("[CARD hidden]", Of(0));
        Assert.Equal("[EMAIL hidden]", Of(1));
    }

    [Fact]
    public async Task Two_tool_calls_keep_their_ids_names_and_order()
    {
        static string Call(int index, string? id, string? name, string arguments) =>
            Answers.ChatChunk(new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = index, ["id"] = id, ["function"] = new JsonObject { ["name"] = name, ["arguments"] = arguments } }) });
        var left = await Masked.StreamAsync(Masked.Chat, Answers.ChatChunk(new { content = "On it" }), Call(0, "call_a", "mail", ""), Call(0, null, null, "{\"to\":\"jane.mil"), Call(0, null, null, "ler@example.org\"}"),
            Call(1, "call_b", "pay", ""), Call(1, null, null, "{\"card\":41111111"), Call(1, null, null, "11111111}"), Answers.ChatChunk(new { }, "tool_calls"), "data: [DONE]\n\n");

        var calls = Answers.Parse(left).Select(e => e["choices"]![0]!["delta"]!["tool_calls"]?[0]).OfType<JsonNode>().ToList();
        string Arguments(int index) => string.Concat(calls.Where(c => (int)c["index"]! == index).Select(c => (string)c["function"]!["arguments"]!));
        Assert.Equal("{\"to\":\"[EMAIL hidden]\"}", Arguments(0));
        Assert.Equal("{\"card\":\"[CARD hidden]\"}", Arguments(1));
        Assert.Equal(["call_a", "call_b"], calls.Select(c => (string?)c["id"]).OfType<string>());
        Assert.Equal(["mail", "pay"], calls.Select(c => (string?)c["function"]!["name"]).OfType<string>());
        Assert.Equal(calls.Select(c => (int)c["index"]!).Order(), calls.Select(c => (int)c["index"]!));
        Assert.Equal("On it", Answers.ChatText(left));
    }

    [Theory]
    [InlineData("""{"function_call":{"name":"f","arguments":"$"}}""")]
    [InlineData("""{"reasoning_content":"$"}""")]
    [InlineData("""{"refusal":"$"}""")]
    [InlineData("""{"content":[{"type":"text","text":"$"}]}""")]
    [InlineData("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"$"}]}]}""")]
    [InlineData("""{"reasoning_details":[{"type":"reasoning.text","text":"$","format":"f-1"}]}""")]
    [InlineData("""{"audio":{"transcript":"$"}}""")]
    public async Task Wherever_a_delta_has_text_a_value_split_over_two_events_is_hidden(string delta)
    {
        string Piece(string text) => Answers.ChatChunk(JsonNode.Parse(delta.Replace("$", text, StringComparison.Ordinal))!);
        var left = await Masked.StreamAsync(Masked.Chat, Piece("jane.mil"), Piece("ler@example.org "), Answers.ChatChunk(new { }, "stop"), "data: [DONE]\n\n");

        Assert.Contains("[EMAIL hidden]", left, StringComparison.Ordinal);
        Assert.DoesNotContain("jane.mil", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anthropic_blocks_are_masked_each_in_its_place()
    {
        static string Block(int index, string delta) => Answers.Event("content_block_delta", new JsonObject { ["type"] = "content_block_delta", ["index"] = index, ["delta"] = JsonNode.Parse(delta) });
        static string Stop(int index) => Answers.Event("content_block_stop", new { type = "content_block_stop", index });
        var left = await Masked.StreamAsync(Masked.Messages, Streams.Messages()[0],
            Block(0, """{"type":"thinking_delta","thinking":"card 4111 1111"}"""), Block(0, """{"type":"thinking_delta","thinking":" 1111 1111"}"""), Block(0, """{"type":"signature_delta","signature":"EqQB4111111111111111"}"""), Stop(0),
            Answers.Event("content_block_start", new { type = "content_block_start", index = 1, content_block = new { type = "tool_use", id = "toolu_1", name = "mail", input = new { } } }),
            Block(1, """{"type":"input_json_delta","partial_json":"{\"to\":\"jane.mil"}"""), Block(1, """{"type":"input_json_delta","partial_json":"ler@example.org\"}"}"""), Stop(1),
            Answers.Event("message_delta", new { type = "message_delta", delta = new { stop_reason = "tool_use" }, usage = new { output_tokens = 9 } }), Answers.Event("message_stop", new { type = "message_stop" }));

        var events = Answers.Parse(left);
        string Of(string property) => string.Concat(events.Select(e => (string?)e["delta"]?[property] ?? ""));
        Assert.Equal("card [CARD hidden]", Of("thinking"));
        Assert.Equal("{\"to\":\"[EMAIL hidden]\"}", Of("partial_json"));
        Assert.Equal("EqQB4111111111111111", Of("signature"));
        var kinds = events.Select(e => ((string)e["type"]!, (int?)e["index"])).ToList();
        Assert.True(kinds.FindLastIndex(k => k == ("content_block_delta", 0)) < kinds.IndexOf(("content_block_stop", 0)));
        Assert.True(kinds.FindLastIndex(k => k == ("content_block_delta", 1)) < kinds.IndexOf(("content_block_stop", 1)));
        Assert.Equal(("message_stop", null), kinds[^1]);
    }

    [Fact]
    public async Task Response_events_of_two_items_stay_numbered_in_order_when_held_text_is_inserted()
    {
        var n = 10;
        string Delta(string item, string text) => Answers.Event("response.output_text.delta", new { type = "response.output_text.delta", sequence_number = n++, item_id = item, output_index = 0, content_index = 0, delta = text });
        string Done(string item) => Answers.Event("response.output_text.done", new { type = "response.output_text.done", sequence_number = n++, item_id = item, output_index = 0, content_index = 0, text = "x" });
        var left = await Masked.StreamAsync(Masked.Responses, Delta("a", "jane.mil"), Delta("b", "Hello "), Delta("b", "41111111"), Done("a"), Delta("b", "11111111"), Done("b"),
            Answers.Event("response.completed", new { type = "response.completed", sequence_number = n++, response = new { status = "completed" } }));

        var events = Answers.Parse(left);
        string Of(string item) => string.Concat(events.Where(e => (string?)e["item_id"] == item).Select(e => (string?)e["delta"] ?? ""));
        Assert.Equal("jane.mil", Of("a"));
        Assert.Equal("Hello [CARD hidden]", Of("b"));
        var numbers = events.Select(e => (long)e["sequence_number"]!).ToList();
        Assert.Equal(Enumerable.Range(10, numbers.Count).Select(i => (long)i), numbers);
    }

    [Fact]
    public async Task Pseudonyms_are_restored_wherever_the_token_was_cut()
    {
        const string said = "Written to [EMAIL_1], see [EMAIL_10] and [email_1].";
        for (var cut = 1; cut < said.Length; cut++)
        {
            var pseudonyms = new Pseudonyms();
            pseudonyms.TokenFor("EMAIL_ADDRESS", Masked.Email);
            var left = await Masked.StreamAsync(Masked.Chat, Answers.ChatStream(said[..cut], said[cut..]).Select(System.Text.Encoding.UTF8.GetBytes), pseudonyms);
            Assert.Equal($"Written to {Masked.Email}, see [EMAIL_10] and {Masked.Email}.", Answers.ChatText(left));
        }
    }

    [Fact]
    public async Task Logprobs_go_where_text_was_changed_and_stay_where_it_was_not()
    {
        static string Piece(string text) => Answers.Data(new { choices = new[] { new { index = 0, delta = new { content = text }, logprobs = new { content = new[] { new { token = text, logprob = -0.5 } } }, finish_reason = (string?)null } } });
        var left = await Masked.StreamAsync(Masked.Chat, Piece("Hello "), Piece("4111 1111 "), Piece("1111 1111 "), Piece("there "), Answers.ChatChunk(new { }, "stop"), "data: [DONE]\n\n");

        Assert.DoesNotContain("1111", left, StringComparison.Ordinal);
        var events = Answers.Parse(left);
        Assert.Equal("Hello ", (string?)events[0]["choices"]![0]!["logprobs"]!["content"]![0]!["token"]);
        Assert.Equal("Hello [CARD hidden] there ", Answers.ChatText(left));
    }

    [Fact]
    public void Logprobs_of_a_whole_answer_go_when_something_in_it_was_hidden()
    {
        const string answer = """{"choices":[{"message":{"content":"4111 1111 1111 1111"},"logprobs":{"content":[{"token":"4111"},{"token":" caf\u00e9"}]}}],"usage":{"total_tokens":12345678901234567890}}""";
        Assert.Equal("""{"choices":[{"message":{"content":"[CARD hidden]"},"logprobs":null}],"usage":{"total_tokens":12345678901234567890}}""", Masked.Whole(answer));
    }

    [Fact]
    public void A_whole_answer_with_nothing_to_hide_keeps_its_bytes()
    {
        const string answer = """{ "created" : 1764000000,"id":"chatcmpl-4111111111111111", "object":"x", "caf\u00e9":"\/", "choices":[ {"message":{"content":"Hello"}, "logprobs":{"content":[]}} ],"usage":{"prompt_tokens":1234567890,"total":1.50}}""";
        Assert.Equal(answer, Masked.Whole(answer));
    }

    [Fact]
    public void The_numbers_of_the_protocol_are_never_taken_for_values()
    {
        for (var time = 1_700_000_000L; time < 1_900_000_000; time += 999_983)
        {
            var answer = $$"""{"created":{{time}},"created_at":{{time}}.123,"expires":{{time}}000,"choices":[]}""";
            Assert.Equal(answer, Masked.Whole(answer));
        }
    }

    [Theory]
    [InlineData("""[{"text":"jane.miller\u0040example.org"}]""")]
    [InlineData("\"jane.miller\\u0040example.org\"")]
    [InlineData("""{"type":"code_interpreter_call","code":"print('jane.miller@example.org')"}""")]
    [InlineData("""{"a":"jane.miller\u0040example.org","a":1}""")]
    [InlineData("""{"a":"\ud83d jane.miller\u0040example.org"}""")]
    [InlineData("""{"jane.miller@example.org":1}""")]
    [InlineData("jane.miller@example.org is <b>not</b> JSON")]
    public void A_leak_is_hidden_whatever_the_shape_of_the_answer(string answer)
    {
        var left = Masked.Whole(answer);
        Assert.Contains("[EMAIL hidden]", left, StringComparison.Ordinal);
        Assert.DoesNotContain("jane.miller", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_of_plain_json_keep_what_is_no_text()
    {
        static string Piece(string text) => Answers.Data(new { id = "x", created_at = "2026-03-02T09:00:00Z", provider = "OpenAI", response = text });
        var left = await Masked.StreamAsync(Masked.Plain, Piece("Hello jane.mil"), Piece("ler@example.org bye "));
        var events = Answers.Parse(left);
        Assert.All(events, e => Assert.Equal(("x", "2026-03-02T09:00:00Z", "OpenAI"), ((string?)e["id"], (string?)e["created_at"], (string?)e["provider"])));
        Assert.Equal("Hello [EMAIL hidden] bye ", string.Concat(events.Select(e => (string)e["response"]!)));
    }
}
