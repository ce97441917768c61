using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using OpenAI;
using OpenAI.Chat;
using WholePath.Support;

[assembly: AssemblyFixture(typeof(SharedProduct))]

namespace WholePath.Support;

/// <summary>One running product for all tests that need nothing special of it.</summary>
public sealed class SharedProduct : IAsyncLifetime
{
    public Product Product { get; private set; } = null!; // set before any test runs

    public async ValueTask InitializeAsync() => Product = await Product.StartAsync();

    public ValueTask DisposeAsync() => Product.DisposeAsync();
}

/// <summary>The vendors' own clients with their own defaults: only base URL and key are ours.</summary>
public static class Sdk
{
    public static ChatClient OpenAIChat(this Product product, string model = "echo") => product.OpenAI().GetChatClient(model);

    public static OpenAIClient OpenAI(this Product product) =>
        new(new ApiKeyCredential(Product.CallerKey), new OpenAIClientOptions { Endpoint = new Uri(product.Url, "/v1") });

    public static AnthropicClient Anthropic(this Product product) => new() { ApiKey = Product.CallerKey, BaseUrl = product.Url.ToString().TrimEnd('/') };
}
