using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tests.Servers;

/// <summary>A real, certified OpenID provider (Node's oidc-provider) with the people ada, riley and sam, and the service reports.</summary>
public sealed partial class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "approvals-console";
    public const string ClientSecret = "secret-of-the-console-client";

    private readonly LocalServer server;
    private readonly Uri console;

    private OpenIdProvider(LocalServer server, Uri issuer, Uri console) => (this.server, Issuer, this.console) = (server, issuer, console);

    public Uri Issuer { get; }

    /// <summary>As its discovery document and its tokens name it.</summary>
    public string Authority => Issuer.ToString().TrimEnd('/');

    private static string Root => typeof(OpenIdProvider).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Root").Value!;

    /// <param name="consoles">Whose sign-ins come back there.</param>
    public static async Task<OpenIdProvider> StartAsync(params Uri[] consoles)
    {
        var port = LocalServer.FreePort();
        var folder = Path.Combine(Root, "tests", "Distributed", "Provider");
        var server = LocalServer.Start(new ProcessStartInfo("node",
            ["provider.mjs", port.ToString(CultureInfo.InvariantCulture), ClientSecret, .. consoles.Select(url => url.ToString().TrimEnd('/'))]) { WorkingDirectory = folder });
        var issuer = new Uri($"http://127.0.0.1:{port}");
        using var client = new HttpClient();
        await server.UntilAsync(async () =>
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(issuer, "/.well-known/openid-configuration"));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "The OpenID provider", TimeSpan.FromSeconds(30));
        return new OpenIdProvider(server, issuer, consoles[0]);
    }

    /// <summary>The authorization code flow as a browser walks it, forms included; ends with an access token.</summary>
    public async Task<string> SignInAsync(string person)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Issuer };
        var verifier = RandomNumberGenerator.GetHexString(64);
        var challenge = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var back = new Uri(console, "/console/signed-in").ToString();
        var at = new Uri(Issuer, $"/auth?client_id={ClientId}&response_type=code&scope=openid%20profile&state=s&nonce=n&code_challenge={challenge}&code_challenge_method=S256&redirect_uri={Uri.EscapeDataString(back)}");
        for (var step = 0; step < 12 && !at.ToString().StartsWith(back, StringComparison.Ordinal); step++)
        {
            using var page = await browser.GetAsync(at);
            if (page.Headers.Location is { } next)
            {
                at = new Uri(at, next);
                continue;
            }
            var html = await page.Content.ReadAsStringAsync();
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["prompt"] = Prompt().Match(html).Groups[1].Value, ["login"] = person, ["password"] = "any" });
            using var sent = await browser.PostAsync(new Uri(Action().Match(html).Groups[1].Value), form);
            at = new Uri(at, sent.Headers.Location ?? throw new InvalidOperationException($"The provider refused {person}: {sent.StatusCode}."));
        }
        using var exchange = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code", ["code"] = Code().Match(at.Query).Groups[1].Value, ["redirect_uri"] = back, ["code_verifier"] = verifier,
            }),
        };
        exchange.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{ClientSecret}")));
        using var answer = await browser.SendAsync(exchange);
        return await TokenOfAsync(answer);
    }

    /// <summary>The client credentials flow of a service.</summary>
    /// <param name="resource">What the token shall be meant for; null for approvals.</param>
    public async Task<string> ServiceTokenAsync(string clientId = "reports", string? resource = null)
    {
        using var client = new HttpClient { BaseAddress = Issuer };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["resource"] = resource ?? "urn:approvals" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{clientId}:{ClientSecret}")));
        using var answer = await client.SendAsync(request);
        return await TokenOfAsync(answer);
    }

    /// <summary>From now on it signs with another key, and shows only that one.</summary>
    public async Task RotateAsync()
    {
        using var client = new HttpClient { BaseAddress = Issuer };
        using var answer = await client.PostAsync(new Uri("/rotate", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A token it would never give out, signed with the key it signs with now.</summary>
    public async Task<string> MintAsync(object claims, object? header = null)
    {
        using var client = new HttpClient { BaseAddress = Issuer };
        using var answer = await client.PostAsJsonAsync("/mint", new { header, claims });
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    /// <summary>How often its discovery document and its keys were asked for.</summary>
    public async Task<int> FetchesAsync()
    {
        using var client = new HttpClient { BaseAddress = Issuer };
        return int.Parse(await client.GetStringAsync(new Uri("/fetches", UriKind.Relative)), CultureInfo.InvariantCulture);
    }

    private static async Task<string> TokenOfAsync(HttpResponseMessage answer) =>
        (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!; // the flow ends with one

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [GeneratedRegex("name=\"prompt\" value=\"(\\w+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Prompt();

    [GeneratedRegex("action=\"([^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Action();

    [GeneratedRegex("code=([^&]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
