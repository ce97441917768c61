using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.RegularExpressions;
using Contracts;
using Contracts.Api;

namespace WholePath.Support;

/// <summary>The embedded product as a process of its own, started as README says, on a free port and a data folder that goes with it.</summary>
public sealed partial class Product : IAsyncDisposable
{
    public const string CallerKey = "whole-path-caller-key";
    public const string SignInToken = "whole-path-sign-in-token";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> settings;
    private readonly bool ownsData;
    private Process? process;

    private Product(Dictionary<string, string> settings, string? data)
    {
        this.settings = settings;
        ownsData = data is null;
        DataFolder = data ?? Directory.CreateTempSubdirectory("approvals-").FullName;
    }

    public string DataFolder { get; }
    public Uri Url { get; private set; } = new("http://unset.invalid");
    public string Output { get; private set; } = "";

    /// <summary>Lines written to standard output and error until now, for looking for what must not be there.</summary>
    public IReadOnlyList<string> Log => [.. log];

    private readonly System.Collections.Concurrent.ConcurrentQueue<string> log = new();

    public static async Task<Product> StartAsync(Dictionary<string, string>? settings = null, string? data = null, params string[] arguments)
    {
        var product = new Product(settings ?? [], data);
        await product.LaunchAsync(arguments);
        return product;
    }

    /// <summary>As an operating system or an impatient person would: no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <param name="at">The address to listen on, for clients that come back to it; null takes a free one.</param>
    public Task StartAgainAsync(Uri? at = null) => LaunchAsync([], at);

    public HttpClient Caller(string? key = null)
    {
        var client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(100) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key ?? CallerKey);
        return client;
    }

    /// <summary>One of the local people, signed in over the API.</summary>
    public async Task<Reviewer> SignInAsync(string person = "ada")
    {
        var client = new HttpClient { BaseAddress = Url };
        using var response = await client.PostAsJsonAsync("/api/sessions", new SignIn(SignInToken, person), JsonWire.Options);
        response.EnsureSuccessStatusCode();
        var session = await response.Content.ReadFromJsonAsync<Session>(JsonWire.Options);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session!.AccessToken);
        return new Reviewer(client);
    }

    /// <summary>Runs the product until it ends by itself: for starts that must be refused.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(params string[] arguments)
    {
        var product = new Product([], null);
        try
        {
            using var run = Process.Start(product.Command(arguments))!;
            var output = run.StandardOutput.ReadToEndAsync();
            var error = run.StandardError.ReadToEndAsync();
            using var patience = new CancellationTokenSource(StartsWithin);
            await run.WaitForExitAsync(patience.Token);
            return (run.ExitCode, await output + await error);
        }
        finally
        {
            await product.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await KillAsync();
        if (ownsData) Directory.Delete(DataFolder, recursive: true);
    }

    private async Task LaunchAsync(string[] arguments, Uri? at = null)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var banner = new List<string>();
        process = new Process { StartInfo = Command(["--urls", at?.ToString() ?? "http://127.0.0.1:0", .. arguments]), EnableRaisingEvents = true };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The product ended at its start:\n{string.Join('\n', log)}"));
        process.OutputDataReceived += (_, line) => Take(line.Data, banner, ready);
        process.ErrorDataReceived += (_, line) => Take(line.Data, banner, ready);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task.WaitAsync(StartsWithin);
        Output = string.Join('\n', banner);
        Url = new Uri(BaseUrl().Match(Output).Groups[1].Value);
    }

    private void Take(string? line, List<string> banner, TaskCompletionSource ready)
    {
        if (line is null) return;
        log.Enqueue(line);
        if (ready.Task.IsCompleted) return;
        banner.Add(line);
        if (line.Contains("Press Ctrl+C", StringComparison.Ordinal)) ready.TrySetResult();
    }

    private ProcessStartInfo Command(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Metadata("Root"), "Gateway"),
        };
        start.ArgumentList.Add(Metadata("Gateway"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["Embedded__DataFolder"] = DataFolder;
        start.Environment["Embedded__CallerKey"] = CallerKey;
        start.Environment["Embedded__SignInToken"] = SignInToken;
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }

    public static string Metadata(string key) =>
        typeof(Product).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    [GeneratedRegex(@"Anthropic SDKs\)\s+(http://\S+)")]
    private static partial Regex BaseUrl();
}
