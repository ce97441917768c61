using System.Text.Json;
using System.Text.Json.Nodes;

namespace WholePath.Support;

/// <summary>One provider route's wire, as far as the scripted model speaks it.</summary>
internal abstract class ScriptedWords
{
    public static ScriptedWords Of(string path) => path switch
    {
        "/v1/chat/completions" => new Chat(),
        "/v1/messages" => new Messages(),
        "/v1/responses" => new Responses(),
        _ => throw new ArgumentException($"The scripted model does not know {path}."),
    };

    public abstract object Whole(Script script);

    public abstract IEnumerable<(string?, object)> Events(Script script);

    public virtual object Failure() => new { error = new { message = ScriptedModel.Failure, type = "server_error", param = (string?)null, code = ScriptedModel.FailureCode } };

    private sealed class Chat : ScriptedWords
    {
        public override object Whole(Script script) => new
        {
            id = "chatcmpl-1", @object = "chat.completion", created = 1, model = "scripted",
            choices = new[] { new { index = 0, message = Message(script), finish_reason = Finish(script), logprobs = (object?)null } },
            usage = new { prompt_tokens = 9, completion_tokens = 9, total_tokens = 18 },
        };

        public override IEnumerable<(string?, object)> Events(Script script)
        {
            yield return Chunk(new { role = "assistant", content = "" });
            if (script == Script.CallTool)
            {
                yield return Chunk(new { tool_calls = new[] { new { index = 0, id = "call_1", type = "function", function = new { name = ScriptedModel.ToolName, arguments = "" } } } });
                foreach (var piece in ScriptedModel.Pieces(ScriptedModel.ToolArguments))
                    yield return Chunk(new { tool_calls = new[] { new { index = 0, function = new { arguments = piece } } } });
            }
            else
            {
                foreach (var piece in ScriptedModel.Pieces(ScriptedModel.Answer)) yield return Chunk(new { content = piece });
            }
            yield return Chunk(new { }, Finish(script));
            yield return (null, "[DONE]");
        }

        private static object Message(Script script) => script == Script.CallTool
            ? new { role = "assistant", content = (string?)null, tool_calls = new[] { new { id = "call_1", type = "function", function = new { name = ScriptedModel.ToolName, arguments = ScriptedModel.ToolArguments } } } }
            : new { role = "assistant", content = ScriptedModel.Answer, refusal = (string?)null };

        private static string Finish(Script script) => script == Script.CallTool ? "tool_calls" : "stop";

        private static (string?, object) Chunk(object delta, string? finish = null) => (null, new
        {
            id = "chatcmpl-1", @object = "chat.completion.chunk", created = 1, model = "scripted", choices = new[] { new { index = 0, delta, finish_reason = finish } },
        });
    }

    private sealed class Messages : ScriptedWords
    {
        public override object Whole(Script script) => Message([Block(script, full: true)], Stop(script));

        public override IEnumerable<(string?, object)> Events(Script script)
        {
            yield return Named(new { type = "message_start", message = Message([], null) });
            yield return Named(new { type = "content_block_start", index = 0, content_block = Block(script, full: false) });
            foreach (var piece in ScriptedModel.Pieces(script == Script.CallTool ? ScriptedModel.ToolArguments : ScriptedModel.Answer))
            {
                object delta = script == Script.CallTool ? new { type = "input_json_delta", partial_json = piece } : new { type = "text_delta", text = piece };
                yield return Named(new { type = "content_block_delta", index = 0, delta });
            }
            yield return Named(new { type = "content_block_stop", index = 0 });
            yield return Named(new { type = "message_delta", delta = new { stop_reason = Stop(script), stop_sequence = (string?)null }, usage = new { output_tokens = 9 } });
            yield return Named(new { type = "message_stop" });
        }

        public override object Failure() => new { type = "error", error = new { type = "api_error", message = ScriptedModel.Failure, code = ScriptedModel.FailureCode } };

        private static object Block(Script script, bool full) => script == Script.CallTool
            ? new { type = "tool_use", id = "toolu_1", name = ScriptedModel.ToolName, input = full ? JsonNode.Parse(ScriptedModel.ToolArguments)! : new JsonObject() }
            : new { type = "text", text = full ? ScriptedModel.Answer : "" };

        private static string Stop(Script script) => script == Script.CallTool ? "tool_use" : "end_turn";

        private static object Message(object[] content, string? stop) => new
        {
            id = "msg_1", type = "message", role = "assistant", model = "scripted", content, stop_reason = stop, stop_sequence = (string?)null,
            usage = new { input_tokens = 9, output_tokens = 9 },
        };

        private static (string?, object) Named(object data) => (JsonSerializer.SerializeToNode(data)!["type"]!.GetValue<string>(), data);
    }

    private sealed class Responses : ScriptedWords
    {
        public override object Whole(Script script) => Response("completed");

        public override IEnumerable<(string?, object)> Events(Script script)
        {
            var n = 0;
            (string?, object) Numbered(object data)
            {
                var node = JsonSerializer.SerializeToNode(data)!;
                node["sequence_number"] = n++;
                return (node["type"]!.GetValue<string>(), node);
            }

            yield return Numbered(new { type = "response.created", response = Response("in_progress") });
            yield return Numbered(new { type = "response.output_item.added", output_index = 0, item = Item("in_progress") });
            yield return Numbered(new { type = "response.content_part.added", item_id = "msg_1", output_index = 0, content_index = 0, part = Part("") });
            foreach (var piece in ScriptedModel.Pieces(ScriptedModel.Answer))
                yield return Numbered(new { type = "response.output_text.delta", item_id = "msg_1", output_index = 0, content_index = 0, delta = piece, logprobs = Array.Empty<object>() });
            yield return Numbered(new { type = "response.output_text.done", item_id = "msg_1", output_index = 0, content_index = 0, text = ScriptedModel.Answer, logprobs = Array.Empty<object>() });
            yield return Numbered(new { type = "response.content_part.done", item_id = "msg_1", output_index = 0, content_index = 0, part = Part(ScriptedModel.Answer) });
            yield return Numbered(new { type = "response.output_item.done", output_index = 0, item = Item("completed", Part(ScriptedModel.Answer)) });
            yield return Numbered(new { type = "response.completed", response = Response("completed") });
        }

        private static object Part(string text) => new { type = "output_text", text, annotations = Array.Empty<object>() };

        private static object Item(string status, params object[] content) => new { id = "msg_1", type = "message", role = "assistant", status, content };

        private static object Response(string status) => new
        {
            id = "resp_1", @object = "response", created_at = 1, status, model = "scripted", error = (object?)null, incomplete_details = (object?)null,
            output = status == "completed" ? new[] { Item(status, Part(ScriptedModel.Answer)) } : [],
            parallel_tool_calls = true, tool_choice = "auto", tools = Array.Empty<object>(),
            usage = new { input_tokens = 9, input_tokens_details = new { cached_tokens = 0 }, output_tokens = 9, output_tokens_details = new { reasoning_tokens = 0 }, total_tokens = 18 },
        };
    }
}
