using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using WholePath.Support;

namespace WholePath.Waiting;

/// <summary>What a waiting caller may know, and how many of its prompts may wait.</summary>
public sealed class Turn_Tests
{
    [Fact]
    public async Task A_poller_learns_its_position_its_deadline_and_how_long_people_take()
    {
        await using var product = await Product.StartAsync();
        using var caller = product.Caller();
        using var reviewer = await product.SignInAsync();
        var tickets = new List<string>();
        for (var i = 0; i < 5; i++) tickets.Add(await caller.ParkAsync(Prompts.Risky($"in line {i}")));

        var third = await caller.GetFromJsonAsync<JsonElement>($"/v1/approvals/{tickets[2]}");
        Assert.Equal(3, third.GetProperty("position").GetInt32());
        Assert.True(third.GetProperty("deadlineAt").GetDateTimeOffset() > third.GetProperty("createdAt").GetDateTimeOffset());
        Assert.False(third.TryGetProperty("typicalWaitSeconds", out _));

        foreach (var ticket in tickets.Take(3))
        {
            await reviewer.OfTicketAsync(ticket);
            await reviewer.RejectAsync(ticket, "next please");
            using var result = await caller.ResultAsync(ticket);
        }

        using var polled = await caller.GetAsync($"/v1/approvals/{tickets[4]}");
        Assert.Equal("2", polled.Headers.GetValues("x-approval-position").Single());
        Assert.True(int.Parse(polled.Headers.GetValues("x-approval-typical-wait").Single(), System.Globalization.CultureInfo.InvariantCulture) >= 1);
        Assert.EndsWith("Z", polled.Headers.GetValues("x-approval-deadline").Single(), StringComparison.Ordinal);
        var decided = await caller.GetFromJsonAsync<JsonElement>($"/v1/approvals/{tickets[0]}");
        Assert.False(decided.TryGetProperty("position", out _));
    }

    [Fact]
    public async Task One_caller_cannot_flood_the_reviewers()
    {
        await using var product = await Product.StartAsync(new() { ["Parking:MostPerCaller"] = "2" });
        using var caller = product.Caller();
        using var reviewer = await product.SignInAsync();
        var first = await caller.ParkAsync(Prompts.Risky("flood 1"));
        await caller.ParkAsync(Prompts.Risky("flood 2"));

        using var third = await caller.PostAsync("/v1/chat/completions", JsonContent.Create(Prompts.Chat(Prompts.Risky("flood 3"))));
        Assert.Equal(429, (int)third.StatusCode);
        Assert.Contains("too_many_parked", await third.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(third.Headers.RetryAfter);
        Assert.Equal(first, await caller.ParkAsync(Prompts.Risky("flood 1"))); // the same prompt joins, it is no further one

        await reviewer.OfTicketAsync(first);
        await reviewer.ApproveAsync(first);
        using var result = await caller.ResultAsync(first);
        await caller.ParkAsync(Prompts.Risky("flood 3"));
    }

    [Fact]
    public async Task A_release_nobody_comes_back_for_is_not_sent()
    {
        await using var product = await Product.StartAsync(new() { ["Parking:LifeAfterEnd"] = "00:00:02" });
        using var caller = product.Caller();
        using var reviewer = await product.SignInAsync();
        using (var gone = new CancellationTokenSource())
        {
            var call = caller.PostAsync("/v1/chat/completions", JsonContent.Create(Prompts.Chat(Prompts.Risky("gone for good"))), gone.Token);
            await reviewer.NextAsync();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }
        var review = await reviewer.NextAsync();
        await reviewer.ApproveAsync(review.Id);

        // Not asked for by the caller: a poll would be reason enough to send it.
        await Eventually.TrueAsync(async () => (await reviewer.DetailAsync(review.Id)).Summary.Status == ApprovalStatus.Failed, "the release ends");
        using var result = await caller.ResultAsync(review.Id);
        Assert.Equal(410, (int)result.StatusCode);
        Assert.Contains(await reviewer.TrailAsync("kind=execution"), e => e is { Outcome: "failed", StatusCode: 410 });
    }
}
