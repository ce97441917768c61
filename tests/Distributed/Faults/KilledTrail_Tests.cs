using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Distributed.Support;

namespace Distributed.Faults;

/// <summary>
/// A gateway is killed in the middle of bursts of calls, again and again: every answer that a caller has whole is on record, and
/// what is on record verifies. 200 bursts with <c>APPROVALS_NIGHTLY=1</c>, six otherwise.
/// </summary>
public sealed class KilledTrail_Tests
{
    private const int AtOnce = 16;
    private const string Key = "caller-key-of-the-burst";
    private const string SignIn = "sign-in-token-of-the-burst";
    private static readonly int Bursts = Environment.GetEnvironmentVariable("APPROVALS_NIGHTLY") == "1" ? 200 : 6;

    [Fact]
    public async Task No_answer_that_arrived_is_missing_from_the_trail_and_the_trail_is_whole()
    {
        var data = Directory.CreateTempSubdirectory("killed-trail-").FullName;
        var random = new Random(7);
        await using var gateway = new ServiceProcess("Gateway", new Dictionary<string, string>
        {
            ["Embedded:DataFolder"] = data, ["Embedded:CallerKey"] = Key, ["Embedded:SignInToken"] = SignIn, ["Proof:CheckpointEvery"] = "00:00:01", ["Habits:Enabled"] = "false",
        });
        try
        {
            var acknowledged = new List<string>();
            for (var burst = 0; burst < Bursts; burst++)
            {
                await gateway.StartAsync();
                using var killed = new CancellationTokenSource();
                using var arrived = new SemaphoreSlim(0);
                var calls = Enumerable.Range(0, AtOnce).Select(_ => CallUntilAsync(gateway.Url, arrived, killed.Token)).ToList();
                // In the middle of the burst, wherever that is on this machine.
                for (var left = AtOnce + random.Next(3 * AtOnce); left > 0; left--) Assert.True(await arrived.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken), "No answers come any more.");
                await gateway.KillAsync();
                await killed.CancelAsync();
                acknowledged.AddRange((await Task.WhenAll(calls)).SelectMany(ids => ids));
            }
            await gateway.StartAsync();
            var recorded = await RecordedAsync(gateway.Url);
            var (code, said) = await gateway.RunAsync("audit", "verify");

            Figures.Write("killed-trail.md", $"{Bursts} kills during bursts of {AtOnce} callers: {acknowledged.Count} whole answers, {acknowledged.Count(id => !recorded.Contains(id))} of them not on record.\n{said}");
            Assert.True(acknowledged.Count >= Bursts * AtOnce, $"Too quiet to prove anything: {acknowledged.Count} answers.");
            Assert.All(acknowledged, id => Assert.Contains(id, recorded));
            Assert.True(code == 0, said);
        }
        finally
        {
            await gateway.KillAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    /// <returns>The interactions whose answers arrived whole.</returns>
    private static async Task<IReadOnlyList<string>> CallUntilAsync(Uri gateway, SemaphoreSlim arrived, CancellationToken killed)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gateway };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var whole = new List<string>();
        while (!killed.IsCancellationRequested)
        {
            try
            {
                using var body = new StringContent("""{"model":"echo","messages":[{"role":"user","content":"What is the capital of France?"}]}""", Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync("/v1/chat/completions", body, killed);
                await answer.Content.ReadAsByteArrayAsync(killed);
                if (!answer.IsSuccessStatusCode) continue;
                whole.Add(answer.Headers.GetValues("x-interaction-id").Single());
                arrived.Release();
            }
            catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException or IOException)
            {
                // It was killed: nobody has this answer.
                if (broken is HttpRequestException) break;
            }
        }
        return whole;
    }

    private static async Task<HashSet<string>> RecordedAsync(Uri gateway)
    {
        using var ada = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gateway };
        using var session = await ada.PostAsJsonAsync("/api/sessions", new { token = SignIn, person = "ada" });
        var token = (await session.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>())!["accessToken"]!.GetValue<string>();
        ada.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var recorded = new HashSet<string>(StringComparer.Ordinal);
        for (long? next = long.MaxValue; next is { } before;)
        {
            var page = (await ada.GetFromJsonAsync<System.Text.Json.Nodes.JsonNode>($"/api/trail?kind=interaction&take=200&before={before.ToString(CultureInfo.InvariantCulture)}"))!;
            foreach (var entry in page["items"]!.AsArray()) recorded.Add(entry!["interactionId"]!.GetValue<string>());
            next = page["next"]?.GetValue<long>();
        }
        return recorded;
    }
}
