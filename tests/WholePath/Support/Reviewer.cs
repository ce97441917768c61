using System.Diagnostics;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;

namespace WholePath.Support;

/// <summary>A signed-in person who works over the API.</summary>
public sealed class Reviewer(HttpClient client) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public HttpClient Http => client;

    public async Task<ReviewSummary> NextAsync(Func<ReviewSummary, bool>? which = null)
    {
        return await Eventually.Async(async () =>
        {
            var page = await client.GetFromJsonAsync<ReviewPage>("/api/reviews?state=open&take=200", JsonWire.Options);
            return page!.Items.FirstOrDefault(which ?? (_ => true));
        }, "a review appears in the queue");
    }

    public Task<ReviewSummary> OfTicketAsync(string ticketId) => NextAsync(review => review.Id == ticketId);

    public async Task<ReviewDetail> DetailAsync(string id) => (await client.GetFromJsonAsync<ReviewDetail>($"/api/reviews/{id}", JsonWire.Options))!;

    public async Task<PromptView> PromptAsync(string id) => (await client.GetFromJsonAsync<PromptView>($"/api/prompts/{id}", JsonWire.Options))!;

    public async Task<HttpResponseMessage> VoteAsync(string id, bool approve, string? reason = null, string? digest = null, Guid? operation = null) =>
        await client.PostAsJsonAsync($"/api/reviews/{id}/votes",
            new CastVote { OperationId = operation ?? Guid.NewGuid(), Approve = approve, Reason = reason, Digest = digest ?? (await PromptAsync(id)).Digest }, JsonWire.Options);

    /// <summary>Looks at a long prompt for as long as the rule asks for.</summary>
    public async Task ApproveAsync(string id)
    {
        if ((await DetailAsync(id)).Look > TimeSpan.Zero)
        {
            using var claimed = await client.PostAsJsonAsync($"/api/reviews/{id}/claim", new ClaimReview(Guid.NewGuid()), JsonWire.Options);
            claimed.EnsureSuccessStatusCode();
        }
        await Eventually.TrueAsync(async () =>
        {
            using var response = await VoteAsync(id, approve: true);
            if (response.StatusCode == System.Net.HttpStatusCode.Conflict && (await response.Content.ReadAsStringAsync()).Contains("not-looked", StringComparison.Ordinal)) return false;
            response.EnsureSuccessStatusCode();
            return true;
        }, "the look is long enough");
    }

    public async Task RejectAsync(string id, string reason)
    {
        using var response = await VoteAsync(id, approve: false, reason);
        response.EnsureSuccessStatusCode();
    }

    public async Task<IReadOnlyList<TrailEntryView>> TrailAsync(string query = "") =>
        (await client.GetFromJsonAsync<TrailPage>($"/api/trail?take=200&{query}", JsonWire.Options))!.Items;

    public void Dispose() => client.Dispose();
}

/// <summary>Waits for a condition, never for a time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task<T> Async<T>(Func<Task<T?>> look, string what) where T : class
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await look() is { } found) return found;
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"It did not happen that {what}.");
            await Task.Delay(Look, TimeProvider.System);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> look, string what) => Async(async () => await look() ? "yes" : null, what);
}
