using System.Net;
using System.Text;
using Contracts;
using Gateway.Prompts;
using Gateway.Tests.Support;

namespace Gateway.Tests.Reading;

/// <summary>Wherever a model would read it, a secret is found, and people are told who says it and as what.</summary>
public sealed class EveryPlace_Tests(SharedGateway shared)
{
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private readonly HttpClient alice = shared.Host.Caller();

    public static TheoryData<string, string, string, string> Places => new()
    {
        { Calls.Chat, """{"model":"#","messages":[{"role":"user","content":"$"}]}""", "user", "text" },
        { Calls.Chat, """{"model":"#","messages":[{"role":"user","content":[{"type":"text","text":"$"}]}]}""", "user", "text" },
        { Calls.Chat, """{"model":"#","messages":[{"content":"$","role":"system"}]}""", "system", "text" },
        { Calls.Chat, """{"model":"#","messages":[{"role":"developer","content":"$"}]}""", "system", "text" },
        { Calls.Chat, """{"model":"#","messages":[{"role":"assistant","content":"$"},{"role":"user","content":"Hi"}]}""", "assistant", "text" },
        { Calls.Chat, """{"model":"#","messages":[{"role":"user","name":"$","content":"Hi"}]}""", "user", "text" },
        { Calls.Chat, """{"model":"#","messages":[{"role":"tool","tool_call_id":"c","content":"$"}]}""", "tool", "tool result" },
        { Calls.Chat, """{"model":"#","messages":[{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"q\":\"$\"}"}}]}]}""", "assistant", "tool call" },
        { Calls.Chat, """{"model":"#","messages":[],"tools":[{"type":"function","function":{"name":"f","description":"$","parameters":{}}}]}""", "system", "tool definition" },
        { Calls.Chat, """{"model":"#","messages":[],"tools":[{"type":"function","function":{"name":"f","parameters":{"properties":{"q":{"enum":["$"]}}}}}]}""", "system", "tool definition" },
        { Calls.Chat, """{"model":"#","messages":[{"role":"user","content":[{"type":"file","file":{"filename":"$"}}]}]}""", "user", "file" },
        { Calls.Chat, """{"model":"#","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x.invalid/?k=$"}}]}]}""", "user", "file" },
        { Calls.Chat, """{"model":"#","prediction":{"type":"content","content":"$"}}""", "other", "text" },
        { Calls.Chat, """{"model":"#","messages":[{"role":"$","content":"Hi"}]}""", "other", "text" },
        { Calls.Chat, """{"model":"#","messages":[],"unknown":[[{"deep":"$"}]]}""", "other", "text" },
        { Calls.Chat, """{"model":"#","messages":[],"metadata":{"$":"Hi"}}""", "other", "name" },
        { Calls.Messages, """{"model":"#","system":"$","messages":[]}""", "system", "text" },
        { Calls.Messages, """{"model":"#","system":[{"type":"text","text":"$","cache_control":{"type":"ephemeral"}}],"messages":[]}""", "system", "text" },
        { Calls.Messages, """{"model":"#","messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"$"}]}]}]}""", "tool", "tool result" },
        { Calls.Messages, """{"model":"#","messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"q":"$"}}]}]}""", "assistant", "tool call" },
        { Calls.Messages, """{"model":"#","messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"detail":"$"}}]}]}""", "assistant", "tool call" },
        { Calls.Messages, """{"model":"#","messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"model":"$"}}]}]}""", "assistant", "tool call" },
        { Calls.Messages, """{"model":"#","messages":[],"tools":[{"name":"f","description":"$","input_schema":{}}]}""", "system", "tool definition" },
        { Calls.Messages, """{"model":"#","messages":[{"role":"user","content":[{"type":"document","title":"$","source":{"type":"text","media_type":"text/plain","data":"Hi"}}]}]}""", "user", "file" },
        { Calls.Messages, """{"model":"#","messages":[{"role":"user","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"$"}}]}]}""", "user", "file" },
        { Calls.Responses, """{"model":"#","input":"$"}""", "user", "text" },
        { Calls.Responses, """{"model":"#","instructions":"$","input":"Hi"}""", "system", "text" },
        { Calls.Responses, """{"model":"#","input":[{"role":"user","content":[{"type":"input_text","text":"$"}]}]}""", "user", "text" },
        { Calls.Responses, """{"model":"#","input":[{"type":"function_call","call_id":"c","name":"f","arguments":"{\"q\":\"$\"}"}]}""", "assistant", "tool call" },
        { Calls.Responses, """{"model":"#","input":[{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"$"}]}]}""", "assistant", "text" },
        { Calls.Responses, """{"model":"#","input":[{"type":"function_call_output","call_id":"c","output":"$"}]}""", "tool", "tool result" },
        { "/v1/embeddings", """{"model":"#","input":["Hi","$"]}""", "user", "text" },
        { "/v1/completions", """{"model":"#","prompt":"$"}""", "user", "text" },
        { "/v1/rerank", """{"model":"#","query":"Hi","documents":["$"]}""", "other", "text" },
    };

