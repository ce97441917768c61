using System.Net.Http.Json;
using WholePath.Support;

namespace WholePath.Waiting;

public sealed class Hint_Tests(SharedProduct shared)
{
    /// <summary>Nothing else would end the call before the client gives up: this product holds as long as it may.</summary>
    [Theory]
    [InlineData("X-Stainless-Timeout", "6.5")]
    [InlineData("x-stainless-read-timeout", "7")]
    public async Task A_client_that_tells_its_time_out_is_answered_before_it(string header, string seconds)
    {
        using var caller = shared.Product.Caller();
        caller.Timeout = TimeSpan.FromSeconds(45); // an unknown client would be held 55 s
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(Prompts.Chat(Prompts.Risky($"in a hurry by {header}"))) };
        request.Headers.TryAddWithoutValidation(header, seconds);

        using var response = await caller.SendAsync(request);

        Assert.Equal(408, (int)response.StatusCode);
        Assert.Equal("1", response.Headers.RetryAfter!.ToString());
    }
}
