using System.Net;
using Microsoft.Playwright;
using WholePath.Support;

namespace WholePath.Journeys;

/// <summary>Two and three people at once, where the rule asks for two: handing over, agreeing, taking back, and one alone past all.</summary>
public sealed class People_Tests(Browser browser) : IAsyncLifetime
{
    private Product product = null!; // set before each test

    public async ValueTask InitializeAsync() => product = await Product.StartAsync(new() { ["Policy:People"] = "2", ["Policy:UndoAt"] = "0", ["Policy:UndoWindow"] = "00:00:20" });

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Two_hats_two_people_the_second_yes_releases_and_a_third_takes_it_back_in_time()
    {
        using var caller = product.Caller();
        var ticket = await caller.ParkAsync(Prompts.Risky("for two people"));
        var (ada, riley, sam) = (await browser.SignInAsync(product), await browser.SignInAsync(product, "Riley Chen"), await browser.SignInAsync(product, "Sam Okafor"));

        await ada.GotoAsync($"/console/reviews/{ticket}");
        await Assertions.Expect(ada.GetByTestId("decide")).ToContainTextAsync("It takes 2 more people to release this.");
        await ada.Release().ClickAsync();
        await Assertions.Expect(ada.GetByTestId("why-not")).ToContainTextAsync("needs somebody else's as well");
        await Assertions.Expect(ada.Status()).ToHaveAttributeAsync("data-status", "pending");

        await riley.GotoAsync($"/console/reviews/{ticket}");
        await Assertions.Expect(riley.GetByTestId("decide")).ToContainTextAsync("Ada Brandt said yes");
        await riley.Release().ClickAsync();
        await Assertions.Expect(riley.GetByTestId("outcome")).ToContainTextAsync("Ada Brandt and Riley Chen");
        await Assertions.Expect(ada.Status()).ToHaveAttributeAsync("data-status", "approved");

        await sam.GotoAsync($"/console/reviews/{ticket}");
        await sam.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo") }).ClickAsync();
        await Assertions.Expect(ada.Status()).ToHaveAttributeAsync("data-status", "revoked"); // by itself
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.ResultAsync(ticket)).StatusCode);
    }

    [Fact]
    public async Task Who_reads_is_seen_and_hands_over_by_leaving()
    {
        using var caller = product.Caller();
        var ticket = await caller.ParkAsync(Prompts.Risky("handed over"));
        var (ada, riley) = (await browser.SignInAsync(product), await browser.SignInAsync(product, "Riley Chen"));
        await ada.GotoAsync($"/console/reviews/{ticket}");
        await Assertions.Expect(ada.Release()).ToBeEnabledAsync();

        await riley.GotoAsync("/console");
        await Assertions.Expect(riley.Row("handed over")).ToContainTextAsync("Ada Brandt is reading");
        await riley.OpenRowAsync("handed over");
        await Assertions.Expect(riley.GetByTestId("why-not")).ToContainTextAsync("Ada Brandt is deciding about this");
        await ada.GetByLabel("Reason").FillAsync("Not sure");
        await Assertions.Expect(riley.GetByText("Ada Brandt is writing").First).ToBeVisibleAsync();

        await ada.GotoAsync("/console");

        await Assertions.Expect(riley.Release()).ToBeEnabledAsync(new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task One_alone_breaks_the_glass_with_a_reason_that_everybody_sees()
    {
        using var caller = product.Caller();
        var ticket = await caller.ParkAsync(Prompts.Risky("behind glass"));
        var (ada, riley) = (await browser.SignInAsync(product), await browser.SignInAsync(product, "Riley Chen"));
        await riley.GotoAsync($"/console/reviews/{ticket}");
        await riley.GetByTestId("decide").WaitForAsync();
        await ada.GotoAsync($"/console/reviews/{ticket}");

        await ada.GetByText("Break glass…").ClickAsync();
        var dialog = ada.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Release alone" })).ToBeDisabledAsync(); // not without a reason
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("Production is down and nobody else answers.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Release alone" }).ClickAsync();

        await Assertions.Expect(riley.GetByTestId("glass")).ToContainTextAsync("Production is down and nobody else answers.");
        await Assertions.Expect(riley.GetByTestId("outcome")).ToContainTextAsync("Ada Brandt");
        using var auditor = await product.SignInAsync();
        await Eventually.TrueAsync(async () => (await auditor.TrailAsync($"ticket={ticket}")).Any(entry => entry.Kind == "glass.broken"), "the trail says so");
    }
}
