using Gateway.Waiting;
using Microsoft.AspNetCore.Http;

namespace WholePath.Matrix;

/// <summary>How long each client is held, from the headers it sends with its defaults; too long to wait for on a wire.</summary>
public sealed class Patience_Tests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(295, "OpenAI/JS 7.57.0", "X-Stainless-Lang: js", "X-Stainless-Timeout: 600")]
    [InlineData(295, "OpenAI/JS 6.49.0", "X-Stainless-Lang: js")]
    [InlineData(295, "Anthropic/JS 1.12.0", "X-Stainless-Lang: js", "X-Stainless-Timeout: 600")]
    [InlineData(15, "OpenAI/JS 7.57.0", "X-Stainless-Lang: js", "X-Stainless-Timeout: 20")]
    [InlineData(595, "OpenAI/Python 2.3.0", "X-Stainless-Lang: python", "x-stainless-read-timeout: 600")]
    [InlineData(595, "OpenAI/Python 2.3.0", "X-Stainless-Lang: python")]
    [InlineData(25, "Anthropic/Python 0.70.0", "X-Stainless-Lang: python", "x-stainless-read-timeout: 30.0")]
    [InlineData(95, "OpenAI/2.15.0 (.NET 10.0.0; Debian GNU/Linux 12 (bookworm))")]
    [InlineData(25, "AnthropicClient 13.12.0", "X-Stainless-Timeout: 30")]
    [InlineData(600, "AnthropicClient 13.12.0", "X-Stainless-Timeout: 3600")]
    [InlineData(55, "curl/8.5.0")]
    [InlineData(55, "curl/8.5.0", "X-Stainless-Timeout: soon")]
    [InlineData(55, "curl/8.5.0", "X-Stainless-Timeout: -1")]
    [InlineData(1, "OpenAI/JS 7.57.0", "X-Stainless-Lang: js", "X-Stainless-Timeout: 2")]
    public void A_client_is_held_a_little_shorter_than_it_waits(int seconds, string agent, params string[] headers)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.UserAgent = agent;
        foreach (var header in headers) request.Headers[header.Split(": ")[0]] = header.Split(": ")[1];

        Assert.Equal(TimeSpan.FromSeconds(seconds), Patience.HoldFor(request, Longest));
    }
}
