using System.ClientModel;
using System.Text;
using OpenAI.Chat;
using WholePath.Support;

namespace WholePath.Clients;

/// <summary>The OpenAI .NET client, unmodified.</summary>
public sealed class OpenAI_Tests(SharedProduct shared)
{
    private readonly Product product = shared.Product;

    [Fact]
    public async Task A_harmless_prompt_is_answered()
    {
        ChatCompletion answer = await product.OpenAIChat().CompleteChatAsync([new UserChatMessage("What is the capital of France?")]);

        Assert.Equal("What is the capital of France?", answer.Content[0].Text);
    }

    [Fact]
    public async Task A_streamed_answer_arrives_in_pieces_and_whole()
    {
        var text = new StringBuilder();
        var pieces = 0;
        await foreach (var update in product.OpenAIChat().CompleteChatStreamingAsync([new UserChatMessage("one two three four")]))
        {
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
                pieces++;
            }
        }

        Assert.Equal("one two three four", text.ToString());
        Assert.True(pieces > 3);
    }

    [Fact]
    public async Task Personal_data_goes_out_masked_and_comes_back_restored()
    {
        var prompt = "Write to ada.lovelace@example.org that her parcel is here.";

        ChatCompletion answer = await product.OpenAIChat().CompleteChatAsync([new UserChatMessage(prompt)]);

        Assert.Equal(prompt, answer.Content[0].Text);
        using var auditor = await product.SignInAsync();
        Assert.Contains(await auditor.TrailAsync("finding=EMAIL_ADDRESS"), entry => entry.Outcome == "masked");
    }

    [Fact]
    public async Task A_wrong_key_is_a_401_of_the_clients_own_kind()
    {
        var stranger = new ChatClient("echo", new ApiKeyCredential("not-a-known-key-at-all"), new OpenAI.OpenAIClientOptions { Endpoint = new Uri(product.Url, "/v1") });

        var refusal = await Assert.ThrowsAsync<ClientResultException>(() => stranger.CompleteChatAsync([new UserChatMessage("hello")]));

        Assert.Equal(401, refusal.Status);
        Assert.Contains("not known", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embeddings_come_back_as_vectors()
    {
        var client = product.OpenAI().GetEmbeddingClient("echo");

        var vectors = await client.GenerateEmbeddingsAsync(["one", "two"]);

        Assert.Equal(2, vectors.Value.Count);
        Assert.NotEqual(vectors.Value[0].ToFloats().ToArray(), vectors.Value[1].ToFloats().ToArray());
    }

    [Fact]
    public async Task Models_can_be_listed()
    {
        var models = await product.OpenAI().GetOpenAIModelClient().GetModelsAsync();

        Assert.Contains(models.Value, model => model.Id == "echo");
    }
}
