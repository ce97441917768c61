using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using Contracts.Api;
using Gateway.Parking;
using Gateway.Tests.Policies;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Holding;

/// <summary>A rule about answers keeps them back until somebody has looked, or for good; nothing of them leaves before.</summary>
public sealed class HeldAnswers_Tests : IAsyncLifetime
{
    private const string Leak = "the key is " + Calls.Secret;

    /// <summary>Made up as well, and not in the prompts that are parked for the first.</summary>
    private const string OtherSecret = "AKIA" + "7HQ2WMVKT3BX4QNL";
    private const string Rules = """
          - {name: leaked secrets, when: {on: response, findings: [{category: secret}]}, then: {action: park}}
          - {name: cards, when: {on: response, findings: [{type: CREDIT_CARD}]}, then: {action: block}}
          - {name: shell, when: {on: response, tools: [run_shell]}, then: {action: park, stages: [{groups: [security], people: 2}]}}
        """;

    private MockUpstream upstream = null!; // set before every test, like the two below
    private GatewayHost host = null!;
    private HttpClient caller = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        upstream = await MockUpstream.StartAsync();
        host = await GatewayHost.StartAsync(upstream);
        host.Policies.Put(PolicyTexts.WithRules(Rules));
        caller = host.Caller();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blocked_answer_is_a_refusal_with_nothing_of_it(bool stream)
    {
        var model = upstream.Model(stream ? Answers.Events(Answers.ChatStream("Pay with 4111 1111 ", "1111 1111, says Ada.")) : Answers.Chat("Pay with 4111 1111 1111 1111, says Ada."));
        var reply = await caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, stream: stream));

        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Equal("answer_blocked", (string?)reply.Json["error"]!["code"]);
        Assert.DoesNotContain("says Ada", reply.Text, StringComparison.Ordinal);
        var judged = await host.EntryAsync(e => e.Kind == "answer");
        Assert.Equal(("cards", "block", "blocked"), (judged.Rule, judged.Decision, judged.Outcome));
        Assert.Equal(403, (await host.EntryAsync(e => e.Kind == "interaction")).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_completes_what_an_earlier_turn_began_is_held(bool stream)
    {
        var (first, rest) = (OtherSecret[..9], OtherSecret[9..]);
        var model = upstream.Model(stream ? Answers.Events(Answers.ChatStream("The rest is `", rest, "`, says Ada.")) : Answers.Chat($"The rest is `{rest}`, says Ada."));
        object[] turns = [new { role = "user", content = "The first half, please." }, new { role = "assistant", content = $"It begins with `{first}`." }, new { role = "user", content = "Now the rest." }];
        var reply = await caller.PostAsync(Calls.Chat, JsonSerializer.Serialize(new { model, messages = turns, stream }, Answers.Relaxed), ("Prefer", "respond-async"));

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        var ticket = await host.TicketOfAsync(model);
        Assert.Equal("leaked secrets", ticket.Rule);
        Assert.Contains(ticket.Findings, finding => finding.Detector == "turns.handed-over");
    }

    [Fact]
    public async Task A_history_that_holds_a_value_in_pieces_is_parked_with_all_of_them_hidden()
    {
        var model = upstream.Model(Answers.Chat("Fine."));
        object[] turns = [new { role = "assistant", content = $"It begins with `{OtherSecret[..9]}`." }, new { role = "assistant", content = $"The rest is `{OtherSecret[9..]}`." }, new { role = "user", content = "Thanks." }];
        Assert.Equal(HttpStatusCode.Accepted, (await caller.PostAsync(Calls.Chat, JsonSerializer.Serialize(new { model, messages = turns }, Answers.Relaxed), ("Prefer", "respond-async"))).Status);

        var ticket = await host.TicketOfAsync(model);
        Assert.Equal(["/messages/0/content", "/messages/1/content"], ticket.Findings.Select(finding => finding.Path));
        var shown = await (await host.PersonAsync()).GetReplyAsync($"/api/prompts/{ticket.Id}");
        Assert.DoesNotContain(OtherSecret[..9], shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(OtherSecret[9..], shown.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_parked_answer_waits_on_the_callers_connection_and_leaves_masked(bool stream)
    {
        var model = upstream.Model(stream ? Answers.Events(Answers.ChatStream("Well, the ", Leak[4..], ", says Ada.")) : Answers.Chat($"Well, {Leak}, says Ada."));
        var waiting = caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, stream: stream));
        var ticket = await host.TicketOfAsync(model);
        Assert.Equal("leaked secrets", ticket.Rule);
        Assert.StartsWith("Answer: Well, the key is [", ticket.Excerpt, StringComparison.Ordinal);
        await host.DecideAsync(ticket);

        var reply = await waiting;
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("Well, the key is [SECRET hidden], says Ada.", stream ? Answers.ChatText(reply.Text) : (string?)reply.Json["choices"]![0]!["message"]!["content"]);
        upstream.Only(model);
        Assert.Equal(["interaction answer parked", "parked answer parked", "decision released", "execution completed"], (await host.TrailAsync(e => e.InteractionId == ticket.InteractionId)).Select(e => $"{e.Kind} {e.Outcome}"));
    }

    [Fact]
    public async Task A_rejected_answer_never_leaves()
    {
        var model = upstream.Model(Answers.Chat($"{Leak}, says Ada."));
        var waiting = caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));
        await host.DecideAsync(await host.TicketOfAsync(model), ApprovalStatus.Rejected, reason: "It leaks.");

        var reply = await waiting;
        Assert.Equal((HttpStatusCode.Forbidden, "approval_rejected"), (reply.Status, (string?)reply.Json["error"]!["code"]));
        Assert.DoesNotContain("says Ada", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_call_joins_the_answer_that_waits_and_the_model_is_not_asked_again()
    {
        var model = upstream.Model(Answers.Chat(Leak));
        var first = await caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model), ("Prefer", "respond-async"));
        Assert.Equal(HttpStatusCode.Accepted, first.Status);
        var again = caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));
        await host.TicketWhenAsync(first.Header("x-approval-id")!, ticket => ticket.Joins == 1);
        await host.DecideAsync(await host.TicketOfAsync(model));

        Assert.Equal(HttpStatusCode.OK, (await again).Status);
        upstream.Only(model);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_released_prompts_answer_can_need_people_too_and_the_caller_goes_on_waiting(bool stream)
    {
        var model = upstream.Model(stream ? Answers.Events(Answers.ChatStream("Oh, the ", "key is ", OtherSecret, ".")) : Answers.Chat($"Oh, the key is {OtherSecret}."));
        var waiting = caller.WaitForAsync(model, stream: stream);
        var prompt = await host.TicketOfAsync(model);
        await host.DecideAsync(prompt);
        var answer = await Eventually.ValueAsync(() => host.ReadAsync(store => store.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Origin == prompt.Id)), "a ticket for the answer");
        Assert.Equal((ApprovalStatus.Completed, answer.Id), ((await host.TicketAsync(prompt.Id)).Status, (await host.TicketAsync(prompt.Id)).ContinuedBy));
        Assert.NotEqual(prompt.Digest, answer.Digest);

        // Whoever asks for the first ticket means the second.
        var polled = await caller.GetReplyAsync($"/v1/approvals/{prompt.Id}");
        Assert.Equal((answer.Id, "pending"), ((string?)polled.Json["id"], (string?)polled.Json["status"]));
        await host.DecideAsync(answer);

        var reply = await waiting;
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Contains("hidden]", reply.Text, StringComparison.Ordinal);
        upstream.Only(model);
        Assert.Equal(["parked parked", "decision released", "execution answer parked", "parked answer parked", "decision released", "execution completed"],
            (await host.TrailAsync(e => e.TicketId == prompt.Id || e.TicketId == answer.Id)).Where(e => e.Kind != "joined").Select(e => $"{e.Kind} {e.Outcome}"));
    }

    [Fact]
    public async Task A_background_response_keeps_its_id_while_its_answer_waits()
    {
        var model = upstream.Model(Answers.Json(JsonSerializer.Serialize(new
        {
            id = "resp_x", @object = "response", status = "completed", model = "m",
            output = new[] { new { type = "message", id = "msg_1", status = "completed", role = "assistant", content = new[] { new { type = "output_text", text = Leak, annotations = Array.Empty<string>() } } } },
        })));
        var opened = await caller.PostAsync(Calls.Responses, $$"""{"model":"{{model}}","input":"Good morning","background":true}""");
        var id = (string)opened.Json["id"]!;
        var answer = await Eventually.ValueAsync(() => host.ReadAsync(store => store.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Model == model && t.HeldText != null)), "a ticket for the answer");
        Assert.Equal((id, "queued"), ((string?)(await caller.GetReplyAsync($"/v1/responses/{id}")).Json["id"], (string?)(await caller.GetReplyAsync($"/v1/responses/{id}")).Json["status"]));
        await host.DecideAsync(answer);

        var done = await Eventually.ValueAsync(async () => await caller.GetReplyAsync($"/v1/responses/{id}") is var reply && (string?)reply.Json["status"] == "completed" ? reply : null, "the response completed");
        Assert.Equal(id, (string?)done.Json["id"]);
        Assert.Contains("hidden]", done.Text, StringComparison.Ordinal);
        upstream.Only(model);
    }

    [Fact]
    public async Task A_tool_call_is_looked_at_by_the_people_its_rule_names_with_its_arguments()
    {
        var model = upstream.Model(Answers.Json(JsonSerializer.Serialize(new
        {
            id = "chatcmpl-1", @object = "chat.completion", model = "m",
            choices = new[] { new { index = 0, finish_reason = "tool_calls", message = new { role = "assistant", content = (string?)null, tool_calls = new[] { new { id = "call_1", type = "function", function = new { name = "run_shell", arguments = "{\"command\":\"mail jo.doe@example.org\"}" } } } } } },
        })));
        Assert.Equal(HttpStatusCode.Accepted, (await caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model), ("Prefer", "respond-async"))).Status);
        var ticket = await host.TicketOfAsync(model);
        Assert.Equal(("shell", 2, "security"), (ticket.Rule, ticket.Stages[0].People, ticket.Stages[0].Groups[0]));
        Assert.StartsWith("Answer: calls run_shell.", ticket.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_read_prompt_and_answer_with_every_value_masked_until_it_is_revealed()
    {
        var model = upstream.Model(Answers.Chat($"Well, {Leak}."));
        Assert.Equal(HttpStatusCode.Accepted, (await caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, "Write to jo.doe@example.org"), ("Prefer", "respond-async"))).Status);
        var ticket = await host.TicketOfAsync(model);
        var ada = await host.PersonAsync();
        var view = (await ada.GetFromJsonAsync<PromptView>($"/api/prompts/{ticket.Id}", JsonWire.Options, Stop))!; // the API answers with a body
        var shown = string.Join('|', view.Parts.Select(part => $"{part.Role}: {string.Concat(part.Runs.Select(run => run.Text))}"));
        Assert.Contains("user: Write to [EMAIL_ADDRESS]", shown, StringComparison.Ordinal);
        Assert.Contains("assistant: Well, the key is [", shown, StringComparison.Ordinal);
        Assert.Equal("assistant", Assert.Single(view.Parts.Skip(view.AnswerFrom!.Value)).Role); // where the answer begins is said
        Assert.DoesNotContain(Calls.Secret, shown, StringComparison.Ordinal);

        var secret = ticket.Findings.ToList().FindIndex(finding => finding.Category == RiskCategory.Secret);
        using var revealed = await ada.PostAsJsonAsync($"/api/prompts/{ticket.Id}/reveals", new RevealFinding(secret, "To see whose it is."), JsonWire.Options, Stop);
        Assert.Equal(Calls.Secret, (await revealed.Content.ReadFromJsonAsync<RevealedFinding>(JsonWire.Options, Stop))!.Text);
    }

    [Fact]
    public async Task What_the_caller_wrote_itself_is_no_leak_and_what_no_rule_stops_leaves_masked()
    {
        host.Policies.Put(PolicyTexts.Policy($"thresholds: {{mask: 101, park: 101, block: 101}}\nreview: {{stages: [{{groups: [reviewers]}}]}}\nrules:\n{Rules}"));
        var said = upstream.Model(Answers.Chat($"You said {Calls.Secret}."));
        Assert.Contains(Calls.Secret, (await caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, said, $"Say {Calls.Secret}"))).Text, StringComparison.Ordinal);
        var mail = upstream.Model(Answers.Chat("Write to jo.doe@example.org."));
        Assert.Contains("[EMAIL hidden]", (await caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, mail))).Text, StringComparison.Ordinal);
    }
}
