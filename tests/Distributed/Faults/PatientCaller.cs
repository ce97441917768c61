using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Distributed.Support;

namespace Distributed.Faults;

/// <param name="Answer">What the caller got in the end: the model's words, or the code of the refusal.</param>
internal sealed record CallerStory(int Prompt, string? Ticket, string Answer, int Attempts);

/// <summary>
/// A caller behind a load balancer, as an SDK behaves: the same call again, at either gateway, after a broken connection,
/// a 408 or a 5xx. Some wait on their connection, some poll.
/// </summary>
internal sealed class PatientCaller(Cluster cluster, int prompt, int seed)
{
    private const int MostAttempts = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly Random random = new(seed + prompt);
    private string? ticket;
    private int attempts;

    private bool Polls => prompt % 3 == 0;

    public async Task<CallerStory> RunAsync()
    {
        while (attempts++ < MostAttempts)
        {
            try
            {
                using var client = Cluster.Caller(cluster.Gateways[random.Next(2)]);
                using var answer = ticket is not null && Polls ? await client.GetAsync($"/v1/approvals/{ticket}/result") : await PostAsync(client);
                if (answer.Headers.TryGetValues("x-approval-id", out var id)) ticket = id.Single();
                if (answer.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.RequestTimeout) && (int)answer.StatusCode < 500)
                    return new CallerStory(prompt, ticket, await ReadAsync(answer), attempts);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
            {
                // The gateway went away in the middle: the same call again.
            }
            await Task.Delay(Pause, TimeProvider.System);
        }
        return new CallerStory(prompt, ticket, "gave up", attempts);
    }

    private Task<HttpResponseMessage> PostAsync(HttpClient client)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(CountingModel.Body(prompt)) };
        if (Polls) request.Headers.Add("Prefer", "respond-async");
        return client.SendAsync(request);
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode
            ? body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!
            : body.GetProperty("error").GetProperty("code").GetString()!;
    }
}
