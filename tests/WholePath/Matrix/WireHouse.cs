using System.Net.Http.Json;
using WholePath.Support;

[assembly: AssemblyFixture(typeof(WholePath.Matrix.WireHouse))]

namespace WholePath.Matrix;

/// <summary>One product with short clocks and a scripted model for the tests that speak HTTP by hand; opened by the first of them.</summary>
public sealed class WireHouse : IAsyncDisposable
{
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(4);
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    private readonly Lazy<Task<(House, ScriptedModel)>> opened = new(OpenAsync);
    private int notes;

    internal async Task<(House House, ScriptedModel Model, string Cell)> NextAsync(Script script = Script.Answer)
    {
        var (house, model) = await opened.Value;
        var cell = $"w{Interlocked.Increment(ref notes):d3}";
        model.Expect(cell, script);
        return (house, model, cell);
    }

    public async ValueTask DisposeAsync()
    {
        if (!opened.IsValueCreated) return;
        var (house, model) = await opened.Value;
        await house.DisposeAsync();
        await model.DisposeAsync();
    }

    private static async Task<(House, ScriptedModel)> OpenAsync()
    {
        var model = await ScriptedModel.StartAsync();
        var house = await House.OpenAsync(model, ["wire"], ("Parking:LongestHold", Hold.ToString()), ("Parking:StreamGrace", "00:00:00.5"), ("Parking:KeepAlive", KeepAlive.ToString()));
        return (house, model);
    }
}

/// <summary>The three routes as a program without an SDK would call them.</summary>
internal static class Wire
{
    public const string Chat = "/v1/chat/completions";
    public const string Messages = "/v1/messages";
    public const string Responses = "/v1/responses";

    public static HttpClient Caller(this House house) => house.CallerNamed("wire");

    /// <summary>The answer as soon as its headers are there.</summary>
    public static async Task<HttpResponseMessage> PostAsync(
        this HttpClient caller, string route, string cell, bool stream = false, string extra = "", (string Name, string Value)[]? headers = null, CancellationToken ct = default)
    {
        var text = Prompts.Risky($"cell {cell}") + extra;
        object body = route == Responses
            ? new { model = "scripted", stream, input = text }
            : new { model = "scripted", stream, max_tokens = 64, messages = new[] { new { role = "user", content = text } } };
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = JsonContent.Create(body) };
        foreach (var (name, value) in headers ?? []) request.Headers.TryAddWithoutValidation(name, value);
        return await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    public static string Header(this HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
}
