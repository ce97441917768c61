using System.Net;
using Gateway.Tests.Policies;
using Gateway.Tests.Support;

namespace Gateway.Tests.Masking;

/// <summary>What a provider has signed goes back as the model wrote it, or people look at it.</summary>
public sealed class SignedThoughts_Tests : IAsyncLifetime
{
    private const string Thinking = """{"model":"#","max_tokens":10,"messages":[{"role":"user","content":"Write to %."},{"role":"assistant","content":[{"type":"thinking","thinking":"They want me to write to $.","signature":"c2lnbmVk"},{"type":"text","text":"Done."}]},{"role":"user","content":"Thanks."}]}""";
    private const string Reasoning = """{"model":"#","input":[{"role":"user","content":"Write to %."},{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"They want me to write to $."}],"encrypted_content":"c2VhbGVk"},{"role":"user","content":"Thanks."}]}""";

    private MockUpstream upstream = null!; // set before every test, like the host
    private GatewayHost host = null!;

    public async ValueTask InitializeAsync()
    {
        upstream = await MockUpstream.StartAsync();
        host = await GatewayHost.StartAsync(upstream);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Theory]
    [InlineData(Calls.Messages, Thinking)]
    [InlineData(Calls.Responses, Reasoning)]
    public async Task Values_the_model_had_as_pseudonyms_go_back_as_the_same_pseudonyms(string route, string body)
    {
        var (model, reply) = await AskAsync(route, body, "jane.miller@example.org", "jane.miller@example.org");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Contains("They want me to write to [EMAIL_1].", Assert.Single(upstream.For(model)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Calls.Messages, Thinking)]
    [InlineData(Calls.Responses, Reasoning)]
    public async Task A_value_that_only_the_thoughts_hold_is_looked_at_by_people(string route, string body)
    {
        var (model, reply) = await AskAsync(route, body, "her", "jane.miller@example.org");
        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal("unmaskable", (await host.TicketOfAsync(model)).Rule);
        Assert.Empty(upstream.For(model));
    }

    [Fact]
    public async Task Where_policy_masks_otherwise_than_by_pseudonyms_people_look_as_well()
    {
        host.Policies.Put(PolicyTexts.Policy(PolicyTexts.Frame + "masking: [{types: [EMAIL_ADDRESS], as: label}]\n"));
        var (model, reply) = await AskAsync(Calls.Messages, Thinking, "jane.miller@example.org", "jane.miller@example.org");
        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal("unmaskable", (await host.TicketOfAsync(model)).Rule);
        Assert.Empty(upstream.For(model));
    }

    [Fact]
    public async Task Thoughts_without_a_seal_are_masked_like_any_text()
    {
        var (model, reply) = await AskAsync(Calls.Messages, Thinking.Replace(",\"signature\":\"c2lnbmVk\"", "", StringComparison.Ordinal), "her", "jane.miller@example.org");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.DoesNotContain("jane.miller", Assert.Single(upstream.For(model)).Text, StringComparison.Ordinal);
    }

    private async Task<(string Model, Reply Reply)> AskAsync(string route, string body, string said, string thought)
    {
        var model = upstream.Model(Answers.Json("{}"));
        var sent = body.Replace("#", model, StringComparison.Ordinal).Replace("%", said, StringComparison.Ordinal).Replace("$", thought, StringComparison.Ordinal);
        return (model, await host.Caller().PostAsync(route, sent, ("Prefer", "respond-async")));
    }
}
