using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Distributed.Support;
using Microsoft.Playwright;

namespace Distributed;

/// <summary>Two consoles, two approvals, one browser: signing in with the provider, and seeing live what came in anywhere.</summary>
[Collection(SharedCluster.Name)]
public sealed class Consoles_Tests(SharedCluster shared) : IAsyncLifetime
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>The two approvals take turns: until both have had theirs, what is measured is a process using its code for the first time.</summary>
    private const int FirstUses = 4;

    private readonly Cluster cluster = shared.Cluster;
    private IPlaywright playwright = null!; // set before every test, like the two below
    private IBrowser browser = null!;
    private IPage page = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(60_000);
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 860 } });
        context.SetDefaultTimeout(60_000);
        page = await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    [Fact]
    public async Task A_console_on_b_sees_what_a_parked_and_releases_it()
    {
        await SignInAsync(cluster.Consoles[1], "riley");
        using var caller = Cluster.Caller(cluster.Gateways[0]);
        var delays = new List<double>();
        foreach (var prompt in Enumerable.Range(2001, FirstUses + 16))
        {
            using var parking = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(CountingModel.Body(prompt)), Headers = { { "Prefer", "respond-async" } } };
            var started = Stopwatch.GetTimestamp();
            using var parked = await caller.SendAsync(parking);
            await page.GetByText($"(prompt {prompt})").WaitForAsync();
            delays.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        var later = delays.Skip(FirstUses).Order().ToList();
        var figures = $"From the POST at gateway A to the row in a console on B, {later.Count} times: median {later[later.Count / 2]:F0} ms, longest {later[^1]:F0} ms. "
            + $"Before that, each process for the first time since its start: {string.Join(", ", delays.Take(FirstUses).Select(delay => $"{delay:F0} ms"))}.";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        Figures.Write("console-latency.md", figures);

        var waiting = caller.PostAsJsonAsync("/v1/chat/completions", CountingModel.Body(2101));
        await page.GetByTestId("review-row").Filter(new() { HasText = "(prompt 2101)" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Release", Exact = true }).ClickAsync();

        using var answer = await waiting;
        Assert.Contains(CountingModel.AnswerTo(2101), await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signed_in_at_one_console_is_known_to_the_other_until_signing_out()
    {
        await SignInAsync(cluster.Consoles[0], "lee");

        // The same browser, sent to the other instance: its cookie is sealed with keys that both share.
        await page.GotoAsync(new Uri(cluster.Consoles[1].Url, "/console").ToString());
        await ReadyAsync();
        using var auditor = Cluster.Person(cluster.Gateways[0], await cluster.Provider.SignInAsync("ada"));
        Assert.Contains(await auditor.TrailAsync("kind=sign-in"), entry => entry is { Actor: "lee", ActorName: "Lee Moreau", Outcome: "signed in" });

        await page.Locator("[data-menu] > summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("yes, sign me out", RegexOptions.IgnoreCase) }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(cluster.Consoles[0].Url, "/console").ToString());
        await Assertions.Expect(page.Locator("input[name=login]")).ToBeVisibleAsync();
    }

    private async Task SignInAsync(ServiceProcess console, string person)
    {
        await page.GotoAsync(new Uri(console.Url, "/console").ToString());
        await page.Locator("input[name=login]").FillAsync(person);
        await page.Locator("input[name=password]").FillAsync("any");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("sign-in", RegexOptions.IgnoreCase) }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await ReadyAsync();
    }

    private async Task ReadyAsync()
    {
        await page.GetByTestId("console-ready").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Assertions.Expect(page.GetByTestId("connection")).ToHaveAttributeAsync("data-state", "Live");
    }
}
