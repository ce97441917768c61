using System.Net.Http.Json;
using Contracts;
using Contracts.Api;

namespace Distributed.Support;

/// <summary>What a person does over the API of one approvals instance.</summary>
internal static class People
{
    public static Task<ReviewSummary> ReviewOfAsync(this HttpClient person, int prompt) => Eventually.Async(async () =>
        (await person.OpenAsync()).FirstOrDefault(review => review.Excerpt.Contains($"(prompt {prompt})", StringComparison.Ordinal)), $"a review of prompt {prompt} appears");

    public static async Task<IReadOnlyList<ReviewSummary>> OpenAsync(this HttpClient person) =>
        (await person.GetFromJsonAsync<ReviewPage>("/api/reviews?state=open&take=200", JsonWire.Options))!.Items;

    public static async Task<ReviewDetail> DetailAsync(this HttpClient person, string id) =>
        (await person.GetFromJsonAsync<ReviewDetail>($"/api/reviews/{id}", JsonWire.Options))!;

    public static async Task VoteAsync(this HttpClient person, ReviewSummary review, bool approve)
    {
        var vote = new CastVote { OperationId = Guid.NewGuid(), Approve = approve, Reason = approve ? null : "Not that one.", Digest = (await person.DetailAsync(review.Id)).Digest };
        using var answer = await person.PostAsJsonAsync($"/api/reviews/{review.Id}/votes", vote, JsonWire.Options);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    public static async Task<IReadOnlyList<TrailEntryView>> TrailAsync(this HttpClient person, string query) =>
        (await person.GetFromJsonAsync<TrailPage>($"/api/trail?take=200&{query}", JsonWire.Options))!.Items;
}
