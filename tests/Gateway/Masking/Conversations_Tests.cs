using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Tests.Policies;
using Gateway.Tests.Support;

namespace Gateway.Tests.Masking;

/// <summary>What hangs on the conversation is the same at each of its turns and nowhere else.</summary>
public sealed partial class Conversations_Tests : IAsyncLifetime
{
    private const string Email = "jane.miller@example.org";
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

    private async Task<GatewayHost> StartAsync()
    {
        var host = await GatewayHost.StartAsync(upstream, data: data);
        host.Policies.Put(PolicyTexts.WithRules("  - {name: digests, when: {score: {from: 0}}, then: {action: mask, masking: [{types: [EMAIL_ADDRESS], as: hash}]}}\n"));
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
}
