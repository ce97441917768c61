using System.Text;
using Anthropic.Models.Messages;
using WholePath.Support;

namespace WholePath.Clients;

/// <summary>The Anthropic .NET client, unmodified.</summary>
public sealed class Anthropic_Tests(SharedProduct shared)
{
    private readonly Product product = shared.Product;

    [Fact]
    public async Task A_harmless_prompt_is_answered()
    {
        var answer = await product.Anthropic().Messages.Create(Ask("Name three rivers."));

        Assert.True(answer.Content[0].TryPickText(out var block));
        Assert.Equal("Name three rivers.", block!.Text);
    }

    [Fact]
    public async Task A_streamed_answer_arrives_whole()
    {
        var text = new StringBuilder();
        await foreach (var happened in product.Anthropic().Messages.CreateStreaming(Ask("one two three four")))
        {
            if (happened.TryPickContentBlockDelta(out var delta) && delta!.Delta.TryPickText(out var piece)) text.Append(piece!.Text);
        }

        Assert.Equal("one two three four", text.ToString());
    }

    [Fact]
    public async Task Models_are_listed_in_its_own_shape()
    {
        var page = await product.Anthropic().Models.List();

        Assert.Contains(page.Items, model => model.ID == "echo");
    }

    private static MessageCreateParams Ask(string text) => new() { MaxTokens = 64, Model = "echo", Messages = [new UserMessageParam(text)] };
}
