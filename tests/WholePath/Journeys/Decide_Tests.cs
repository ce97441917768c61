using System.ClientModel;
using System.Text;
using Anthropic.Models.Messages;
using Microsoft.Playwright;
using OpenAI.Chat;
using WholePath.Support;

namespace WholePath.Journeys;

/// <summary>The main job, end to end: an unmodified SDK waits while a person decides in a real browser.</summary>
public sealed class Decide_Tests(SharedProduct shared, Browser browser)
{
    private readonly Product product = shared.Product;

    [Fact]
    public async Task A_prompt_appears_in_an_open_console_is_released_and_its_caller_gets_the_answer()
    {
        var console = await browser.SignInAsync(product);
        var text = Prompts.Risky("released in the browser");

        var call = product.OpenAIChat().CompleteChatAsync([new UserChatMessage(text)]);
        await Assertions.Expect(console.Row("released in the browser")).ToBeVisibleAsync(); // no reload in between
        await console.OpenRowAsync("released in the browser");
        await Assertions.Expect(console.GetByText(Prompts.Credential)).ToHaveCountAsync(0);
        await console.Release().ClickAsync();

        ChatCompletion answer = await call;
        Assert.Equal(text, answer.Content[0].Text);
        await Assertions.Expect(console.Status()).ToHaveAttributeAsync("data-status", "completed");
    }

    [Fact]
    public async Task A_rejected_prompt_raises_the_clients_own_exception_with_the_reviewers_words()
    {
        var console = await browser.SignInAsync(product);

        var call = product.OpenAIChat().CompleteChatAsync([new UserChatMessage(Prompts.Risky("rejected in the browser"))]);
        await console.OpenRowAsync("rejected in the browser");
        await console.Reject().ClickAsync(); // without a reason nothing happens but a question
        await Assertions.Expect(console.GetByText("Say why you reject it")).ToBeVisibleAsync();
        await console.GetByLabel("Reason").FillAsync("a live token does not belong in a prompt");
        await console.Reject().ClickAsync();

        var refusal = await Assert.ThrowsAsync<ClientResultException>(() => call);
        Assert.Equal(403, refusal.Status);
        var body = refusal.GetRawResponse()!.Content.ToString();
        Assert.Contains("approval_rejected", body, StringComparison.Ordinal);
        Assert.Contains("a live token does not belong in a prompt", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_streamed_call_is_kept_open_and_streams_after_the_release()
    {
        var console = await browser.SignInAsync(product);
        var text = Prompts.Risky("streamed in the browser");

        var call = ReadAsync(product.OpenAIChat().CompleteChatStreamingAsync([new UserChatMessage(text)]));
        await console.OpenRowAsync("streamed in the browser");
        await console.Release().ClickAsync();

        Assert.Equal(text, await call);
    }

    [Fact]
    public async Task The_same_over_Anthropics_client_plain_and_streamed()
    {
        var console = await browser.SignInAsync(product);
        var plain = Prompts.Risky("plain over Anthropic");
        var streamed = Prompts.Risky("streamed over Anthropic");

        var call = product.Anthropic().Messages.Create(Ask(plain));
        var stream = ReadAsync(product.Anthropic().Messages.CreateStreaming(Ask(streamed)));
        foreach (var words in new[] { "plain over Anthropic", "streamed over Anthropic" })
        {
            await console.OpenRowAsync(words);
            await console.Release().ClickAsync();
            await Assertions.Expect(console.Status()).ToHaveAttributeAsync("data-status", "completed");
            await console.GetByRole(AriaRole.Link, new() { Name = "Back to the queue" }).ClickAsync();
        }

        Assert.True((await call).Content[0].TryPickText(out var block));
        Assert.Equal(plain, block!.Text);
        Assert.Equal(streamed, await stream);
    }

    [Fact]
    public async Task A_second_tab_sees_the_decision_at_once()
    {
        using var caller = product.Caller();
        var ticket = await caller.ParkAsync(Prompts.Risky("two tabs"));
        var ada = await browser.SignInAsync(product);
        var riley = await browser.SignInAsync(product, "Riley Chen");
        await ada.GotoAsync($"/console/reviews/{ticket}");
        // Whoever looks first decides; two who open it at once might find the other to be first.
        await riley.GotoAsync("/console");
        await riley.GetByText("Ada Brandt is reading").First.WaitForAsync();
        await riley.GotoAsync($"/console/reviews/{ticket}");
        await riley.GetByTestId("decide").WaitForAsync();

        await ada.Release().ClickAsync();

        await Assertions.Expect(riley.GetByTestId("outcome")).ToContainTextAsync("Ada Brandt");
        await Assertions.Expect(riley.Release()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_masked_value_is_revealed_for_a_reason_and_the_trail_says_so()
    {
        using var caller = product.Caller();
        var ticket = await caller.ParkAsync(Prompts.Risky("a reveal"));
        var console = await browser.SignInAsync(product);
        await console.GotoAsync($"/console/reviews/{ticket}");

        await console.GetByRole(AriaRole.Button, new() { NameRegex = new("reveal", System.Text.RegularExpressions.RegexOptions.IgnoreCase) }).First.ClickAsync();
        var dialog = console.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("to see whether it is live");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reveal" }).ClickAsync();

        await Assertions.Expect(console.GetByText(Prompts.Credential)).ToBeVisibleAsync();
        using var auditor = await product.SignInAsync();
        Assert.Contains(await auditor.TrailAsync($"ticket={ticket}&kind=reveal"), entry => entry is { Actor: "ada", Reason: "to see whether it is live" });
    }

    private static MessageCreateParams Ask(string text) => new() { MaxTokens = 2000, Model = "echo", Messages = [new UserMessageParam(text)] };

    private static async Task<string> ReadAsync(AsyncCollectionResult<StreamingChatCompletionUpdate> updates)
    {
        var text = new StringBuilder();
        await foreach (var update in updates) text.AppendJoin("", update.ContentUpdate.Select(part => part.Text));
        return text.ToString();
    }

    private static async Task<string> ReadAsync(IAsyncEnumerable<RawMessageStreamEvent> events)
    {
        var text = new StringBuilder();
        await foreach (var happened in events)
        {
            if (happened.TryPickContentBlockDelta(out var delta) && delta!.Delta.TryPickText(out var piece)) text.Append(piece!.Text);
        }
        return text.ToString();
    }
}
