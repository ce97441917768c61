using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Tests.Support;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Records;

/// <summary>Promise 5: whatever happens to a prompt leaves its entry, with who, what, which rule, how risky and what left.</summary>
public sealed class EveryPath_Tests(SharedGateway shared)
{
    private readonly GatewayHost host = shared.Host;
    private readonly HttpClient alice = shared.Host.Caller();

    [Theory]
    [InlineData("Good morning", "forwarded", "score.forward", "")]
    [InlineData("Write to jane.miller@example.org", "masked", "score.mask", ",EMAIL_ADDRESS,")]
    public async Task A_prompt_that_goes_through_is_recorded_with_both_digests(string words, string outcome, string rule, string types)
    {
        var model = shared.Upstream.Model(Answers.Chat("Done."));
        var body = Calls.Body(Calls.Chat, model, words);
        var reply = await alice.PostAsync(Calls.Chat, body);

        var entry = Assert.Single(await host.TrailAsync(e => e.Model == model));
        Assert.Equal(("interaction", outcome, rule, types), (entry.Kind, entry.Outcome, entry.Rule, entry.FindingTypes));
        AssertFacts(entry, reply.Header("x-interaction-id")!);
        Assert.Equal(200, entry.StatusCode);
        Assert.Equal(await DigestAsync(entry.InteractionId, reply.Body), entry.AnswerDigest);
        Assert.True(entry.UpstreamMs > 0 && entry.UpstreamMs <= entry.ElapsedMs);
        Assert.Equal(body, await TextAsync(entry.RequestText));
        Assert.Equal(reply.Text, await TextAsync(entry.AnswerText));
    }

