using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using WholePath.Support;

namespace WholePath.Journeys;

/// <summary>
/// Every page of the console, for everybody: by the rules of WCAG 2.2 AA, in both themes, on a small screen, and at twice the
/// size. What each looked like lies in TestResults/pages afterwards. The rules are slow to ask: of each theme and each size once, of
/// all of them with <c>APPROVALS_NIGHTLY=1</c>.
/// </summary>
public sealed class Pages_Tests(BusyProduct busy, Browser browser) : IClassFixture<BusyProduct>
{
    private static readonly string Pictures = Path.Combine(Product.Metadata("Root"), "tests", "WholePath", "TestResults", "pages");

    [Theory]
    [InlineData(ColorScheme.Light, 1280, false)]
    [InlineData(ColorScheme.Dark, 1280, true)]
    [InlineData(ColorScheme.Light, 320, true)]
    [InlineData(ColorScheme.Dark, 640, false)] // 1280 at 200 % zoom
    public async Task Every_page_fits_its_screen_and_passes_the_accessibility_rules(ColorScheme scheme, int width, bool always)
    {
        var asksRules = always || Environment.GetEnvironmentVariable("APPROVALS_NIGHTLY") == "1";
        var console = await browser.SignInAsync(busy.Product, scheme: scheme, width: width);
        var folder = Directory.CreateDirectory(Path.Combine(Pictures, $"{scheme}-{width}".ToLowerInvariant())).FullName;

        foreach (var (name, path) in Pages())
        {
            await console.GotoAsync(path);
            await console.ReadyAsync();
            await Assertions.Expect(console.Locator("main .bone")).ToHaveCountAsync(0); // everything has loaded
            if (asksRules) await Eventually.TrueAsync(() => console.EvaluateAsync<bool>("document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)"), "colours have come to rest");
            await console.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
            Assert.True(await console.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{path} scrolls sideways at {width} px.");
            if (!asksRules) continue;
            var result = await console.RunAxe(new() { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
            Assert.True(result.Violations.Length == 0, $"{path}: " + string.Join("; ", result.Violations.Select(v => $"{v.Id} ({v.Nodes.Length}) {v.Nodes[0].Html}")));
        }
    }

    private IEnumerable<(string Name, string Path)> Pages() =>
    [
        ("queue", "/console"),
        ("review", $"/console/reviews/{busy.Waiting}"),
        ("review-answered", $"/console/reviews/{busy.Answered}"),
        ("alike", $"/console/alike/{busy.Waiting}"),
        ("history", "/console/history"),
        ("overview", "/console/overview"),
        ("trail", "/console/trail"),
        ("interaction", $"/console/interactions/{busy.Answered}"),
        ("questions", "/console/trail/questions"),
        ("holds", "/console/trail/holds"),
        ("access", "/console/access"),
        ("keys", "/console/access/keys"),
        ("grants", "/console/access/grants"),
        ("policy", "/console/policy"),
        ("tuning", "/console/policy/tune"),
        ("known", "/console/known"),
        ("draft", "/console/policy/drafts/new"),
        ("version", "/console/policy/versions/1"),
        ("not-found", "/console/nowhere"),
    ];
}
