using System.Net;

namespace Shared;

internal static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="where">The instance's own address; the container's usual one when empty.</param>
    /// <returns>0 when it is ready, else 1.</returns>
    public static async Task<int> RunAsync(string[] where)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(new Uri(where is [var address, ..] ? address : "http://127.0.0.1:8080"), HealthEndpoints.Ready));
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.StatusCode == HttpStatusCode.OK ? 0 : 1;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            Console.WriteLine("It does not answer.");
            return 1;
        }
    }
}
