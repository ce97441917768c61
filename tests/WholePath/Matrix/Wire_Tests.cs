using System.Text.Json;
using WholePath.Support;

namespace WholePath.Matrix;

/// <summary>
/// Rules that clients depend on which cannot run here, Python's above all: openai-python raises on <c>id:</c>,
/// <c>retry:</c> and events it does not know, retries 408 and heeds <c>x-should-retry</c>.
/// </summary>
public sealed class Wire_Tests(WireHouse wire)
{
    [Theory]
    [InlineData(Wire.Chat)]
    [InlineData(Wire.Responses)]
    public async Task A_waiting_OpenAI_stream_holds_nothing_but_comments(string route)
    {
        var (house, _, cell) = await wire.NextAsync();
        using var caller = house.Caller();
        using var response = await caller.PostAsync(route, cell, stream: true);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        var waiting = await CommentsAsync(lines, 3);
        await house.Desk.ApproveAsync(await house.Desk.ReviewOfAsync(cell));
        var answer = await lines.ReadToEndAsync();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.All(waiting, line => Assert.True(line.Length == 0 || line.StartsWith(": approval pending apr_", StringComparison.Ordinal), line));
        Assert.All(answer.Split('\n'), line => Assert.True(IsOpenAI(line, route), line));
        Assert.EndsWith(route == Wire.Chat ? "data: [DONE]\n\n" : "}\n\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Wire.Chat)]
    [InlineData(Wire.Messages)]
    public async Task A_silent_stream_shows_a_sign_of_life_at_once_and_in_every_interval(string route)
    {
        var (house, _, cell) = await wire.NextAsync();
        using var caller = house.Caller();
        using var response = await caller.PostAsync(route, cell, stream: true);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        var signs = (await CommentsAsync(lines, 3)).Where(line => line.StartsWith(':')).ToList();

        Assert.Equal(3, signs.Count);
        await house.Desk.RejectAsync(await house.Desk.ReviewOfAsync(cell), "enough seen");
    }

    [Fact]
    public async Task A_waiting_Anthropic_stream_pings_in_its_own_way_and_says_no_in_its_own_way()
    {
        var (house, _, cell) = await wire.NextAsync();
        using var caller = house.Caller();
        using var response = await caller.PostAsync(Wire.Messages, cell, stream: true);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        var waiting = (await CommentsAsync(lines, 2)).ToList();
        await house.Desk.RejectAsync(await house.Desk.ReviewOfAsync(cell), "not today");
        var rest = (await lines.ReadToEndAsync()).Split('\n');

        Assert.Contains("event: ping", waiting);
        Assert.Equal(["event: error"], rest.Where(line => line.StartsWith("event:", StringComparison.Ordinal) && line != "event: ping"));
        var error = JsonDocument.Parse(rest.Last(line => line.StartsWith("data:", StringComparison.Ordinal))[5..]).RootElement;
        Assert.Equal("error", error.GetProperty("type").GetString());
        Assert.Equal("permission_error", error.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_hold_that_ends_undecided_is_a_408_worth_retrying()
    {
        await Task.WhenAll(new[] { Wire.Chat, Wire.Responses, Wire.Messages }.Select(async route =>
        {
            var (house, _, cell) = await wire.NextAsync();
            using var caller = house.Caller();

            using var response = await caller.PostAsync(route, cell);

            Assert.Equal(408, (int)response.StatusCode);
            Assert.Equal("1", response.Header("Retry-After"));
            Assert.Equal("", response.Header("x-should-retry"));
            Assert.Equal("pending", response.Header("x-approval-status"));
            var ticket = response.Header("x-approval-id");
            Assert.Equal($"/v1/approvals/{ticket}", response.Header("Location"));
            var error = await ErrorAsync(response);
            Assert.Equal("timeout_error", error.GetProperty("type").GetString());
            Assert.Equal("approval_pending", error.GetProperty("code").GetString());
            Assert.Contains($"/v1/approvals/{ticket}", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }));
    }

    [Theory]
    [InlineData(Wire.Chat)]
    [InlineData(Wire.Responses)]
    [InlineData(Wire.Messages)]
    public async Task A_no_is_a_403_that_is_not_to_be_retried(string route)
    {
        var (house, _, cell) = await wire.NextAsync();
        using var caller = house.Caller();

        var call = caller.PostAsync(route, cell);
        await house.Desk.RejectAsync(await house.Desk.ReviewOfAsync(cell), "not today");
        using var first = await call;
        using var again = await caller.PostAsync(route, cell);

        foreach (var response in new[] { first, again })
        {
            Assert.Equal(403, (int)response.StatusCode);
            Assert.Equal("false", response.Header("x-should-retry"));
            Assert.Equal("rejected", response.Header("x-approval-status"));
            Assert.Contains("not today", (await ErrorAsync(response)).GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_202_is_for_those_who_asked_to_be_answered_later_and_for_nobody_else()
    {
        var (house, _, cell) = await wire.NextAsync();
        using var caller = house.Caller();

        using var asked = await caller.PostAsync(Wire.Chat, cell, headers: [("Prefer", "respond-async, wait=1")]);
        using var waits = await caller.PostAsync(Wire.Chat, cell, headers: [("Prefer", "wait=1")]);

        Assert.Equal(202, (int)asked.StatusCode);
        Assert.Equal("respond-async, wait=1", asked.Header("Preference-Applied"));
        Assert.Equal("1", asked.Header("Retry-After"));
        Assert.Equal($"/v1/approvals/{asked.Header("x-approval-id")}", asked.Header("Location"));
        Assert.Equal(408, (int)waits.StatusCode);
        await house.Desk.RejectAsync(await house.Desk.ReviewOfAsync(cell), "enough seen");
    }

    /// <summary>Lines until so many signs of life were read.</summary>
    private static async Task<List<string>> CommentsAsync(StreamReader lines, int signs)
    {
        var read = new List<string>();
        while (read.Count(line => line.StartsWith(':')) < signs || read[^1].Length > 0)
        {
            read.Add(await lines.ReadLineAsync() ?? throw new EndOfStreamException("The stream ended while its prompt waited."));
        }
        return read;
    }

    private static bool IsOpenAI(string line, string route) =>
        line.Length == 0 || line.StartsWith(": ", StringComparison.Ordinal) || line.StartsWith("data: ", StringComparison.Ordinal)
        || (route == Wire.Responses && line.StartsWith("event: response.", StringComparison.Ordinal));

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").Clone();
}
