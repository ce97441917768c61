using System.Net;
using System.Net.Http.Json;
using System.Text;
using Contracts;
using Contracts.Api;
using Gateway.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Records;

/// <summary>Promise 8: prompt text stays encrypted in the store and on entitled screens. In no column, no log line, at any level.</summary>
public sealed class NoTextAnywhere_Tests(SharedGateway shared)
{
    internal const string Asked = "zebra-quartz-asked", Answered = "velvet-anchor-answered", Email = "zoltan.quartz@example.org";
    private static readonly string Padding = string.Concat(Enumerable.Repeat("ordinary words ", 20));

    [Fact]
    public async Task Neither_the_stores_files_nor_any_log_line_hold_a_prompt_an_answer_a_key_or_a_token()
    {
        var data = Directory.CreateTempSubdirectory("gateway-test-").FullName;
        var host = await GatewayHost.StartAsync(shared.Upstream, data: data, logLevel: LogLevel.Trace);
        var tokens = new List<string>();
        try
        {
            await WalkEveryPathAsync(shared.Upstream, host, tokens);
            AssertNowhere(data, [Asked, Answered, Email, Calls.Secret, "sk_live_prop"]);
        }
        finally
        {
            await host.DisposeAsync();
        }
        AssertNowhere(data, [Asked, Answered, Email, Calls.Secret, "sk_live_prop", GatewayHost.AliceKey, GatewayHost.SignInToken, .. tokens]);
        foreach (var marker in (string[])[ Asked, Answered, Email, Calls.Secret, "sk_live_prop", GatewayHost.AliceKey, GatewayHost.NarrowKey, MockUpstream.Key, GatewayHost.SignInToken, .. tokens])
            Assert.DoesNotContain(host.Logs.All, line => line.Contains(marker, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(host.Logs.All, line => line.StartsWith("Trace ", StringComparison.Ordinal)); // the ear was open
        Assert.Empty(host.Logs.Unhandled);
        Directory.Delete(data, recursive: true);
    }

    internal static async Task WalkEveryPathAsync(MockUpstream upstream, GatewayHost host, List<string> tokens)
    {
        var alice = host.Caller();
        foreach (var route in Calls.Routes)
        {
            var plain = upstream.Model(Answers.Json($$"""{"x":"{{Answered}}"}"""));
            Assert.Equal(200, (int)(await alice.PostAsync(route, Calls.Body(route, plain, Asked))).Status);
            Assert.Equal(200, (int)(await alice.PostAsync(route, Calls.Body(route, plain, $"{Asked} {Email}"))).Status);
            await alice.PostAsync(route, Calls.Body(route, upstream.Model(Answers.Events(Answers.ChatStream(Answered))), Asked, stream: true));
            await alice.PostAsync(route, Calls.Body(route, upstream.Model(Answers.EventsThenCut(Answers.ChatStream(Answered)[..2])), Asked, stream: true));
            await alice.PostAsync(route, Calls.Body(route, upstream.Model(Answers.Raw(Encoding.UTF8.GetBytes(Answered), "image/png")), Asked));
            await alice.PostAsync(route, Calls.Body(route, upstream.Model(Answers.Json($$$"""{"model":"{{{Answered}}} ","status":"{{{Answered}}}","stop_reason":"{{{Answered}}}","choices":[{"finish_reason":"{{{Answered}}}"}],"usage":{"input_tokens":"{{{Answered}}}"}}""")), Asked));
            await alice.PostAsync(route, Calls.Body(route, "down", Asked));
            await alice.PostAsync(route, Calls.Body(route, "unknown", Asked));
            await alice.PostAsync(route, Calls.Body(route, plain, Asked)[..^3]);
            await alice.PostAsync(route, $$"""{"model":"{{plain}}","{{Asked}}":1,"{{Asked}}":2}""");
            await host.Caller(GatewayHost.NarrowKey).PostAsync(route, Calls.Body(route, plain, Asked));
            await host.Caller("wrong-" + GatewayHost.AliceKey).PostAsync(route, Calls.Body(route, plain, Asked));
        }
        // A property's name may be the secret itself.
        var named = await alice.PostAsync(Calls.Chat, $$$"""{"model":"{{{upstream.Model(Answers.Chat("never"))}}}","{{{Calls.Secret}}}":"{{{Padding}}}","metadata":{"sk_live_prop_0123456789abcdefABCDEF":{"note":"{{{Email}}}"}},"messages":[{"role":"user","content":"Hi"}]}""", ("Prefer", "respond-async"));
        Assert.Equal(HttpStatusCode.Accepted, named.Status);

        var model = upstream.Model(Answers.Json($$"""{"x":"{{Answered}}"}"""));
        var parked = await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, $"{Calls.Secret} {Padding} {Asked}"), ("Prefer", "respond-async"));
        var ticket = await host.TicketAsync(parked.Header("x-approval-id")!);
        var ada = await host.PersonAsync();
        tokens.Add(ada.DefaultRequestHeaders.Authorization!.Parameter!);
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK, "the review");
        Assert.Contains(Asked, (await ada.GetReplyAsync($"/api/prompts/{ticket.Id}")).Text, StringComparison.Ordinal);
        await ada.PostAsync($"/api/prompts/{ticket.Id}/reveals", """{"finding":0,"reason":"because I must"}""");
        await ada.PostAsync($"/api/prompts/{ticket.Id}/reveals", "{\"finding\":" + Asked);
        await host.Caller(key: null).PostAsync("/api/sessions", $$"""{"token":"{{Asked}}","person":"ada"}""");
        await host.Caller(key: null).PostAsync("/api/sessions", $$"""{"token":"{{GatewayHost.SignInToken}}","person":{"x":""");
        await ada.PostAsJsonAsync($"/api/reviews/{ticket.Id}/votes", new CastVote { OperationId = Guid.NewGuid(), Approve = true, Digest = ticket.Digest }, JsonWire.Options, TestContext.Current.CancellationToken);
        Assert.Contains(Answered, await ResultAsync(host, alice, ticket.Id), StringComparison.Ordinal);
        await ada.GetReplyAsync("/api/trail");
    }

    private static async Task<string> ResultAsync(GatewayHost host, HttpClient caller, string id)
    {
        await host.TicketWhenAsync(id, t => t.Status == ApprovalStatus.Completed);
        return (await caller.GetReplyAsync($"/v1/approvals/{id}/result")).Text;
    }

    private static void AssertNowhere(string folder, IEnumerable<string> markers)
    {
        var files = Directory.GetFiles(folder, "*.db*");
        Assert.Contains(files, file => Bytes(file).AsSpan().IndexOf("policyVersion"u8) >= 0 || Bytes(file).AsSpan().IndexOf("score.park"u8) >= 0); // the search does find what is there
        foreach (var file in files)
        {
            var bytes = Bytes(file);
            foreach (var marker in markers)
            {
                Assert.False(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0, $"{marker} stands in {Path.GetFileName(file)}");
                Assert.False(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(marker)) >= 0, $"{marker} stands in {Path.GetFileName(file)}");
                Assert.False(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(marker))[..12])) >= 0, $"{marker} stands in {Path.GetFileName(file)} in base64");
            }
        }
    }

    private static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
