using Microsoft.Playwright;
using WholePath.Support;

namespace WholePath.Journeys;

/// <summary>What reviewers see besides the decision: reconnects, and honest text.</summary>
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
}
