using System.Text;
using Contracts;
using WholePath.Support;

namespace WholePath.Promises;

/// <summary>Promises 5, 6, 8 and 9: what is recorded, what survives, and where text never goes.</summary>
public sealed class Records_Tests(SharedProduct shared)
{
    private readonly Product product = shared.Product;

    [Fact]
    public async Task Promise_5_Nothing_unrecorded()
    {
        using var caller = product.Caller();
        using var auditor = await product.SignInAsync();
        using var forwarded = await caller.PostAsync("/v1/chat/completions", System.Net.Http.Json.JsonContent.Create(Prompts.Chat("a plain question")));
        var interaction = forwarded.Headers.GetValues("x-interaction-id").Single();
        var ticket = await caller.ParkAsync(Prompts.Risky("nothing unrecorded"));
        await auditor.OfTicketAsync(ticket);
        using var revealed = await auditor.Http.PostAsync($"/api/prompts/{ticket}/reveals", System.Net.Http.Json.JsonContent.Create(new { finding = 0, reason = "is it a live one?" }));
        await auditor.ApproveAsync(ticket);
        using var result = await caller.ResultAsync(ticket);

        await Eventually.TrueAsync(async () =>
        {
            var kinds = (await auditor.TrailAsync($"ticket={ticket}")).Select(e => e.Kind).ToHashSet();
            return kinds.IsSupersetOf(["parked", "reveal", "vote.approve", "decision", "execution"]);
        }, "every step of a parked prompt is in the trail");
        var entry = Assert.Single(await auditor.TrailAsync(), e => e.InteractionId == interaction);
        Assert.Equal("forwarded", entry.Outcome);
        Assert.NotNull(entry.RequestDigest);
        Assert.NotNull(entry.AnswerDigest);
        Assert.NotNull(entry.PolicyVersion);
        Assert.Contains(await auditor.TrailAsync("kind=sign-in"), e => e.Actor == "ada");
    }

    [Fact]
    public async Task Promise_6_Nothing_lost_nothing_twice_when_the_process_is_killed()
    {
        await using var mortal = await Product.StartAsync();
        var tickets = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            using var caller = mortal.Caller();
            tickets.Add(await caller.ParkAsync(Prompts.Risky($"killed right after parking {round}")));
            await mortal.KillAsync();
            await mortal.StartAgainAsync();
        }
        using (var reviewer = await mortal.SignInAsync())
        {
            foreach (var ticket in tickets)
            {
                await reviewer.OfTicketAsync(ticket);
                await reviewer.ApproveAsync(ticket);
            }
        }
        await mortal.KillAsync(); // right after the votes: releases may be anywhere between decision and answer
        await mortal.StartAgainAsync();

        using var later = mortal.Caller();
        using var auditor = await mortal.SignInAsync();
        foreach (var ticket in tickets)
        {
            using var result = await later.ResultAsync(ticket);
            Assert.Equal(200, (int)result.StatusCode);
            var trail = await auditor.TrailAsync($"ticket={ticket}");
            Assert.Single(trail, e => e.Kind == "parked");
            Assert.Single(trail, e => e.Kind == "decision");
            Assert.Single(trail, e => e.Kind == "execution");
        }
    }

    [Fact]
    public async Task Promise_8_Prompt_text_stays_in_two_places()
    {
        await using var talkative = await Product.StartAsync(new() { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Trace" });
        var marker = "zanzibar-" + Guid.NewGuid().ToString("N");
        using var caller = talkative.Caller();
        using var reviewer = await talkative.SignInAsync();
        using var plain = await caller.PostAsync("/v1/chat/completions", System.Net.Http.Json.JsonContent.Create(Prompts.Chat($"remember {marker}")));
        var ticket = await caller.ParkAsync($"{Prompts.Credential} {marker} ".PadLeft(700, '.'));
        await reviewer.OfTicketAsync(ticket);
        await reviewer.ApproveAsync(ticket);
        using var result = await caller.ResultAsync(ticket);
        Assert.Contains(marker, await result.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var token = reviewer.Http.DefaultRequestHeaders.Authorization!.Parameter!;
        await talkative.KillAsync(); // so that all of the stores' files can be read
        foreach (var secret in new[] { marker, Prompts.Credential, Product.CallerKey, Product.SignInToken, token })
        {
            // The banner prints key and sign-in link once, on purpose: it is what a newcomer needs.
            var lines = talkative.Log.Where(line => line.Contains(secret, StringComparison.Ordinal) && !talkative.Output.Contains(line, StringComparison.Ordinal));
            Assert.Empty(lines);
        }
        foreach (var file in Directory.EnumerateFiles(talkative.DataFolder, "*.db*"))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            foreach (var secret in new[] { marker, Prompts.Credential, token })
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{Path.GetFileName(file)} holds text in the clear.");
        }
    }

    [Fact]
    public async Task Promise_9_Get_never_changes_anything()
    {
        using var caller = product.Caller();
        using var reviewer = await product.SignInAsync();
        var ticket = await caller.ParkAsync(Prompts.Risky("looking is not touching"));
        await reviewer.OfTicketAsync(ticket);
        var before = await reviewer.DetailAsync(ticket);

        foreach (var path in new[] { "votes", "claim", "claim/release", "undo" })
        {
            using var response = await reviewer.Http.GetAsync($"/api/reviews/{ticket}/{path}?approve=true");
            Assert.Contains((int)response.StatusCode, new[] { 404, 405 });
        }
        foreach (var path in new[] { $"/console/reviews/{ticket}", "/console", "/console/sign-out", $"/api/reviews/{ticket}", $"/api/prompts/{ticket}" })
        {
            using var response = await reviewer.Http.GetAsync(path);
        }
        using var cancel = await caller.GetAsync($"/v1/approvals/{ticket}/cancel");
        Assert.Contains((int)cancel.StatusCode, new[] { 404, 405 });

        var after = await reviewer.DetailAsync(ticket);
        Assert.Equal(before.Summary.Version, after.Summary.Version);
        Assert.Equal(ApprovalStatus.Pending, after.Summary.Status);
    }
}
