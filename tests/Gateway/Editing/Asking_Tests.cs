using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using Contracts.Api;
using Gateway.Tests.Support;

namespace Gateway.Tests.Editing;

/// <summary>A reviewer asks, the caller answers; the words of the answer stay in the gateway.</summary>
public sealed class Asking_Tests(SharedGateway shared) : IAsyncLifetime
{
    private const string Answer = "For the quarterly report of Brandt Shipping.";
    private GatewayHost host = null!; // set before each test, like the two below
    private HttpClient caller = null!;
    private HttpClient ada = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync(shared.Upstream);
        (caller, ada) = (host.Caller(), await host.PersonAsync());
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<string> AskedAsync()
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK, "the review is there");
        (await ada.PostAsJsonAsync($"/api/reviews/{ticket.Id}/questions", new AskCaller(Guid.NewGuid(), "What is it for?"), JsonWire.Options, Stop)).EnsureSuccessStatusCode();
        await host.TicketWhenAsync(ticket.Id, t => t.Questions.Count == 1);
        return ticket.Id;
    }

    [Fact]
    public async Task The_caller_reads_the_question_and_its_answer_stands_beside_the_prompt()
    {
        var ticket = await AskedAsync();
        Assert.Equal("What is it for?", (string?)(await caller.GetReplyAsync($"/v1/approvals/{ticket}")).Json["question"]);

        var answered = await caller.PostAsync($"/v1/approvals/{ticket}/answer", JsonSerializer.Serialize(new { answer = Answer }));

        Assert.Equal(HttpStatusCode.OK, answered.Status);
        Assert.Null(answered.Json["question"]);
        var view = await ada.GetFromJsonAsync<PromptView>($"/api/prompts/{ticket}", JsonWire.Options, Stop);
        Assert.Equal(("What is it for?", Answer), (view!.Asked.Single().Question, view.Asked.Single().Answer));
        await Eventually.TrueAsync(async () => (await ada.GetFromJsonAsync<ReviewDetail>($"/api/reviews/{ticket}", JsonWire.Options, Stop))!.Notes.Any(note => note.Kind == ReviewNoteKind.Answered), "the review hears of it");
        Assert.DoesNotContain(Answer, (await ada.GetReplyAsync($"/api/reviews/{ticket}")).Text, StringComparison.Ordinal);
        Assert.Equal("answered", (await host.EntryAsync(e => e.Kind == "answered")).Outcome);
    }

    [Fact]
    public async Task An_answer_nobody_asked_for_is_409_and_too_long_a_one_400()
    {
        var ticket = await AskedAsync();
        var stranger = host.Caller(GatewayHost.BobKey);

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/v1/approvals/{ticket}/answer", """{"answer":"mine"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.PostAsync($"/v1/approvals/{ticket}/answer", JsonSerializer.Serialize(new { answer = new string('a', 4_001) }))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.PostAsync($"/v1/approvals/{ticket}/answer", """{"answer":" "}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await caller.PostAsync($"/v1/approvals/{ticket}/answer", """{"answer":"once"}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await caller.PostAsync($"/v1/approvals/{ticket}/answer", """{"answer":"twice"}""")).Status);
    }

    [Fact]
    public async Task Alike_prompts_have_one_pattern_and_others_another()
    {
        var model = shared.Upstream.Model(Answers.Chat("Fine."));
        async Task<string> PatternAsync(string words) => (await host.ParkAsync(caller, model, words)).Pattern;
        var first = await PatternAsync("Order 17 of today.");

        Assert.NotEmpty(first);
        Assert.Equal(first, await PatternAsync("order 4711 of  today."));
        Assert.NotEqual(first, await PatternAsync("Order 17 of yesterday."));
        Assert.NotEqual(first, (await host.ParkAsync(host.Caller(GatewayHost.BobKey), model, "Order 17 of today.")).Pattern);
    }

    [Fact]
    public async Task Reviewers_see_how_long_the_caller_waits_on_the_line_and_that_it_has_gone()
    {
        var model = shared.Upstream.Model(Answers.Chat("Fine."));
        using var hangUp = new CancellationTokenSource();
        var request = new HttpRequestMessage(HttpMethod.Post, Calls.Chat) { Content = JsonContent.Create(new { model, messages = new[] { new { role = "user", content = Tickets.Risky() } } }) };
        var waiting = caller.SendAsync(request, hangUp.Token);
        var ticket = await host.TicketOfAsync(model);

        var waits = (await ada.GetFromJsonAsync<PromptView>($"/api/prompts/{ticket.Id}", JsonWire.Options, Stop))!.Waits!;
        Assert.True(waits is { Position: >= 1, Polls: false } && waits.Until > TimeProvider.System.GetUtcNow(), $"{waits}");

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await host.TicketWhenAsync(ticket.Id, t => t.CallerUntil is null);
    }
}
