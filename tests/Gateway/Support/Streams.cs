namespace Gateway.Tests.Support;

/// <summary>Streams as the providers write them.</summary>
internal static class Streams
{
    public static string[] Messages(params string[] pieces) =>
    [
        Answers.Event("message_start", new { type = "message_start", message = new { id = "msg_1", type = "message", role = "assistant", model = "m", content = Array.Empty<object>(), usage = new { input_tokens = 3, output_tokens = 1 } } }),
        Answers.Event("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type = "text", text = "" } }),
        .. pieces.Select(piece => Answers.Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text = piece } })),
        Answers.Event("content_block_stop", new { type = "content_block_stop", index = 0 }),
        Answers.Event("message_delta", new { type = "message_delta", delta = new { stop_reason = "end_turn" }, usage = new { output_tokens = 9 } }),
        Answers.Event("message_stop", new { type = "message_stop" }),
    ];

    /// <summary>With the whole text again in the closing events, as the provider does.</summary>
    public static string[] Responses(params string[] pieces)
    {
        var n = 0;
        var words = string.Concat(pieces);
        object Item(string status, params object[] content) => new { id = "item_1", type = "message", role = "assistant", status, content };
        object Part(string text) => new { type = "output_text", text };
        return
        [
            Answers.Event("response.created", new { type = "response.created", sequence_number = n++, response = new { id = "resp_1", status = "in_progress", output = Array.Empty<object>() } }),
            Answers.Event("response.output_item.added", new { type = "response.output_item.added", sequence_number = n++, output_index = 0, item = Item("in_progress") }),
            Answers.Event("response.content_part.added", new { type = "response.content_part.added", sequence_number = n++, item_id = "item_1", output_index = 0, content_index = 0, part = Part("") }),
            .. pieces.Select(piece => Answers.Event("response.output_text.delta", new { type = "response.output_text.delta", sequence_number = n++, item_id = "item_1", output_index = 0, content_index = 0, delta = piece })).ToList(),
            Answers.Event("response.output_text.done", new { type = "response.output_text.done", sequence_number = n++, item_id = "item_1", output_index = 0, content_index = 0, text = words }),
            Answers.Event("response.output_item.done", new { type = "response.output_item.done", sequence_number = n++, output_index = 0, item = Item("completed", Part(words)) }),
            Answers.Event("response.completed", new { type = "response.completed", sequence_number = n++, response = new { id = "resp_1", status = "completed", output = new[] { Item("completed", Part(words)) }, usage = new { input_tokens = 3, output_tokens = 9 } } }),
        ];
    }
}
