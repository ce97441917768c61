using System.Net;
using System.Text;
using Contracts;
using Gateway.Tests.Support;

namespace Gateway.Tests.Parking;

/// <summary>A stream that was opened while people decide: kept open by comments, and ended as the provider would end it.</summary>
public sealed class WaitingStreams_Tests(SharedGateway shared)
{
    private readonly GatewayHost host = shared.Host;
    private readonly HttpClient alice = shared.Host.Caller();

    [Theory]
    [InlineData(Calls.Chat)]
    [InlineData(Calls.Messages)]
    [InlineData(Calls.Responses)]
    public async Task An_error_reaches_a_caller_whose_stream_has_begun_in_the_stream_and_is_kept_as_what_it_was(string route)
    {
        var broken = shared.Upstream.Model(Answers.Json("""{"error":{"message":"overloaded"}}""", 529));
        foreach (var (model, status, code) in new[] { (broken, 529, "upstream_not_streaming"), (shared.Upstream.Model(Answers.Hangup), 502, "upstream_unreachable") })
        {
            var (reading, opened) = ReadStream(route, model);
            await opened;
            var ticket = await host.TicketOfAsync(model);
            await host.DecideAsync(ticket);

            var text = await reading;
            Assert.Contains(code, text, StringComparison.Ordinal);
            Assert.All(text.Split('\n'), line => Assert.True(line.Length == 0 || line.StartsWith(':') || line.StartsWith("data: ", StringComparison.Ordinal) || line.StartsWith("event: ", StringComparison.Ordinal), line));
            Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
            var result = await alice.GetReplyAsync($"/v1/approvals/{ticket.Id}/result");
            Assert.Equal(status, (int)result.Status);
            Assert.Equal("application/json", result.Message.Content.Headers.ContentType?.MediaType);
            Assert.NotNull(result.Json["error"]);
        }
    }

    [Theory]
    [InlineData(Calls.Chat, "content_filter")]
    [InlineData(Calls.Messages, "event: error")]
    [InlineData(Calls.Responses, "response.failed")]
    public async Task A_no_after_the_stream_began_is_said_as_the_provider_would(string route, string form)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var (reading, opened) = ReadStream(route, model);
        await opened;
        await host.DecideAsync(await host.TicketOfAsync(model), ApprovalStatus.Rejected, reason: "No live keys");
        var text = await reading;
        Assert.StartsWith(": approval pending apr_", text, StringComparison.Ordinal);
        Assert.Contains(form, text, StringComparison.Ordinal);
        Assert.Contains("No live keys", text, StringComparison.Ordinal);
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task A_yes_after_the_stream_began_streams_the_answer()
    {
        var events = Answers.ChatStream("Hello ", "there ");
        var model = shared.Upstream.Model(Answers.Events(events));
        var (reading, opened) = ReadStream(Calls.Chat, model);
        await opened;
        await host.DecideAsync(await host.TicketOfAsync(model));
        Assert.EndsWith(string.Concat(events), await reading, StringComparison.Ordinal);
    }

    /// <summary>Opens a stream that waits; the second task is done when its first line is here.</summary>
    private (Task<string> Reading, Task Opened) ReadStream(string route, string model)
    {
        var opened = new TaskCompletionSource();
        return (ReadAsync(), opened.Task);

        async Task<string> ReadAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StringContent(Calls.Body(route, model, Tickets.Risky(), stream: true), Encoding.UTF8, "application/json") };
            using var response = await alice.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal(("text/event-stream", HttpStatusCode.OK), (response.Content.Headers.ContentType?.MediaType, response.StatusCode));
            Assert.NotNull(response.Headers.GetValues("x-approval-id").Single());
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            var text = new StringBuilder();
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                text.Append(line).Append('\n');
                opened.TrySetResult();
            }
            return text.ToString();
        }
    }
}
