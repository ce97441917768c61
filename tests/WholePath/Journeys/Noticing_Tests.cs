using Microsoft.Playwright;
using WholePath.Support;

namespace WholePath.Journeys;

/// <summary>A reviewer who looks elsewhere.</summary>
public sealed class Noticing_Tests(Browser browser)
{
    /// <summary>What an operating system would show, kept on the page instead; and a page that can be left without leaving it.</summary>
    private const string Desktop = """
        window.shown = [];
        Object.defineProperty(document, 'hidden', { get: () => window.away === true });
        window.Notification = class {
          static permission = localStorage.getItem('test.permission') ?? 'default';
          static async requestPermission() { localStorage.setItem('test.permission', 'granted'); return Notification.permission = 'granted'; }
          constructor(words) { this.words = words; window.shown.push(this); }
          close() { }
        };
        """;

    [Fact]
    public async Task What_comes_while_they_look_elsewhere_is_told_without_its_words_and_leads_to_its_page()
    {
        await using var product = await Product.StartAsync();
        var console = await browser.SignInAsync(product);
        await console.AddInitScriptAsync(Desktop);
        await console.ReloadAsync();
        await console.ReadyAsync();

        await console.Locator(".menu-button").ClickAsync();
        await console.GetByLabel("Make a soft sound").CheckAsync();
        await console.GetByLabel("Show a notification").CheckAsync();
        await Assertions.Expect(console.GetByText("never a prompt")).ToBeVisibleAsync();
        await console.ReloadAsync();
        await console.ReadyAsync();
        await console.EvaluateAsync("() => { window.away = true; }");
        var ticket = await product.Caller().ParkAsync(Prompts.Risky("noticing"));

        await console.WaitForFunctionAsync("() => window.shown.length === 1");
        Assert.Matches(@"^Risk \d+ from \w", await console.EvaluateAsync<string>("() => window.shown[0].words"));
        Assert.DoesNotContain("clone", await console.EvaluateAsync<string>("() => window.shown[0].words"), StringComparison.Ordinal);
        await console.EvaluateAsync("() => window.shown[0].onclick()");
        await console.WaitForURLAsync($"**/console/reviews/{ticket}");

        await console.Locator(".menu-button").ClickAsync();
        await Assertions.Expect(console.GetByLabel("Show a notification")).ToBeCheckedAsync();
    }
}
