using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Tests.Background;
using Gateway.Tests.Policies;
using Gateway.Tests.Support;

namespace Gateway.Tests.Masking;

/// <summary>What hangs on the conversation is the same at each of its turns and nowhere else.</summary>
public sealed partial class Conversations_Tests : IAsyncLifetime
{
    private const string Email = "jane.miller@corp.example";
    private readonly string data = Directory.CreateTempSubdirectory("conversations-").FullName;
    private MockUpstream upstream = null!; // set before every test

    public async ValueTask InitializeAsync() => upstream = await MockUpstream.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await upstream.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_digest_stays_through_turns_and_restarts_and_differs_between_callers_and_conversations()
    {
        string first, later, other, elsewhere, restarted;
        await using (var host = await StartAsync())
        {
            first = await DigestAsync(host.Caller(), "Hello");
            later = await DigestAsync(host.Caller(), "Hello", "And now?");
            other = await DigestAsync(host.Caller(GatewayHost.BobKey), "Hello");
            elsewhere = await DigestAsync(host.Caller(), "Good evening");
        }
        await using (var host = await StartAsync()) restarted = await DigestAsync(host.Caller(), "Hello");

        Assert.Equal(first, later);
        Assert.Equal(first, restarted);
        Assert.Distinct([first, other, elsewhere]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_made_up_address_goes_out_and_the_real_one_comes_back(bool stream)
    {
        await using var host = await StartAsync("fake");
        var model = upstream.Model((http, received) =>
            (stream ? Answers.Events(Answers.ChatStream([.. $"Sent to {FakeIn(received.Text)}.".Chunk(3).Select(piece => new string(piece))])) : Answers.Chat($"Sent to {FakeIn(received.Text)}."))(http, received));

        var reply = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, $"Write to {Email}", stream));

        Assert.Equal($"Sent to {Email}.", stream ? Answers.ChatText(reply.Text) : (string?)reply.Json["choices"]![0]!["message"]!["content"]);
        Assert.DoesNotContain(Email, upstream.Only(model).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_runs_later_restores_what_was_made_up_when_it_came()
    {
        await using var host = await StartAsync("fake");
        var caller = host.Caller();
        var model = upstream.Model((http, received) => Responses.Whole($"Sent to {FakeIn(received.Text)}.")(http, received));

        var queued = await caller.CreateAsync(Responses.Body(model, $"Write to {Email}"));

        Assert.Equal($"Sent to {Email}.", (await caller.EndAsync(queued.Id())).Text());
        Assert.DoesNotContain(Email, upstream.Only(model).Text, StringComparison.Ordinal);
    }

    private static string FakeIn(string sent) => Fake().Match(sent) is { Success: true } fake ? fake.Value : "nobody";

    private async Task<GatewayHost> StartAsync(string way = "hash")
    {
        var host = await GatewayHost.StartAsync(upstream, data: data);
        host.Policies.Put(PolicyTexts.WithRules($"  - {{name: {way}, when: {{score: {{from: 0}}}}, then: {{action: mask, masking: [{{types: [EMAIL_ADDRESS], as: {way}}}]}}}}\n"));
        return host;
    }

    /// <summary>A conversation with this beginning and these turns, whose last words name the address; gives what stood for it.</summary>
    private async Task<string> DigestAsync(HttpClient caller, params string[] turns)
    {
        var model = upstream.Model(Answers.Chat("Fine."));
        var messages = turns.Append($"Write to {Email}").Select(content => new { role = "user", content });
        var reply = await caller.PostAsync(Calls.Chat, JsonSerializer.Serialize(new { model, messages }));

        Assert.Equal("Fine.", (string?)reply.Json["choices"]![0]!["message"]!["content"]);
        var sent = upstream.Only(model).Text;
        Assert.DoesNotContain(Email, sent, StringComparison.Ordinal);
        return Assert.Single(Digest().Matches(sent)).Value;
    }

    [GeneratedRegex(@"\[EMAIL #[0-9a-f]{12}\]", RegexOptions.NonBacktracking)]
    private static partial Regex Digest();

    [GeneratedRegex(@"[a-z.]+@example\.(com|net|org)", RegexOptions.NonBacktracking)]
    private static partial Regex Fake();
}
