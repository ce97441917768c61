using System.Net;
using Gateway.Embedded;
using Shared;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Tests.Servers;

namespace Gateway.Tests.Embedded;

/// <summary>The embedded product: for one machine, with people who hold a printed token.</summary>
public sealed class OnThisMachineOnly_Tests(SharedGateway shared) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-test-");

    public void Dispose() => SqliteFiles.Delete(folder.FullName);

    [Theory]
    [InlineData("--urls=http://0.0.0.0:8080")]
    [InlineData("--urls=http://*:8080")]
    [InlineData("--urls=http://+:8080")]
    [InlineData("--urls=http://[::]:8080")]
    [InlineData("--urls=http://127.0.0.1:8080;http://192.168.1.5:8081")]
    [InlineData("--urls=http://example.org:8080")]
    [InlineData("--urls=http://127.0.0.1.example.org:8080")]
    [InlineData("--Kestrel:Endpoints:Http:Url=http://0.0.0.0:8080")]
    public void An_address_that_others_could_reach_is_refused_with_the_reason(string argument)
    {
        var refused = Assert.Throws<StartRefusedException>(() => Compose(argument));
        Assert.Contains("this machine only", refused.Message, StringComparison.Ordinal);
        Assert.Equal([refused.Message], StartRefusal.ReasonsOf(refused));
    }

    [Theory]
    [InlineData("--urls=http://127.0.0.1:5000", "http://127.0.0.1:5000")]
    [InlineData("--urls=http://localhost:5000;http://[::1]:5001", "http://localhost:5000;http://[::1]:5001")]
    [InlineData("--http_ports=5000", "http://127.0.0.1:8080")]
    [InlineData("--x=1", "http://127.0.0.1:8080")]
    public void A_loopback_address_is_taken_and_nothing_else_is_opened(string argument, string urls) =>
        Assert.Equal(urls, Compose(argument).WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));

    [Fact]
    public async Task A_page_that_gives_this_machine_a_name_of_its_own_is_refused()
    {
        var client = shared.Host.Caller();
        foreach (var (name, status) in new[] { ("evil.example.org", 400), ("localhost", 200), ("127.0.0.1", 200), ("127.0.0.1.example.org", 400) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
            request.Headers.Host = $"{name}:{shared.Host.Address.Port}";
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task A_printed_token_works_once_and_a_configured_one_always()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream, new() { ["Embedded:SignInToken"] = null });
        var printed = host.Services.GetRequiredService<LocalPeople>().Token;
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(host, printed)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(host, printed)).Status);
        var next = host.Services.GetRequiredService<LocalPeople>().Token;
        var both = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SignInAsync(host, next)));
        Assert.Single(both, reply => reply.Status == HttpStatusCode.OK);

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await SignInAsync(shared.Host, GatewayHost.SignInToken)).Status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"token":null}""")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":"sign-in-token-0123456788"}""")]
    [InlineData("""{"token":"sign-in-token-0123456789","person":"nobody"}""")]
    public async Task Nobody_signs_in_without_the_token_or_as_nobody(string body)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await shared.Host.Caller(key: null).PostAsync("/api/sessions", body)).Status);
        await shared.Host.AssertHealthyAsync();
    }

    [Fact]
    public async Task People_and_callers_have_doors_of_their_own()
    {
        var nobody = shared.Host.Caller(key: null);
        var alice = shared.Host.Caller();
        foreach (var path in new[] { "/api/trail", "/api/prompts/apr_1", "/api/reviews" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetReplyAsync(path)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await alice.GetReplyAsync(path)).Status);
        }
        var ada = await shared.Host.PersonAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.GetReplyAsync("/v1/models")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, "echo"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await ada.GetReplyAsync("/api/trail")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shared.Host.PersonAsync("sam")).GetReplyAsync("/api/trail")).Status);
    }

    [Fact]
    public async Task Models_are_listed_in_either_providers_shape()
    {
        var alice = shared.Host.Caller();
        var openai = await alice.GetReplyAsync("/v1/models");
        Assert.Contains("echo", openai.Json["data"]!.AsArray().Select(m => (string?)m!["id"]));
        Assert.DoesNotContain("m-*", openai.Text, StringComparison.Ordinal);
        var anthropic = await alice.GetReplyAsync("/v1/models", ("anthropic-version", "2023-06-01"));
        Assert.All(anthropic.Json["data"]!.AsArray(), m => Assert.Equal("model", (string?)m!["type"]));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_the_settings_is_said_at_once()
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => GatewayHost.StartAsync(shared.Upstream, new()
        {
            ["Policy:ParkAt"] = "97", ["Policy:MaskAt"] = "98", ["Policy:Unreadable"] = "Mask", ["Policy:People"] = "0", ["Policy:Reviewers:0"] = " ",
            ["Upstreams:0:Name"] = "", ["Upstreams:1:Kind"] = "gemini", ["Upstreams:2:BaseUrl"] = "ftp://x", ["Upstreams:3:ApiKeyFrom"] = "APPROVALS_TEST_NO_SUCH_VARIABLE",
            ["Callers:0:Key"] = GatewayHost.BobKey, ["Callers:1:KeySha256"] = "x", ["Callers:2:Subject"] = "",
            ["Callers:3:Subject"] = "from-nowhere", ["Callers:3:KeyFrom"] = "APPROVALS_TEST_NO_SUCH_VARIABLE", ["Callers:4:Subject"] = "twin", ["Callers:4:Key"] = GatewayHost.NarrowKey,
            ["Proxy:LargestPrompt"] = "5", ["Parking:Lease"] = "00:00:01", ["Embedded:CallerKey"] = "short",
            ["People:StepUp:0"] = "policy.bend", ["People:StepUpWithin"] = "02:00:00", ["People:LongestSession"] = "00:01:00",
        }));

        var reasons = StartRefusal.ReasonsOf(fault);
        Assert.NotNull(reasons);
        var said = string.Join('\n', reasons);
        foreach (var expected in new[]
        {
            "Policy:ParkAt (97) must be lower than Policy:BlockAt (95)", "Policy:MaskAt (98) must be lower", "Policy:Unreadable cannot be Mask", "People", "Policy:Reviewers holds an empty group",
            "Upstreams:0:Name is empty", "Upstreams:1:Kind (gemini)", "Upstreams:2:BaseUrl (ftp://x)", "Upstreams:3:ApiKeyFrom names the environment variable",
            "Callers:1 needs exactly one of", "Callers:1:KeySha256 must be 64", "Callers:2:Subject must have", "Callers:3:KeyFrom names the environment variable", "have the same key",
            "LargestPrompt", "Lease", "CallerKey",
            "People:StepUp (policy.bend) is no permission", "People:StepUpWithin (02:00:00) must be", "People:LongestSession (00:01:00) must be",
        }) Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.DoesNotContain(GatewayHost.BobKey, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_a_reason_and_no_crash()
    {
        await using var app = Compose($"--urls={shared.Host.Address}").Build();
        await app.UseEmbeddedAsync();
        var fault = await Assert.ThrowsAnyAsync<IOException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("--urls", Assert.Single(StartRefusal.ReasonsOf(fault)!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_crash_is_no_refusal()
    {
        Assert.Null(StartRefusal.ReasonsOf(new InvalidOperationException("x")));
        Assert.Null(StartRefusal.ReasonsOf(new AggregateException(new StartRefusedException("x"), new InvalidOperationException("x"))));
    }

    private WebApplicationBuilder Compose(params string[] arguments) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Gateway", Args = [$"--Embedded:DataFolder={folder.FullName}", .. arguments] }).AddEmbedded(demo: false);

    private static Task<Reply> SignInAsync(GatewayHost host, string token) => host.Caller(key: null).PostAsync("/api/sessions", $$"""{"token":"{{token}}"}""");
}