    [Theory, MemberData(nameof(Places))]
    public async Task A_secret_is_found_there(string route, string body, string role, string kind)
    {
        var model = shared.Upstream.Model(Answers.Json("{}"));
        var bytes = Encoding.UTF8.GetBytes(body.Replace("#", model, StringComparison.Ordinal).Replace("$", Calls.Secret, StringComparison.Ordinal));

        var reply = await alice.PostAsync(route, bytes, "application/json", ("Prefer", "respond-async"));

        Assert.True(reply.Status == HttpStatusCode.Accepted, $"{reply.Status}: {reply.Text}");
        var ticket = await shared.Host.TicketAsync(reply.Header("x-approval-id")!);
        var finding = Assert.Single(ticket.Findings, f => f.Category == RiskCategory.Secret);
        var part = Assert.Single(JsonBody.Parse(bytes).Parts, p => p.Path == finding.Path);
        Assert.Equal(Calls.Secret, part.Text[finding.Start..finding.End]);
        Assert.Equal((role, kind), (part.Role, part.Kind));
        Assert.DoesNotContain(Calls.Secret, System.Text.Json.JsonSerializer.Serialize(ticket), StringComparison.Ordinal);
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory]
    [InlineData(Calls.Messages, """{"model":"#","messages":[{"role":"user","content":[{"type":"document","source":{"type":"base64","media_type":"text/plain","data":"$"}}]}]}""")]
    [InlineData(Calls.Chat, """{"model":"#","messages":[{"role":"user","content":[{"type":"file","file":{"filename":"a.txt","file_data":"data:text/plain;base64,$"}}]}]}""")]
    [InlineData(Calls.Responses, """{"model":"#","input":[{"role":"user","content":[{"type":"input_file","filename":"a.txt","file_data":"data:text/csv;base64,$"}]}]}""")]
    public async Task A_text_file_in_base64_is_looked_into(string route, string body)
    {
        string Body(string model, string text) => body.Replace("#", model, StringComparison.Ordinal).Replace("$", Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);
        var harmless = shared.Upstream.Model(Answers.Json("{}"));
        Assert.Equal(HttpStatusCode.OK, (await alice.PostAsync(route, Body(harmless, "These are quite ordinary notes about nothing in particular."))).Status);

        var model = shared.Upstream.Model(Answers.Json("{}"));
        var reply = await alice.PostAsync(route, Body(model, $"These are notes; the key is {Calls.Secret} and no more of it."), ("Prefer", "respond-async"));
        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        var ticket = await shared.Host.TicketAsync(reply.Header("x-approval-id")!);
        Assert.Contains(ticket.Findings, f => f.Category == RiskCategory.Secret);

        // What stands in a file cannot be masked there.
        var mail = shared.Upstream.Model(Answers.Json("{}"));
        var personal = await alice.PostAsync(route, Body(mail, "These are notes for jane.miller@example.org and for nobody else."), ("Prefer", "respond-async"));
        Assert.Equal(HttpStatusCode.Accepted, personal.Status);
        Assert.Equal("unmaskable", (await shared.Host.TicketAsync(personal.Header("x-approval-id")!)).Rule);
    }

    [Theory]
    [InlineData("""{"type":"image_url","image_url":{"url":"data:image/png;base64,$"}}""")]
    [InlineData("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"$"}}""")]
    [InlineData("""{"type":"input_image","image_url":"https://example.org/picture.png"}""")]
    [InlineData("""{"type":"input_file","file_id":"file-1"}""")]
    [InlineData("""{"type":"input_audio","input_audio":{"format":"mp3","data":"$"}}""")]
    [InlineData("""{"type":"image","b64_json":"$"}""")]
    [InlineData("""{"images":["$"]}""")]
    public async Task What_cannot_be_read_is_looked_at_by_people(string part)
    {
        var model = shared.Upstream.Model(Answers.Json("{}"));
        var body = """{"model":"#","messages":[{"role":"user","content":[%]}]}""".Replace("%", part, StringComparison.Ordinal).Replace("#", model, StringComparison.Ordinal).Replace("$", Picture, StringComparison.Ordinal);
        var reply = await alice.PostAsync(Calls.Chat, body, ("Prefer", "respond-async"));
        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        var ticket = await shared.Host.TicketAsync(reply.Header("x-approval-id")!);
        Assert.Equal("unreadable", ticket.Rule);
        // People learn of it, and it is of no kind that somebody decides about alone.
        Assert.Contains(ticket.Findings, finding => finding is { Type: "UNREADABLE", Category: RiskCategory.Fault, Confidence: 1 });
    }

    [Fact]
    public void Words_of_the_protocol_are_no_text()
    {
        var body = """{"model":"gpt-4o-2024-08-06","messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],"tools":[{"type":"web_search_20250305"}],"encoding_format":"float","max_completion_tokens":5,"parallel_tool_calls":true}"""u8.ToArray();
        Assert.Equal(["Hi"], JsonBody.Parse(body).Parts.Select(p => p.Text));
    }

    [Fact]
    public void A_property_name_that_may_tell_something_stands_in_no_path()
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"model":"m","meta":{"{{{Calls.Secret}}}":{"inner":"Hi"},"plain_name":"Ho","4111111111111111":"He"}}""");
        var parts = JsonBody.Parse(body).Parts;
        Assert.Equal(["/meta/(name 1)", "/meta/(value 1)/inner", "/meta/plain_name", "/meta/(name 2)", "/meta/(value 2)"], parts.Select(p => p.Path));
        Assert.Equal(parts.Count, parts.Select(p => p.Path).Distinct().Count());
    }

    [Fact]
    public async Task A_long_prompt_is_read_to_its_end()
    {
        var model = shared.Upstream.Model(Answers.Json("{}"));
        var reply = await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, string.Concat(Enumerable.Repeat("ordinary words ", 12_000)) + Calls.Secret), ("Prefer", "respond-async"));
        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
    }
}
