#pragma warning disable OPENAI001 // Callers use this part of the client, whatever its maker still thinks of it.
using System.ClientModel;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using OpenAI.Responses;
using WholePath.Support;

namespace WholePath.Clients;

/// <summary>Background responses through the OpenAI .NET client, unmodified: created, polled, cancelled, streamed and resumed.</summary>
public sealed class Background_Tests(SharedProduct shared)
{
    private readonly Product product = shared.Product;

    [Fact]
    public async Task A_released_call_is_polled_to_its_answer()
    {
        var client = Client(product);
        using var reviewer = await product.SignInAsync();
        var text = Prompts.Risky("polled in the background");

        ResponseResult queued = await client.CreateResponseAsync(Call(text));
        Assert.Equal(ResponseStatus.Queued, queued.Status);
        Assert.True(queued.BackgroundModeEnabled);
        await reviewer.OfTicketAsync(Ticket(queued));
        await reviewer.ApproveAsync(Ticket(queued));
        var done = await PollAsync(client, queued.Id);

        Assert.Equal((ResponseStatus.Completed, text, queued.Id), (done.Status, done.GetOutputText(), done.Id));
        var trail = await reviewer.TrailAsync($"ticket={Ticket(queued)}");
        Assert.Single(trail, e => e.Kind == "decision");
        Assert.Single(trail, e => e is { Kind: "execution", Outcome: "completed" });
    }

