using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using WholePath.Support;

namespace WholePath.Journeys;

/// <summary>What people let programs do, from the console: a key's whole life, and a grant's.</summary>
public sealed class Keys_Tests(SharedProduct shared, Browser browser)
{
    [Fact]
    public async Task A_key_is_issued_in_the_browser_works_and_is_revoked()
    {
        var product = shared.Product;
        var console = await browser.SignInAsync(product);
        await console.GotoAsync("/console/access/keys");
        await console.Button("Issue a key…").ClickAsync();
        await console.GetByLabel("Account", new() { Exact = true }).FillAsync("journey");
        await console.GetByLabel("Name", new() { Exact = true }).FillAsync("Journey in the browser");
        await console.GetByLabel("Models", new() { Exact = true }).FillAsync("echo");
        await console.GetByLabel("Reason", new() { Exact = true }).FillAsync("To see it work.");
        await console.Button("Issue the key").DblClickAsync();
        var key = await console.GetByTestId("key-text").InnerTextAsync();

        using var caller = product.Caller(key);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(caller, "Good morning."));
        Assert.DoesNotContain(key, console.Url, StringComparison.Ordinal);
        await console.Button("I have it, take it off the screen").ClickAsync();
        await Assertions.Expect(console.GetByText(key)).ToHaveCountAsync(0);

        var row = console.GetByTestId("key").Filter(new() { HasText = "Journey in the browser" });
        await Assertions.Expect(row).ToHaveCountAsync(1); // clicked twice, issued once
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await console.GetByLabel("Reason").FillAsync("It is done.");
        await console.Button("Revoke").PressAsync("Enter"); // never by accident
        Assert.Equal(HttpStatusCode.OK, await AskAsync(caller, "Still good."));
        await console.Button("Revoke").ClickAsync();

        await Assertions.Expect(row).ToContainTextAsync("Revoked by Ada Brandt");
        await Eventually.TrueAsync(async () => await AskAsync(caller, "Good night.") == HttpStatusCode.Unauthorized, "the key is refused");
        Assert.DoesNotContain(product.Log, line => line.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_of_what_was_released_passes_without_a_person_is_counted_and_is_stopped()
    {
        await using var product = await Product.StartAsync(new() { ["Policy:UndoWindow"] = "00:00:00" }); // no other test's prompts pass by this grant
        using var caller = product.Caller();
        var ticket = await caller.ParkAsync(Prompts.Risky("released once"));
        var console = await browser.SignInAsync(product);
        await console.GotoAsync($"/console/reviews/{ticket}");
        await console.Release().ClickAsync();
        await console.Button("Allow more like this…").ClickAsync();
        await console.GetByLabel("Uses, at most").FillAsync("3");
        await console.GetByLabel("Reason").FillAsync("The same job asks every hour.");
        await console.Button("Allow it").ClickAsync();
        await console.GetByRole(AriaRole.Link, new() { Name = "See it among the grants" }).ClickAsync();
        var uses = console.GetByTestId("uses");
        await Assertions.Expect(uses).ToHaveTextAsync("0 of 3 used");

        Assert.Equal(HttpStatusCode.OK, await AskAsync(caller, Prompts.Risky("and again")));

        await Assertions.Expect(uses).ToHaveTextAsync("1 of 3 used"); // by itself
        await console.GetByTestId("grant").GetByRole(AriaRole.Button).ClickAsync();
        await console.GetByLabel("Reason").FillAsync("The job is over.");
        await console.Button("Revoke").ClickAsync();
        await Assertions.Expect(console.GetByTestId("grant")).ToContainTextAsync("Revoked by Ada Brandt");
        await caller.ParkAsync(Prompts.Risky("and once more")); // for people again
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient caller, string words)
    {
        using var answer = await caller.PostAsJsonAsync("/v1/chat/completions", Prompts.Chat(words));
        return answer.StatusCode;
    }
}
