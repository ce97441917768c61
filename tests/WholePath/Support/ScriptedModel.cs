using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace WholePath.Support;

/// <summary>What the model does with a call.</summary>
internal enum Script
{
    Answer,
    CallTool,
    Fail,

    /// <summary>Answers when it is told to go on.</summary>
    Stall,
}

/// <summary>An upstream of both providers that does what it was told and counts how often it was asked.</summary>
internal sealed partial class ScriptedModel : IAsyncDisposable
{
    public const string Answer = "The token has expired; ask for a new one. Zürich, 東京 🪟.";
    public const string ToolName = "book_table";
    public const string ToolArguments = """{"city":"Zürich","note":"a \"quiet\" corner \\ by the window 🪟","guests":4}""";
    public const string FailureCode = "engine_stalled";
    public const string Failure = "The engine stalled.";

    private readonly ConcurrentDictionary<string, Script> scripts = new();
    private readonly ConcurrentDictionary<string, int> executions = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> stalled = new();
    private LocalHost host = null!; // set by StartAsync

    public Uri Url => host.Url;

    public static async Task<ScriptedModel> StartAsync()
    {
        var model = new ScriptedModel();
        model.host = await LocalHost.StartAsync(model.AnswerAsync);
        return model;
    }

    public void Expect(string cell, Script script) => scripts[cell] = script;

    /// <summary>Lets every stalled call of this cell go on.</summary>
    public void GoOn(string cell) => Stalled(cell).TrySetResult();

    public int ExecutionsOf(string cell) => executions.GetValueOrDefault(cell);

    /// <summary>Settings of a product whose model <c>scripted</c> this is.</summary>
    public IEnumerable<(string, string)> Settings()
    {
        foreach (var (i, kind) in new[] { "openai", "anthropic" }.Index())
        {
            yield return ($"Upstreams:{i}:Name", $"scripted-{kind}");
            yield return ($"Upstreams:{i}:Kind", kind);
            yield return ($"Upstreams:{i}:BaseUrl", Url.ToString());
            yield return ($"Upstreams:{i}:ApiKey", "key-of-the-scripted-model");
            yield return ($"Upstreams:{i}:Models:0", "scripted");
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var asked = await JsonDocument.ParseAsync(http.Request.Body);
        var cell = Cell().Match(asked.RootElement.ToString()).Groups[1].Value;
        executions.AddOrUpdate(cell, 1, (_, n) => n + 1);

        var script = scripts[cell];
        if (script == Script.Stall) await Stalled(cell).Task;
        var streams = asked.RootElement.TryGetProperty("stream", out var stream) && stream.GetBoolean();
        var words = ScriptedWords.Of(http.Request.Path.Value!);
        if (script == Script.Fail)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await http.Response.WriteAsJsonAsync(words.Failure());
        }
        else if (streams)
        {
            await StreamAsync(http.Response, words.Events(script));
        }
        else
        {
            await http.Response.WriteAsJsonAsync(words.Whole(script));
        }
    }

    private TaskCompletionSource Stalled(string cell) => stalled.GetOrAdd(cell, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private static async Task StreamAsync(HttpResponse response, IEnumerable<(string? Name, object Data)> events)
    {
        response.ContentType = "text/event-stream";
        foreach (var (name, data) in events)
        {
            var json = data as string ?? JsonSerializer.Serialize(data);
            await response.WriteAsync($"{(name is null ? "" : $"event: {name}\n")}data: {json}\n\n");
            await response.Body.FlushAsync();
        }
    }

    /// <summary>Pieces of a few characters, never half a character.</summary>
    public static IEnumerable<string> Pieces(string text) => text.EnumerateRunes().Chunk(5).Select(runes => string.Concat(runes));

    [GeneratedRegex(@"\(cell (\w+)\)", RegexOptions.NonBacktracking)]
    public static partial Regex Cell();
}
