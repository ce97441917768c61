using System.Net;
using System.Text;
using Contracts;
using Gateway.Audit;
using Gateway.Parking;
using Gateway.Retention;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tests.Servers;

namespace Gateway.Tests.Retention;

/// <summary>Texts are erased for good, by request or by time, and the trail stays whole; what a hold covers is not.</summary>
public sealed class Erasure_Tests(SharedGateway shared, Databases databases)
{
    private const string Words = "the quarterly figures of the Lisbon office";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => Databases.All;

    [Theory, MemberData(nameof(All))]
    public async Task Erased_texts_are_gone_everywhere_and_the_trail_still_verifies(string provider)
    {
        await using var host = await StartAsync(provider);
        var (alice, ada) = (host.Caller(), await host.PersonAsync());
        var forwarded = await ForwardedAsync(host, alice);
        var ticket = await RejectedAsync(host, alice);
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Text.Contains(ticket.Excerpt, StringComparison.Ordinal), "the excerpt at the reviewers' side");

        var answer = await ada.PostAsync("/api/erasures", $$"""{"ids":["{{forwarded.InteractionId}}","{{ticket.Id}}"],"reason":"request 4711 of a person"}""");

        Assert.Equal((2, 0, 0), ((int)answer.Json["erased"]!, (int)answer.Json["held"]!, (int)answer.Json["open"]!));
        Assert.Empty(await host.ReadAsync(store => store.Set<SealedText>().Where(text => text.KeyId == forwarded.InteractionId || text.KeyId == ticket.InteractionId).ToListAsync(Ct)));
        Assert.Empty(await host.ReadAsync(store => store.Set<TextKey>().Where(key => key.Class != TextClass.Installation).ToListAsync(Ct)));
        var left = await host.TicketAsync(ticket.Id);
        Assert.Equal(("", "", ""), (left.Excerpt, left.Digest, left.BodyDigest));
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Text.Contains("\"excerpt\":\"\"", StringComparison.Ordinal), "the excerpt's end at the reviewers' side");
        Assert.Equal(HttpStatusCode.Gone, (await ada.GetReplyAsync($"/api/prompts/{ticket.Id}")).Status);

        var entries = await host.TrailAsync(e => e.Kind == "erasure");
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.Equal(("ada", "request 4711 of a person"), (entry.Actor, entry.Reason)));
        await host.CoverAsync();
        (await host.VerifyAsync()).AssertSound();
    }

    [Theory, MemberData(nameof(All))]
    public async Task What_a_hold_covers_is_kept_until_it_is_lifted(string provider)
    {
        await using var host = await StartAsync(provider);
        var ada = await host.PersonAsync();
        var entry = await ForwardedAsync(host, host.Caller());
        var hold = Guid.NewGuid();
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.OK, (await ada.PostAsync("/api/holds", $$"""{"operationId":"{{hold}}","subject":"alice","reason":"case 12 at court"}""")).Status);

        var refused = await ada.PostAsync("/api/erasures", $$"""{"ids":["{{entry.InteractionId}}"],"reason":"a request"}""");
        var lifted = await ada.PostAsync($"/api/holds/{hold}/lift", """{"reason":"the case is closed"}""");
        var erased = await ada.PostAsync("/api/erasures", """{"subject":"alice","reason":"a request"}""");

        Assert.Equal((0, 1), ((int)refused.Json["erased"]!, (int)refused.Json["held"]!));
        Assert.NotNull(lifted.Json["liftedAt"]);
        Assert.Equal(1, (int)erased.Json["erased"]!);
        Assert.Equal(["placed", "lifted"], (await host.TrailAsync(e => e.Kind == "hold")).Select(e => e.Outcome));
    }

    [Fact]
    public async Task What_people_still_decide_about_is_left()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var ada = await host.PersonAsync();
        var ticket = await host.ParkAsync(host.Caller(), shared.Upstream.Model(Answers.Chat("never")));

        var answer = await ada.PostAsync("/api/erasures", $$"""{"ids":["{{ticket.Id}}"],"reason":"a request"}""");

        Assert.Equal((0, 1), ((int)answer.Json["erased"]!, (int)answer.Json["open"]!));
        Assert.NotEmpty(await host.Lot.RequestBodyAsync(ticket, Ct));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Texts_whose_time_is_over_go_by_class_with_one_entry_for_all_of_them(string provider)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()) { AutoAdvanceAmount = TimeSpan.FromTicks(10) };
        await using var host = await StartAsync(provider, clock, ("Retention:Texts:Forwarded", "30.00:00:00"));
        var forwarded = await ForwardedAsync(host, host.Caller());
        var ticket = await RejectedAsync(host, host.Caller());
        var sweeper = host.Services.GetRequiredService<RetentionSweeper>();

        await sweeper.SweepAsync(Ct);
        Assert.Equal(2, await KeysAsync(host));
        clock.Advance(TimeSpan.FromDays(31));
        await sweeper.SweepAsync(Ct);
        await sweeper.SweepAsync(Ct);

        Assert.Equal(ticket.InteractionId, (await host.ReadAsync(store => store.Set<TextKey>().SingleAsync(key => key.Class != TextClass.Installation, Ct))).Id);
        var entry = Assert.Single(await host.TrailAsync(e => e.Kind == "erasure"));
        Assert.Equal(("retention", "forwarded"), (entry.Actor, entry.Subject));
        Assert.Contains("1 interaction(s)", entry.Reason, StringComparison.Ordinal);
        Assert.NotNull(forwarded.RequestDigest);
    }

    [Fact]
    public async Task A_new_master_key_wraps_all_keys_anew_and_the_old_one_can_go()
    {
        var data = Directory.CreateTempSubdirectory("gateway-test-").FullName;
        var (old, young) = (Convert.ToBase64String(new byte[32]), Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()));
        try
        {
            TrailEntry entry;
            await using (var before = await GatewayHost.StartAsync(shared.Upstream, data: data, settings: new() { ["Texts:MasterKeys:0:Id"] = "2026", ["Texts:MasterKeys:0:Key"] = old })) entry = await ForwardedAsync(before, before.Caller());
            await using (var both = await GatewayHost.StartAsync(shared.Upstream, data: data, settings: new() { ["Texts:MasterKeys:0:Id"] = "2027", ["Texts:MasterKeys:0:Key"] = young, ["Texts:MasterKeys:1:Id"] = "2026", ["Texts:MasterKeys:1:Key"] = old }))
                await both.Services.GetRequiredService<RetentionSweeper>().SweepAsync(Ct);
            await using var after = await GatewayHost.StartAsync(shared.Upstream, data: data, settings: new() { ["Texts:MasterKeys:0:Id"] = "2027", ["Texts:MasterKeys:0:Key"] = young });

            var text = await after.ReadAsync(store => after.Services.GetRequiredService<TextVault>().OpenAsync(store, entry.RequestText!.Value, Ct));
            Assert.Contains(Words, Encoding.UTF8.GetString(text), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task A_text_that_was_changed_or_put_in_anothers_place_does_not_open()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var (one, other) = (await ForwardedAsync(host, host.Caller()), await ForwardedAsync(host, host.Caller()));
        var vault = host.Services.GetRequiredService<TextVault>();
        Task OpenAsync(Guid? id) => host.ReadAsync(store => vault.OpenAsync(store, id!.Value, Ct));
        await using var store = await host.StoreAsync();

        await store.Database.ExecuteSqlAsync($"UPDATE Texts SET Sealed = (SELECT Sealed FROM Texts WHERE Id = {one.RequestText}) WHERE Id = {one.AnswerText}", Ct);
        await store.Database.ExecuteSqlAsync($"UPDATE Texts SET Sealed = Sealed || x'00' WHERE Id = {other.RequestText}", Ct);

        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => OpenAsync(one.AnswerText));
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => OpenAsync(other.RequestText));
        await OpenAsync(one.RequestText);
    }

    private async Task<GatewayHost> StartAsync(string provider, TimeProvider? clock = null, params (string, string)[] more)
    {
        var settings = (await databases.NewAsync(provider)).Settings("Storage").ToDictionary();
        foreach (var (name, value) in more) settings[name] = value;
        return await GatewayHost.StartAsync(shared.Upstream, settings, clock);
    }

    private async Task<TrailEntry> ForwardedAsync(GatewayHost host, HttpClient caller)
    {
        var model = shared.Upstream.Model(Answers.Chat("Fine."));
        Assert.Equal(HttpStatusCode.OK, (await caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, Words))).Status);
        return await host.EntryAsync(e => e.Model == model && e.Kind == "interaction");
    }

    private async Task<Ticket> RejectedAsync(GatewayHost host, HttpClient caller)
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("never")));
        var ada = await host.PersonAsync();
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK, "the review");
        await ada.PostAsync($"/api/reviews/{ticket.Id}/votes", $$"""{"operationId":"{{Guid.NewGuid()}}","approve":false,"digest":"{{ticket.Digest}}","reason":"not this one"}""");
        return await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Rejected);
    }

    private static Task<int> KeysAsync(GatewayHost host) => host.ReadAsync(store => store.Set<TextKey>().CountAsync(key => key.Class != TextClass.Installation));
}