    [Fact]
    public async Task A_streamed_answer_is_recorded_as_it_left()
    {
        var model = shared.Upstream.Model(Answers.Events(Answers.ChatStream("card 4111 1111", " 1111 1111 ")));
        var reply = await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, stream: true));

        var entry = Assert.Single(await host.TrailAsync(e => e.Model == model));
        Assert.Equal(reply.Text, await TextAsync(entry.AnswerText));
        Assert.Equal(await DigestAsync(entry.InteractionId, reply.Body), entry.AnswerDigest);
        Assert.Equal("1 value(s) hidden in the answer.", entry.Reason);
    }

    [Fact]
    public async Task A_blocked_prompt_is_recorded_and_no_answer_with_it()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var reply = await host.Caller(GatewayHost.NarrowKey).PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));

        var entry = Assert.Single(await host.TrailAsync(e => e.Model == model));
        Assert.Equal(("interaction", "blocked", "caller.model", "narrow", 403), (entry.Kind, entry.Outcome, entry.Rule, entry.Actor, entry.StatusCode));
        Assert.Equal(reply.Header("x-interaction-id"), entry.InteractionId);
        Assert.Null(entry.AnswerText);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_leaves_what_had_left_until_then()
    {
        var events = Answers.ChatStream("Hello ", "there ");
        var model = shared.Upstream.Model(Answers.EventsThenSilence(events[..2]));
        using (var request = new HttpRequestMessage(HttpMethod.Post, Calls.Chat) { Content = new StringContent(Calls.Body(Calls.Chat, model, stream: true), Encoding.UTF8, "application/json") })
        using (var response = await alice.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            var left = Encoding.UTF8.GetByteCount(string.Concat(events[..2]));
            await stream.ReadExactlyAsync(new byte[left], TestContext.Current.CancellationToken);
        }

        var entry = await host.EntryAsync(e => e.Model == model);
        Assert.Equal("abandoned", entry.Outcome);
        Assert.Equal(string.Concat(events[..2]), await TextAsync(entry.AnswerText));
    }

    [Fact]
    public async Task An_upstream_that_fails_is_recorded_with_what_the_caller_was_told()
    {
        var model = shared.Upstream.Model(Answers.Hangup);
        await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));
        var entry = Assert.Single(await host.TrailAsync(e => e.Model == model));
        Assert.Equal(("forwarded", 502, "Upstream 'mock-openai' could not be reached."), (entry.Outcome, entry.StatusCode, entry.Reason));
    }

    [Fact]
    public async Task A_parked_prompt_leaves_its_way_through_peoples_hands()
    {
        var model = shared.Upstream.Model(Answers.Chat("Released."));
        var ticket = await host.ParkAsync(alice, model);
        var ada = await host.PersonAsync();
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK, "the review");
        var finding = ticket.Findings.ToList().FindIndex(f => f.Category == RiskCategory.Secret);
        var revealed = await PostAsync(ada, $"/api/prompts/{ticket.Id}/reveals", new RevealFinding(finding, "Is it a live key?"));
        Assert.Equal(Calls.Secret, (string?)revealed.Json["text"]);
        await PostAsync(ada, $"/api/reviews/{ticket.Id}/votes", new CastVote { OperationId = Guid.NewGuid(), Approve = true, Digest = ticket.Digest });
        await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Completed);
        await Eventually.TrueAsync(async () => (await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "vote.approve")).Count == 1, "the vote's entry");

        var entries = (await host.TrailAsync(e => e.TicketId == ticket.Id)).ToLookup(e => e.Kind);
        foreach (var kind in new[] { "parked", "reveal", "decision", "execution" })
        {
            var entry = Assert.Single(entries[kind]);
            Assert.Equal((ticket.Rule, ticket.PolicyVersion, (int?)ticket.Score, ticket.TextDigest, ticket.InteractionId), (entry.Rule, entry.PolicyVersion, entry.Score, entry.RequestDigest, entry.InteractionId));
            Assert.Contains(",SECRET,", ",SECRET," + entry.FindingTypes, StringComparison.Ordinal);
        }
        Assert.Equal(("alice", "Alice's agent", "parked"), Who(entries["parked"]));
        Assert.Equal(("ada", "Ada Brandt", "revealed"), Who(entries["reveal"]));
        Assert.Equal("Is it a live key?", entries["reveal"].Single().Reason);
        Assert.Equal(("ada", "Ada Brandt", "released"), Who(entries["decision"]));
        Assert.Equal(("alice", (string?)null, "completed"), Who(entries["execution"]));
        Assert.Equal("ada", entries["vote.approve"].Single().Actor);
        Assert.Equal(Answers.ChatBody("Released."), await TextAsync(entries["execution"].Single().AnswerText));
        Assert.True(entries["parked"].Single().Sequence < entries["reveal"].Single().Sequence && entries["decision"].Single().Sequence < entries["execution"].Single().Sequence);
    }

    [Fact]
    public async Task A_reveal_needs_a_reason_and_something_that_is_hidden()
    {
        var ticket = await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("never")));
        var ada = await host.PersonAsync();
        foreach (var reason in new[] { "", "  ", "ab", new string('x', 501), null })
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(ada, $"/api/prompts/{ticket.Id}/reveals", new { finding = 0, reason })).Status);
        foreach (var finding in new[] { -1, ticket.Findings.Count, int.MaxValue })
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(ada, $"/api/prompts/{ticket.Id}/reveals", new RevealFinding(finding, "because"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(ada, "/api/prompts/apr_none/reveals", new RevealFinding(0, "because"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(await host.PersonAsync("sam"), $"/api/prompts/{ticket.Id}/reveals", new RevealFinding(0, "because"))).Status);
        Assert.Empty(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "reveal"));

        var view = await ada.GetReplyAsync($"/api/prompts/{ticket.Id}");
        Assert.Equal(HttpStatusCode.OK, view.Status);
        Assert.DoesNotContain(Calls.Secret, view.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_is_recorded()
    {
        await host.PersonAsync("riley");
        Assert.Contains(await host.TrailAsync(e => e.Kind == "sign-in" && e.Actor == "riley"), e => e is { ActorName: "Riley Chen", Outcome: "signed in" });
    }

    [Fact]
    public async Task What_a_person_did_is_recorded_once_however_often_it_is_told()
    {
        var act = new PersonActed { ActionId = Guid.NewGuid(), Person = new PersonRef("ada", "Ada"), Action = "claim.taken", TicketId = $"apr_{Guid.NewGuid():N}", At = DateTimeOffset.UnixEpoch };
        var bus = host.Services.GetRequiredService<IBus>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bus.Publish(act)));
        await host.EntryAsync(e => e.TicketId == act.TicketId);
        await bus.Publish(act, TestContext.Current.CancellationToken);
        var after = act with { ActionId = Guid.NewGuid(), Action = "claim.released" };
        await bus.Publish(after, TestContext.Current.CancellationToken);
        await host.EntryAsync(e => e.FactId == after.ActionId);
        Assert.Single(await host.TrailAsync(e => e.FactId == act.ActionId));
    }

    [Fact]
    public async Task The_trail_is_read_in_pages_and_by_what_one_looks_for()
    {
        var model = shared.Upstream.Model(Answers.Chat("Done."));
        for (var i = 0; i < 5; i++) await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, i < 2 ? "Write to jane.miller@example.org" : $"Good morning {i}"));
        var ada = await host.PersonAsync();

        async Task<TrailPage> PageAsync(string query) => (await ada.GetFromJsonAsync<TrailPage>($"/api/trail?model={model}&{query}", JsonWire.Options, TestContext.Current.CancellationToken))!;
        var first = await PageAsync("take=3");
        var second = await PageAsync($"take=3&before={first.Next}");
        Assert.Equal((3, 2), (first.Items.Count, second.Items.Count));
        Assert.Null(second.Next);
        var sequences = first.Items.Concat(second.Items).Select(e => e.Sequence).ToList();
        Assert.Equal(sequences.Distinct().OrderDescending(), sequences);
        Assert.Equal(2, (await PageAsync("finding=EMAIL_ADDRESS")).Items.Count);
        Assert.Empty((await PageAsync("finding=EMAIL")).Items);
        Assert.Equal(3, (await PageAsync("outcome=forwarded&actor=alice&kind=interaction")).Items.Count);
        Assert.Empty((await PageAsync("actor=bob")).Items);
        Assert.Single((await PageAsync("take=-5")).Items);
    }

    private static void AssertFacts(TrailEntry entry, string interaction)
    {
        Assert.Equal(("alice", "Alice's agent", Calls.Chat, interaction), (entry.Actor, entry.ActorName, entry.Route, entry.InteractionId));
        Assert.StartsWith("v", entry.PolicyVersion, StringComparison.Ordinal);
        Assert.NotNull(entry.Score);
        Assert.Equal(64, entry.RequestDigest?.Length);
    }

    private static (string, string?, string?) Who(IEnumerable<TrailEntry> entries) => entries.Single() is var e ? (e.Actor, e.ActorName, e.Outcome) : default;

    private static Task<Reply> PostAsync(HttpClient person, string path, object body) => person.PostAsync(path, System.Text.Json.JsonSerializer.Serialize(body, JsonWire.Options));

    /// <summary>With the salt of the interaction's key, which is not in the trail.</summary>
    private async Task<string> DigestAsync(string? interaction, byte[] text)
    {
        var vault = host.Services.GetRequiredService<Gateway.Texts.TextVault>();
        return (await host.ReadAsync(store => vault.ResumeAsync(store, interaction!, TestContext.Current.CancellationToken))).Digest(text); // every entry of a prompt has one
    }

    private async Task<string> TextAsync(Guid? id)
    {
        var vault = host.Services.GetRequiredService<Gateway.Texts.TextVault>();
        return Encoding.UTF8.GetString(await host.ReadAsync(store => vault.OpenAsync(store, id!.Value, TestContext.Current.CancellationToken)));
    }
}