    [Fact]
    public async Task A_rejected_call_is_polled_to_the_reviewers_reason()
    {
        var client = Client(product);
        using var reviewer = await product.SignInAsync();

        ResponseResult queued = await client.CreateResponseAsync(Call(Prompts.Risky("rejected in the background")));
        await reviewer.OfTicketAsync(Ticket(queued));
        await reviewer.RejectAsync(Ticket(queued), "never in the background");
        var ended = await PollAsync(client, queued.Id);

        Assert.Equal((ResponseStatus.Failed, "approval_rejected"), (ended.Status, ended.Error.Code.ToString()));
        Assert.Contains("never in the background", ended.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_fails_the_response_and_nothing_is_sent()
    {
        await using var impatient = await Product.StartAsync(new() { ["Policy:Deadline"] = "00:00:02" });
        var client = Client(impatient);

        ResponseResult queued = await client.CreateResponseAsync(Call(Prompts.Risky("silence in the background")));
        var ended = await PollAsync(client, queued.Id);

        Assert.Equal((ResponseStatus.Failed, "approval_expired"), (ended.Status, ended.Error.Code.ToString()));
        using var auditor = await impatient.SignInAsync();
        Assert.Empty(await auditor.TrailAsync("kind=execution"));
    }

    [Fact]
    public async Task A_harmless_call_works_the_same_way()
    {
        var client = Client(product);

        ResponseResult queued = await client.CreateResponseAsync(Call("What is the capital of France?"));
        var done = await PollAsync(client, queued.Id);

        Assert.Equal((ResponseStatus.Completed, "What is the capital of France?"), (done.Status, done.GetOutputText()));
    }

    [Fact]
    public async Task Personal_data_goes_out_masked_and_comes_back_restored()
    {
        var client = Client(product);
        var prompt = "Write to ada.lovelace@example.org that her background parcel is here.";

        ResponseResult queued = await client.CreateResponseAsync(Call(prompt));
        var done = await PollAsync(client, queued.Id);

        Assert.Equal(prompt, done.GetOutputText());
        using var auditor = await product.SignInAsync();
        Assert.Contains(await auditor.TrailAsync($"ticket={Ticket(queued)}"), e => e.Outcome == "masked");
    }

    [Fact]
    public async Task A_cancelled_call_leaves_the_queue_and_is_never_sent()
    {
        var client = Client(product);
        using var reviewer = await product.SignInAsync();
        ResponseResult queued = await client.CreateResponseAsync(Call(Prompts.Risky("cancelled in the background")));
        await reviewer.OfTicketAsync(Ticket(queued));

        ResponseResult cancelled = await client.CancelResponseAsync(queued.Id);

        Assert.Equal(ResponseStatus.Cancelled, cancelled.Status);
        using var vote = await reviewer.VoteAsync(Ticket(queued), approve: true);
        Assert.Equal(409, (int)vote.StatusCode);
        Assert.Equal(ResponseStatus.Cancelled, (await PollAsync(client, queued.Id)).Status);
    }

    [Fact]
    public async Task A_cancel_after_the_answer_gives_the_answer()
    {
        var client = Client(product);
        ResponseResult queued = await client.CreateResponseAsync(Call("Too late to stop"));
        await PollAsync(client, queued.Id);

        ResponseResult cancelled = await client.CancelResponseAsync(queued.Id);

        Assert.Equal((ResponseStatus.Completed, "Too late to stop"), (cancelled.Status, cancelled.GetOutputText()));
    }

    [Fact]
    public async Task A_streamed_call_is_left_in_the_middle_and_resumed_elsewhere()
    {
        var client = Client(product);
        using var reviewer = await product.SignInAsync();
        var text = Prompts.Risky("resumed elsewhere");
        var first = new List<StreamingResponseUpdate>();
        string id = "";
        await using (var stream = await client.CreateResponseStreamingAsync(Call(text, stream: true)))
        {
            await foreach (var update in stream)
            {
                first.Add(update);
                if (update is not StreamingResponseQueuedUpdate queued) continue;
                id = queued.Response.Id;
                break;
            }
        }

        await reviewer.OfTicketAsync(TicketOf(id));
        await reviewer.ApproveAsync(TicketOf(id));
        var rest = await ReadAsync(Client(product), id, first[^1].SequenceNumber);

        Assert.Equal(text, string.Concat(rest.OfType<StreamingResponseOutputTextDeltaUpdate>().Select(u => u.Delta)));
        Assert.Equal(ResponseStatus.Completed, Assert.IsType<StreamingResponseCompletedUpdate>(rest[^1]).Response.Status);
        var whole = await ReadAsync(client, id, after: null);
        Assert.Equal(Enumerable.Range(0, whole.Count), whole.Select(u => u.SequenceNumber));
        Assert.Equal(whole.Select(u => (u.SequenceNumber, u.Kind)), first.Concat(rest).Select(u => (u.SequenceNumber, u.Kind)));
    }

    [Fact]
    public async Task A_restart_in_between_loses_nothing()
    {
        await using var mortal = await Product.StartAsync();
        ResponseResult queued = await Client(mortal).CreateResponseAsync(Call(Prompts.Risky("killed while queued")));
        await mortal.KillAsync();
        await mortal.StartAgainAsync();
        using (var reviewer = await mortal.SignInAsync())
        {
            await reviewer.OfTicketAsync(Ticket(queued));
            await reviewer.ApproveAsync(Ticket(queued));
        }
        await mortal.KillAsync(); // right after the vote: the release may be anywhere between decision and answer
        await mortal.StartAgainAsync();

        var done = await PollAsync(Client(mortal), queued.Id);

        Assert.Equal(ResponseStatus.Completed, done.Status);
        using var auditor = await mortal.SignInAsync();
        Assert.Single(await auditor.TrailAsync($"ticket={Ticket(queued)}"), e => e.Kind == "execution");
    }

    [Fact]
    public async Task A_stream_outlives_a_restart_because_the_client_comes_back_to_the_same_numbers()
    {
        await using var mortal = await Product.StartAsync();
        var text = Prompts.Risky("killed while streaming");
        ResponseResult queued = await Client(mortal).CreateResponseAsync(Call(text));
        var seen = new List<StreamingResponseUpdate>();
        IAsyncEnumerable<StreamingResponseUpdate> stream = await Client(mortal).GetResponseStreamingAsync(new GetResponseOptions(queued.Id) { StreamingEnabled = true });
        await using var updates = stream.GetAsyncEnumerator();
        while (seen.LastOrDefault() is not StreamingResponseQueuedUpdate && await updates.MoveNextAsync()) seen.Add(updates.Current);

        await mortal.KillAsync();
        await mortal.StartAgainAsync(at: mortal.Url);
        using (var reviewer = await mortal.SignInAsync())
        {
            await reviewer.OfTicketAsync(Ticket(queued));
            await reviewer.ApproveAsync(Ticket(queued));
        }
        while (await updates.MoveNextAsync()) seen.Add(updates.Current);

        // This client asks again from where it began; the numbers say what it has already.
        var whole = await ReadAsync(Client(mortal), queued.Id, after: null);
        Assert.Equal(whole.Select(u => (u.SequenceNumber, u.Kind)), seen.DistinctBy(u => u.SequenceNumber).Select(u => (u.SequenceNumber, u.Kind)));
        Assert.Equal(text, Assert.IsType<StreamingResponseCompletedUpdate>(seen[^1]).Response.GetOutputText());
    }

    [Fact]
    public async Task A_run_that_was_killed_is_taken_up_again()
    {
        var calls = 0;
        var called = new TaskCompletionSource();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var upstream = builder.Build();
        upstream.Run(async http =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                called.SetResult();
                var gone = new TaskCompletionSource();
                await using var registration = http.RequestAborted.Register(gone.SetResult);
                await gone.Task;
            }
            else await http.Response.WriteAsJsonAsync(new { id = "resp_theirs", @object = "response", status = "completed", output = Array.Empty<object>() });
        });
        await upstream.StartAsync();
        await using var mortal = await Product.StartAsync(new()
        {
            ["Parking:Lease"] = "00:00:05",
            ["Upstreams:0:Name"] = "slow", ["Upstreams:0:BaseUrl"] = upstream.Urls.Single(), ["Upstreams:0:Models:0"] = "slow",
        });
        using var caller = mortal.Caller();
        using var created = await caller.PostAsync("/v1/responses", JsonContent.Create(new { model = "slow", background = true, input = "take your time" }));
        var id = (await created.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetString()!;
        await called.Task.WaitAsync(Reviewer.Patience);

        await mortal.KillAsync();
        await mortal.StartAgainAsync();

        Assert.Equal(ResponseStatus.Completed, (await PollAsync(Client(mortal), id)).Status);
        Assert.Equal(2, calls);
        using var auditor = await mortal.SignInAsync();
        Assert.Single(await auditor.TrailAsync($"ticket={TicketOf(id)}"), e => e.Kind == "execution");
    }

    private static ResponsesClient Client(Product product) =>
        new(new ApiKeyCredential(Product.CallerKey), new ResponsesClientOptions { Endpoint = new Uri(product.Url, "/v1") });

    private static CreateResponseOptions Call(string text, bool stream = false) =>
        new("echo", [ResponseItem.CreateUserMessageItem(text)]) { BackgroundModeEnabled = true, StreamingEnabled = stream };

    private static string Ticket(ResponseResult response) => TicketOf(response.Id);

    private static string TicketOf(string responseId) => "apr_" + responseId["resp_".Length..];

    private static Task<ResponseResult> PollAsync(ResponsesClient client, string id) => Eventually.Async<ResponseResult>(async () =>
    {
        ResponseResult response = await client.GetResponseAsync(id);
        return response.Status is ResponseStatus.Queued or ResponseStatus.InProgress ? null : response;
    }, $"response {id} ends");

    private static async Task<List<StreamingResponseUpdate>> ReadAsync(ResponsesClient client, string id, int? after)
    {
        var updates = new List<StreamingResponseUpdate>();
        await foreach (var update in await client.GetResponseStreamingAsync(new GetResponseOptions(id) { StreamingEnabled = true, StartingAfter = after })) updates.Add(update);
        return updates;
    }
}
