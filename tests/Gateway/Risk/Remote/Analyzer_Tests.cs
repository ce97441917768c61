using System.Net;
using System.Text.Json.Nodes;
using Contracts;
using Gateway.Risk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Risk.Remote;

/// <summary>An analyzer over HTTP adds to what the gateway finds itself, and its silence is no harmless text.</summary>
public sealed class Analyzer_Tests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new();
    private readonly List<JsonNode> asked = [];
    private WebApplication server = null!; // InitializeAsync
    private ServiceProvider? gateway;
    private RequestDelegate answer = http => http.Response.WriteAsync("[]");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapPost("/pii/analyze", async http =>
        {
            var body = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!; // the gateway always sends one
            lock (asked) asked.Add(body);
            await answer(http);
        });
        server.MapPost("/elsewhere", http => http.Response.WriteAsync("[]"));
        await server.StartAsync(Stop);
    }

    [Fact]
    public async Task What_it_finds_stands_where_it_says_in_code_points_and_counts()
    {
        Answers("""[{"entity_type":"NICKNAME","start":11,"end":18,"score":0.85,"analysis_explanation":null}]""");
        const string text = "😀😀 room of guest_k, mail a@b.org.";

        var risk = await AssessAsync(text);

        var nickname = Assert.Single(risk.Findings, f => f.Detector == "personal.own-presidio");
        Assert.Equal(("NICKNAME", "guest_k", 0.85), (nickname.Type, text[nickname.Start..nickname.End], nickname.Confidence)); // 11 code points are 13 units
        Assert.Contains(risk.Findings, f => f.Type == "EMAIL_ADDRESS");
        Assert.Equal("""{"text":"\uD83D\uDE00\uD83D\uDE00 room of guest_k, mail a@b.org.","language":"en","score_threshold":0.5}""", Assert.Single(asked).ToJsonString());
    }

    [Theory]
    [InlineData("""[{"entity_type":"PERSON","start":0,"end":900,"score":0.9}]""")]
    [InlineData("""[{"entity_type":"PERSON","start":-1,"end":2,"score":0.9}]""")]
    [InlineData("""[{"entity_type":"<b>","start":0,"end":2,"score":0.9}]""")]
    [InlineData("""[{"entity_type":"PERSON","start":0,"end":2,"score":7}]""")]
    [InlineData("""{"error":"no"}""")]
    [InlineData("not JSON")]
    [InlineData("null")]
    public async Task An_answer_that_makes_no_sense_counts_as_not_inspected(string said)
    {
        Answers(said);

        await ExpectFaultAsync("Hello there");
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task A_refusal_counts_as_not_inspected_and_no_redirect_is_followed(HttpStatusCode status)
    {
        answer = http =>
        {
            http.Response.StatusCode = (int)status;
            http.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };

        await ExpectFaultAsync("Hello there");
    }

    [Fact]
    public async Task A_service_that_is_not_there_counts_as_not_inspected()
    {
        await server.StopAsync(Stop);

        await ExpectFaultAsync("Hello there");
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_timeout()
    {
        var arrived = new TaskCompletionSource();
        answer = async http =>
        {
            arrived.TrySetResult();
            await UntilGoneAsync(http);
        };

        var waiting = AssessAsync("Hello there");
        await arrived.Task.WaitAsync(Stop);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Contains("did not answer in time", Assert.Single((await waiting).Findings).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_not_waited_for()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        answer = async http =>
        {
            await caller.CancelAsync();
            await UntilGoneAsync(http);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Scorer().AssessAsync([new("", "user", "text", "Hello there")], caller.Token).AsTask());
    }

    [Fact]
    public async Task A_text_is_asked_about_once_and_a_failure_again()
    {
        var scorer = Scorer();
        answer = http =>
        {
            http.Response.StatusCode = asked.Count == 1 ? 500 : 200;
            return http.Response.WriteAsync("[]");
        };

        var scores = new List<int>();
        for (var turn = 0; turn < 4; turn++) scores.Add((await scorer.AssessAsync([new("/a", "user", "text", "Hello there"), new("/b", "user", "text", " ")], Stop)).Score);

        Assert.Equal([75, 0, 0, 0], scores);
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_not_sent_and_weighs()
    {
        var risk = await AssessAsync(new string('a', 100_001));

        Assert.Contains("longer than it is asked about", Assert.Single(risk.Findings).Reason, StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    private static async Task UntilGoneAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private void Answers(string json) => answer = http =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json);
    };

    private async Task ExpectFaultAsync(string text)
    {
        var fault = Assert.Single((await AssessAsync(text)).Findings);

        Assert.Equal((RiskCategory.Fault, "personal.own-presidio", 0, text.Length), (fault.Category, fault.Detector, fault.Start, fault.End));
        Assert.DoesNotContain(text, fault.Reason, StringComparison.Ordinal);
    }

    private async Task<RiskAssessment> AssessAsync(string text) => await Scorer().AssessAsync([new("/a", "user", "text", text)], Stop);

    private RiskScorer Scorer()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Detectors:Analyzers:0:Name", "presidio"), new("Detectors:Analyzers:0:Url", server.Urls.First() + "/pii/")]).Build();
        gateway ??= new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(clock).AddRisk().BuildServiceProvider();
        return gateway.GetRequiredService<RiskScorer>();
    }

    public async ValueTask DisposeAsync()
    {
        if (gateway is not null) await gateway.DisposeAsync();
        await server.DisposeAsync();
    }
}
