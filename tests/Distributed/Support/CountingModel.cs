using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Distributed.Support;

/// <summary>A model that answers each numbered prompt with its number, takes a moment for it, and counts how often it was asked.</summary>
internal sealed partial class CountingModel : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, int> calls = new();
    private WebApplication app = null!; // set by StartAsync

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>How long it thinks.</summary>
    public TimeSpan Thinks { get; set; } = TimeSpan.FromMilliseconds(150);

    public static async Task<CountingModel> StartAsync()
    {
        var model = new CountingModel();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        model.app = builder.Build();
        model.app.Run(model.AnswerAsync);
        await model.app.StartAsync();
        return model;
    }

    public int CallsOf(int prompt) => calls.GetValueOrDefault(prompt);

    /// <summary>A prompt that needs people under the default policy, and says its number; in letters too, so that it is like no other.</summary>
    public static string Words(int prompt) => $"Is this safe to share (prompt {prompt}), as {InLetters(prompt)} was? The database password is Tr0ub4dor&3xtra{prompt}.";

    private static string InLetters(int number) => string.Concat(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('k' + digit - '0')));

    public static string AnswerTo(int prompt) => $"This is the answer to {prompt}.";

    public static object Body(int prompt, bool stream = false) => new { model = "counting", stream, messages = new[] { new { role = "user", content = Words(prompt) } } };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var asked = await JsonDocument.ParseAsync(http.Request.Body);
        var prompt = int.Parse(Number().Match(asked.RootElement.ToString()).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        calls.AddOrUpdate(prompt, 1, (_, n) => n + 1);
        await Task.Delay(Thinks, TimeProvider.System);
        await http.Response.WriteAsJsonAsync(new
        {
            id = "chatcmpl-1", @object = "chat.completion", created = 0, model = "counting",
            choices = new[] { new { index = 0, message = new { role = "assistant", content = AnswerTo(prompt) }, finish_reason = "stop" } },
            usage = new { prompt_tokens = 10, completion_tokens = 7, total_tokens = 17 },
        });
    }

    [GeneratedRegex(@"\(prompt (\d+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
