using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using WholePath.Support;

namespace WholePath.Journeys;

/// <summary>What reviewers see besides the decision: reconnects, honest text, and pages everybody can use.</summary>
public sealed class Console_Tests(SharedProduct shared, Browser browser)
{
    private readonly Product product = shared.Product;

    [Fact]
    public async Task Promise_10_Text_is_shown_as_it_is()
    {
        using var caller = product.Caller();
        var hostile = $"{Prompts.Credential} <script>document.title='owned'</script> \u202Eevil\u202C zero\u200Bwidth \U000E0041 <b id='bold'>bold</b> (hostile)";
        var ticket = await caller.ParkAsync(hostile);
        var console = await browser.SignInAsync(product);

        await console.GotoAsync($"/console/reviews/{ticket}");
        await console.Locator(".part-text").First.WaitForAsync(); // the text comes from another service than the decision

        var page = await console.Locator("main").InnerTextAsync();
        Assert.Contains("<script>document.title='owned'</script>", page, StringComparison.Ordinal);
        Assert.Contains("RLO", page, StringComparison.Ordinal);
        Assert.Contains("ZWSP", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", page, StringComparison.Ordinal);
        Assert.Equal(0, await console.Locator("#bold").CountAsync());
        Assert.DoesNotContain("owned", await console.TitleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_the_console_says_so_and_catches_up()
    {
        await using var mortal = await Product.StartAsync();
        using (var caller = mortal.Caller()) await caller.ParkAsync(Prompts.Risky("before the restart"));
        var console = await browser.SignInAsync(mortal);
        await Assertions.Expect(console.Row("before the restart")).ToBeVisibleAsync();

        await mortal.KillAsync();
        await Assertions.Expect(console.GetByText("Decisions are paused").First).ToBeVisibleAsync(new() { Timeout = 30_000 });

        await mortal.StartAgainAsync(mortal.Url);
        using (var caller = mortal.Caller()) await caller.ParkAsync(Prompts.Risky("after the restart"));

        await Assertions.Expect(console.Row("after the restart")).ToBeVisibleAsync(new() { Timeout = 60_000 }); // by itself
        await Assertions.Expect(console.Row("before the restart")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 320)]
    public async Task Every_page_passes_the_accessibility_rules(ColorScheme scheme, int width)
    {
        using var caller = product.Caller();
        var ticket = await caller.ParkAsync(Prompts.Risky($"accessible {scheme} {width}"));
        var console = await browser.SignInAsync(product, scheme: scheme, width: width);

        foreach (var path in new[] { "/console", $"/console/reviews/{ticket}", $"/console/alike/{ticket}", "/console/history", "/console/overview", "/console/trail", $"/console/interactions/{ticket}", "/console/trail/questions", "/console/trail/holds", "/console/access", "/console/access/keys", "/console/access/grants", "/console/policy", "/console/policy/tune", "/console/known", "/console/policy/drafts/new", "/console/policy/versions/1" })
        {
            await console.GotoAsync(path);
            await console.ReadyAsync();
            if (path.Contains("reviews", StringComparison.Ordinal)) await Assertions.Expect(console.Release()).ToBeEnabledAsync();
            await Eventually.TrueAsync(() => console.EvaluateAsync<bool>("document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)"), "colours have come to rest");
            var result = await console.RunAxe(new() { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
            Assert.True(result.Violations.Length == 0, $"{path}: " + string.Join("; ", result.Violations.Select(v => $"{v.Id} ({v.Nodes.Length}) {v.Nodes[0].Html}")));
            Assert.True(await console.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{path} scrolls sideways at {width} px.");
        }
    }
}
