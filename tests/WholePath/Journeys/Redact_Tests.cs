using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Microsoft.Playwright;
using OpenAI.Chat;
using WholePath.Support;

namespace WholePath.Journeys;

/// <summary>People change a prompt before they let it go, and ask its caller, while an unmodified SDK waits.</summary>
public sealed class Redact_Tests(SharedProduct shared, Browser browser)
{
    private const string Kept = "Why does the clone fail?";
    private readonly Product product = shared.Product;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static ILocator ReleaseAsChanged(IPage page) => page.Button("Release as changed");

    [Fact]
    public async Task What_was_reviewed_is_what_is_released_a_value_taken_out_in_the_browser_does_not_reach_the_model()
    {
        var console = await browser.SignInAsync(product);
        var call = product.OpenAIChat().CompleteChatAsync([new UserChatMessage(Prompts.Risky("redacted in the browser"))]);
        await console.OpenRowAsync("redacted in the browser");
        await console.Button("Change the text").ClickAsync();
        await Assertions.Expect(console.GetByText(Prompts.Credential)).ToHaveCountAsync(0); // nobody has to see it to take it out

        await console.GetByText("Take out the hidden value").ClickAsync();
        await console.Locator("#edit-0").PressAsync("End");
        await console.Locator("#edit-0").PressSequentiallyAsync(" Please answer in one sentence.");
        await console.Button("Use this text").ClickAsync();

        var note = console.GetByTestId("edited");
        await Assertions.Expect(note).ToContainTextAsync("Ada Brandt changed this text");
        await Assertions.Expect(note.GetByTestId("diff")).ToContainTextAsync("removed]");
        await ReleaseAsChanged(console).ClickAsync();

        ChatCompletion answer = await call;
        Assert.StartsWith(Kept, answer.Content[0].Text, StringComparison.Ordinal); // the echo model says what it got
        Assert.EndsWith("Please answer in one sentence.", answer.Content[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Prompts.Credential, answer.Content[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_changes_under_the_eyes_of_a_reviewer_is_looked_at_before_it_is_released()
    {
        using var caller = product.Caller();
        var ticket = await caller.ParkAsync(Prompts.Risky("changed by another"));
        var ada = await browser.SignInAsync(product);
        await ada.GotoAsync($"/console/reviews/{ticket}");
        await Assertions.Expect(ada.Release()).ToBeEnabledAsync();

        using var riley = await product.SignInAsync("riley");
        var view = await riley.Http.GetFromJsonAsync<PromptView>($"/api/prompts/{ticket}", JsonWire.Options, Stop);
        using var edited = await riley.Http.PostAsJsonAsync($"/api/prompts/{ticket}/edits", new EditPrompt { OperationId = Guid.NewGuid(), From = view!.Digest, Parts = [new(view.Parts[0].Path, Kept)] }, JsonWire.Options, Stop);
        edited.EnsureSuccessStatusCode();

        await Assertions.Expect(ada.GetByTestId("why-not")).ToContainTextAsync("Riley Chen has changed the text while you were here");
        await Assertions.Expect(ReleaseAsChanged(ada)).ToBeDisabledAsync();
        await ada.Button("I have looked at it").ClickAsync();
        await ReleaseAsChanged(ada).ClickAsync();
        await Assertions.Expect(ada.Status()).ToHaveAttributeAsync("data-status", "completed");
    }

    [Fact]
    public async Task The_caller_is_asked_and_the_answer_appears_beside_the_prompt_by_itself()
    {
        using var caller = product.Caller();
        var ticket = await caller.ParkAsync(Prompts.Risky("asked about"));
        var console = await browser.SignInAsync(product);
        await console.GotoAsync($"/console/reviews/{ticket}");

        await console.GetByText("Ask the caller…").ClickAsync();
        var dialog = console.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Question").FillAsync("Whose token is it?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Assertions.Expect(console.GetByTestId("decide")).ToContainTextAsync("asked the caller");
        await Eventually.TrueAsync(async () => (await caller.GetStringAsync(new Uri($"/v1/approvals/{ticket}", UriKind.Relative), Stop)).Contains("Whose token is it?", StringComparison.Ordinal), "the caller reads the question");

        using var answered = await caller.PostAsJsonAsync($"/v1/approvals/{ticket}/answer", new { answer = "A test account's, \u202Ereversed" }, Stop);
        answered.EnsureSuccessStatusCode();

        await Assertions.Expect(console.GetByTestId("asked")).ToContainTextAsync("A test account's");
        Assert.DoesNotContain("\u202E", await console.GetByTestId("asked").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_into_the_text_survives_a_lost_page_and_nothing_is_sent_by_it()
    {
        using var caller = product.Caller();
        var ticket = await caller.ParkAsync(Prompts.Risky("half written"));
        var console = await browser.SignInAsync(product);
        await console.GotoAsync($"/console/reviews/{ticket}");
        await console.Button("Change the text").ClickAsync();
        await console.Locator("#edit-0").FillAsync("Half a sentence");

        await console.ReloadAsync();
        await console.Button("Change the text").ClickAsync();

        await Assertions.Expect(console.Locator("#edit-0")).ToHaveValueAsync("Half a sentence");
        await console.GetByText("Leave it as it was").ClickAsync();
        await Assertions.Expect(console.Release()).ToBeEnabledAsync();
        Assert.Equal(0, await console.GetByTestId("edited").CountAsync());
    }
}
