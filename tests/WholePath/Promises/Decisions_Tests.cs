using System.ClientModel;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using OpenAI.Chat;
using WholePath.Support;

namespace WholePath.Promises;

/// <summary>Promises 1 to 4: who decides, about what, and what silence means.</summary>
public sealed class Decisions_Tests(SharedProduct shared)
{
    private readonly Product product = shared.Product;

    [Fact]
    public async Task Promise_1_Silence_is_never_a_yes()
    {
        await using var impatient = await Product.StartAsync(new() { ["Policy:Deadline"] = "00:00:02" });

        var refusal = await Assert.ThrowsAsync<ClientResultException>(() => impatient.OpenAIChat().CompleteChatAsync([new UserChatMessage(Prompts.Risky("silence"))]));

        Assert.Equal(403, refusal.Status);
        Assert.Contains("approval_expired", refusal.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
        using var auditor = await impatient.SignInAsync();
        Assert.Empty(await auditor.TrailAsync("kind=execution"));
        Assert.Contains(await auditor.TrailAsync("kind=decision"), entry => entry.Outcome == "expired");
    }

    [Fact]
    public async Task Promise_2_What_was_reviewed_is_what_is_released()
    {
        using var caller = product.Caller();
        using var reviewer = await product.SignInAsync();
        var text = Prompts.Risky("reviewed is released");
        var ticket = await caller.ParkAsync(text);
        await reviewer.OfTicketAsync(ticket);

        using var blind = await reviewer.VoteAsync(ticket, approve: true, digest: new string('0', 64));
        Assert.Equal(409, (int)blind.StatusCode);
        Assert.Equal(ApprovalStatus.Pending, (await reviewer.DetailAsync(ticket)).Summary.Status);

        await reviewer.ApproveAsync(ticket);
        using var result = await caller.ResultAsync(ticket);
        var answer = await result.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(text, answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Promise_3_One_winner_of_fifty_and_everybody_else_is_told_who()
    {
        using var caller = product.Caller();
        using var ada = await product.SignInAsync("ada");
        using var riley = await product.SignInAsync("riley");
        var ticket = await caller.ParkAsync(Prompts.Risky("fifty at once"));
        await ada.OfTicketAsync(ticket);
        var digest = (await ada.PromptAsync(ticket)).Digest;

        var attempts = Enumerable.Range(0, 50).Select(async i =>
        {
            if (i % 10 == 9)
            {
                using var cancelled = await caller.PostAsync($"/v1/approvals/{ticket}/cancel", null);
                return (int)cancelled.StatusCode;
            }
            using var response = await (i % 2 == 0 ? ada : riley).VoteAsync(ticket, approve: i % 3 != 0, "a race", digest);
            if ((int)response.StatusCode == 409)
            {
                var conflict = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conflict");
                Assert.True(conflict.TryGetProperty("status", out _) && conflict.TryGetProperty("winner", out _) && conflict.TryGetProperty("decidedAt", out _), conflict.ToString());
            }
            return (int)response.StatusCode;
        });
        var statuses = await Task.WhenAll(attempts);

        using var result = await caller.ResultAsync(ticket);
        Assert.True(statuses.Count(s => s == 200) <= 1, string.Join(',', statuses));
        Assert.DoesNotContain(statuses, s => s >= 500);
        var decisions = (await ada.TrailAsync($"ticket={ticket}")).Where(e => e.Kind == "decision").ToList();
        Assert.Single(decisions);
        var final = (await ada.DetailAsync(ticket)).Summary.Status;
        Assert.Contains(final, new[] { ApprovalStatus.Completed, ApprovalStatus.Rejected, ApprovalStatus.Cancelled, ApprovalStatus.Releasing });
    }

    [Fact]
    public async Task Promise_4_Two_hats_two_people()
    {
        await using var strict = await Product.StartAsync(new()
        {
            ["Policy:People"] = "2",
            ["Callers:0:Subject"] = "ada", ["Callers:0:Name"] = "Ada Brandt", ["Callers:0:Key"] = "key-of-adas-own-agent",
        });
        using var adasAgent = strict.Caller("key-of-adas-own-agent");
        using var ada = await strict.SignInAsync("ada");
        using var riley = await strict.SignInAsync("riley");
        using var sam = await strict.SignInAsync("sam");
        var ticket = await adasAgent.ParkAsync(Prompts.Risky("two hats"));
        await riley.OfTicketAsync(ticket);

        using var own = await ada.VoteAsync(ticket, approve: true);
        Assert.Equal(403, (int)own.StatusCode);

        await riley.ApproveAsync(ticket);
        using var again = await riley.VoteAsync(ticket, approve: true);
        Assert.NotEqual(200, (int)again.StatusCode);
        Assert.Equal(ApprovalStatus.Pending, (await riley.DetailAsync(ticket)).Summary.Status);

        await sam.ApproveAsync(ticket);
        using var result = await adasAgent.ResultAsync(ticket);
        Assert.Equal(200, (int)result.StatusCode);
    }
}
