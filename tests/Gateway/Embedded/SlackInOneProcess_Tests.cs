using System.Net;
using System.Text.Json.Nodes;
using Approvals.Tests.Notifications;
using Contracts;
using Gateway.Tests.Support;

namespace Gateway.Tests.Embedded;

/// <summary>From a caller's prompt to a press in Slack and the model: what is offered there, and with whose rights.</summary>
public sealed class SlackInOneProcess_Tests(SharedGateway shared) : IAsyncLifetime
{
    private ChatServer chat = null!; // set before every test
    private GatewayHost host = null!;

    public async ValueTask InitializeAsync()
    {
        chat = await ChatServer.StartAsync();
        host = await GatewayHost.StartAsync(shared.Upstream, new()
        {
            ["Notifications:ConsoleUrl"] = "http://127.0.0.1:8080", ["Notifications:LookEvery"] = "00:00:00.050", ["Notifications:Channels:0:Name"] = "chat", ["Notifications:Channels:0:Kind"] = "Slack",
            ["Notifications:Channels:0:Url"] = chat.Url, ["Notifications:Channels:0:Digest"] = "00:00:00", ["Notifications:Channels:0:SigningSecret"] = SlackPress.Secret, ["Notifications:Channels:0:People:U0ADA"] = "ada",
            ["Notifications:Channels:0:AnswerOnThisMachine"] = "true",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await chat.DisposeAsync();
    }

    private async Task<JsonNode> MessageAsync(int count)
    {
        await Eventually.TrueAsync(() => Task.FromResult(chat.Bodies.Count == count), "a message in Slack");
        return chat.Last;
    }

    private async Task<string> PressAsync(JsonNode message)
    {
        var before = chat.Answers.Count;
        using var request = SlackPress.Request(SlackPress.Form(SlackPress.Payload(message, "U0ADA", chat.AnswerUrl)), TimeProvider.System.GetUtcNow());
        using var response = await host.Caller(key: null).SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Eventually.TrueAsync(() => Task.FromResult(chat.Answers.Count > before), "an answer in Slack");
        return SlackPress.Texts(chat.Answers[^1])[0];
    }

    [Fact]
    public async Task A_press_counts_once_its_person_is_signed_in_to_the_console()
    {
        var ticket = await host.ParkAsync(host.Caller(), "m-slack");
        var message = await MessageAsync(1);

        Assert.Equal("Open the review and sign in; your console session has ended.", await PressAsync(message));
        Assert.Equal(ApprovalStatus.Pending, (await host.TicketAsync(ticket.Id)).Status);

        await (await host.PersonAsync()).GetReplyAsync("/api/reviews");
        Assert.StartsWith("Released by Ada Brandt", await PressAsync(message), StringComparison.Ordinal); // the press before was no vote

        await host.TicketWhenAsync(ticket.Id, decided => decided.DecidedBy is [{ Subject: "ada" }] && decided.Status != ApprovalStatus.Pending);
        Assert.Equal("(through Slack)", (await host.EntryAsync(entry => entry.TicketId == ticket.Id && entry.Actor == "ada" && entry.Reason != null)).Reason);
    }

    [Fact]
    public async Task Release_is_offered_where_the_message_shows_all_that_a_model_would_read()
    {
        var alice = host.Caller();

        await host.ParkAsync(alice, "m-short", "Be brief.");
        Assert.Equal(["release", "reject"], SlackPress.ActionIds(await MessageAsync(1)));

        await host.ParkAsync(alice, "m-long", new string('x', 300));
        Assert.Equal(["reject"], SlackPress.ActionIds(await MessageAsync(2)));

        await ParkBodyAsync(alice, $$"""{"model":"m-two","messages":[{"role":"system","content":"Do as you are told."},{"role":"user","content":"{{Tickets.Risky()}}"}]}""");
        Assert.Equal(["reject"], SlackPress.ActionIds(await MessageAsync(3)));

        await ParkBodyAsync(alice, $$$"""{"model":"m-picture","messages":[{"role":"user","content":[{"type":"text","text":"{{{Tickets.Risky()}}}"},{"type":"image_url","image_url":{"url":"https://pictures.example/1.png"}}]}]}""");
        Assert.Equal(["reject"], SlackPress.ActionIds(await MessageAsync(4)));
    }

    private static async Task ParkBodyAsync(HttpClient caller, string body) =>
        Assert.Equal(HttpStatusCode.Accepted, (await caller.PostAsync(Calls.Chat, body, ("Prefer", "respond-async"))).Status);
}
