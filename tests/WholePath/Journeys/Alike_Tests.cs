using System.Net;
using Microsoft.Playwright;
using WholePath.Support;

namespace WholePath.Journeys;

/// <summary>Prompts that say the same but for numbers stand in one line, and are decided together, each by a vote of its own.</summary>
public sealed class Alike_Tests(SharedProduct shared, Browser browser)
{
    private readonly Product product = shared.Product;

    [Fact]
    public async Task Alike_prompts_are_released_together_and_each_caller_gets_its_own_answer()
    {
        using var caller = product.Caller();
        var tickets = new List<string>();
        for (var order = 1; order <= 3; order++) tickets.Add(await caller.ParkAsync(Prompts.Risky($"alike order {order}")));
        using var ada = await product.SignInAsync();
        var patterns = new HashSet<string>();
        foreach (var ticket in tickets) patterns.Add((await ada.OfTicketAsync(ticket)).Pattern);
        Assert.NotEqual("", Assert.Single(patterns));
        var console = await browser.SignInAsync(product);

        var fold = console.GetByTestId("fold").Filter(new() { HasText = "alike order" });
        await Assertions.Expect(fold).ToContainTextAsync("3 alike from");
        await fold.GetByText("Decide together").ClickAsync();
        await console.Locator(".alike-item summary").First.ClickAsync();
        await Assertions.Expect(console.Locator(".part-text").First).ToContainTextAsync("alike order");
        await console.Button("Release 3").ClickAsync();

        await Assertions.Expect(console.GetByTestId("progress")).ToContainTextAsync("3 of 3 decided");
        for (var order = 1; order <= 3; order++)
        {
            var answer = await Eventually.Async(async () => await caller.ResultAsync(tickets[order - 1]) is { StatusCode: HttpStatusCode.OK } result ? result : null, "the answer is there");
            Assert.Contains($"alike order {order}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }
}
