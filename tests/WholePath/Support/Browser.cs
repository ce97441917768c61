using Microsoft.Playwright;
using WholePath.Support;

[assembly: AssemblyFixture(typeof(Browser))]

namespace WholePath.Support;

/// <summary>One Chromium for all journeys; each journey has contexts of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000); // as long as for what is done: others use the machine at the same time
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
    }

    /// <summary>A person's own browser window, signed in through the printed link.</summary>
    public async Task<IPage> SignInAsync(Product product, string person = "Ada Brandt", ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        var context = await browser!.NewContextAsync(new() { BaseURL = product.Url.ToString(), ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 860 } });
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/console/sign-in#{Product.SignInToken}");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Sign in as {person}" }).ClickAsync();
        await page.ReadyAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}

public static class ConsolePage
{
    /// <summary>Interactive and listening: clicks before that would be lost.</summary>
    public static async Task ReadyAsync(this IPage page)
    {
        await page.GetByTestId("console-ready").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Assertions.Expect(page.GetByTestId("connection")).ToHaveAttributeAsync("data-state", "Live");
    }

    public static ILocator Row(this IPage page, string words) => page.GetByTestId("review-row").Filter(new() { HasText = words });

    /// <summary>Opens the row as a reader of screens would: the row's one link.</summary>
    public static async Task OpenRowAsync(this IPage page, string words)
    {
        await page.Row(words).GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByTestId("decide").WaitForAsync();
    }

    public static ILocator Release(this IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Release", Exact = true });

    public static ILocator Reject(this IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Reject", Exact = true });

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Status(this IPage page) => page.GetByTestId("review-status");
}
