using System.Net;
using System.Text.Json.Nodes;
using Gateway.Audit;
using Gateway.Proof;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Interactions;

/// <summary>An interaction is seen as it happened; opening its texts takes a reason and is on record; judging it again asks no model.</summary>
public sealed class Interactions_Tests(SharedGateway shared) : IAsyncLifetime
{
    private GatewayHost host = null!; // set before each test
    private HttpClient ada = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync(shared.Upstream, new() { ["Policy:MaskAt"] = "1", ["Embedded:People:0:Subject"] = "ada", ["Embedded:People:0:Name"] = "Ada", ["Embedded:People:0:Groups:0"] = "reviewers", ["Embedded:People:0:Permissions:0"] = "trail.read", ["Embedded:People:0:Permissions:1"] = "reveal", ["Embedded:People:0:Permissions:2"] = "review", ["Embedded:People:0:Permissions:3"] = "prompts.resend" });
        ada = await host.PersonAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task What_is_on_record_of_it_comes_with_the_checkpoint_that_proves_it_and_without_text()
    {
        var entry = await SendAsync("Write to mia.keller@example.org about the delay.", Answers.Chat("Done."));
        var before = await ada.GetReplyAsync($"/api/interactions/{entry.InteractionId}");
        await host.CoverAsync();
        var view = await ada.GetReplyAsync($"/api/interactions/{entry.InteractionId}");

        Assert.Null(before.Json["entries"]![0]!["checkpoint"]);
        Assert.True(view.Json["entries"]![0]!["checkpoint"]!.GetValue<long>() > 0);
        Assert.Equal(("alice", "mask", "kept", "false"), ((string?)view.Json["actor"], (string?)view.Json["decision"], (string?)view.Json["texts"], view.Json["held"]!.ToString()));
        Assert.Contains(view.Json["findings"]!.AsArray(), finding => finding!["type"]!.ToString().StartsWith("EMAIL", StringComparison.Ordinal));
        Assert.DoesNotContain("mia.keller", view.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetReplyAsync("/api/interactions/int_none")).Status);
    }

    [Fact]
    public async Task Its_texts_are_opened_masked_for_a_reason_and_that_is_on_record()
    {
        var entry = await SendAsync("Write to mia.keller@example.org about the delay.", Answers.Chat("I will write to them."));
        var path = $"/api/interactions/{entry.InteractionId}";
        var unreasoned = await ada.PostAsync($"{path}/open", """{"reason":" "}""");
        var opened = await ada.PostAsync($"{path}/open", """{"reason":"a complaint"}""");
        var number = (await ada.GetReplyAsync(path)).Json["findings"]!.AsArray().Index().First(finding => finding.Item!["type"]!.ToString().StartsWith("EMAIL", StringComparison.Ordinal)).Index;
        var revealed = await ada.PostAsync($"{path}/reveals", $$"""{"finding":{{number}},"reason":"to call back"}""");

        Assert.Equal(HttpStatusCode.BadRequest, unreasoned.Status);
        Assert.True(opened.Json["genuine"]!.GetValue<bool>());
        Assert.Contains("about the delay", opened.Text, StringComparison.Ordinal);
        Assert.Contains("I will write to them.", opened.Json["answer"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("mia.keller", opened.Text, StringComparison.Ordinal);
        Assert.Equal("mia.keller@example.org", (string?)revealed.Json["text"]);
        var acts = await host.TrailAsync(e => e.InteractionId == entry.InteractionId && e.Actor == "ada");
        Assert.Equal([("opened", "a complaint"), ("reveal", "to call back")], acts.Select(act => (act.Kind, act.Reason!)));
    }

    [Fact]
    public async Task What_left_to_the_caller_is_masked_for_others_the_callers_own_values_too()
    {
        var entry = await SendAsync("Write to mia.keller@example.org about it.", Answers.Chat("I wrote to [EMAIL_1], and again to [EMAIL_1]; ask tom.baker@example.net, too."));
        var opened = await ada.PostAsync($"/api/interactions/{entry.InteractionId}/open", """{"reason":"a complaint"}""");

        Assert.Contains("I wrote to ", opened.Json["answer"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("mia.keller", opened.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("tom.baker", opened.Text, StringComparison.Ordinal);
        Assert.Equal(2, opened.Json["answer"]!.AsArray().SelectMany(part => part!["runs"]!.AsArray()).Count(run => run!["masked"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task A_streamed_answer_comes_back_with_the_moments_at_which_it_left()
    {
        var model = shared.Upstream.Model(Answers.Events(Answers.ChatStream("One, ", "two, ", "three.")));
        await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, "Count.", stream: true));
        var entry = await host.EntryAsync(e => e.Model == model && e.Kind == "interaction");

        var opened = await ada.PostAsync($"/api/interactions/{entry.InteractionId}/open", """{"reason":"to see it"}""");

        Assert.Contains("One, two, three.", opened.Json["answer"]!.ToJsonString(), StringComparison.Ordinal);
        var times = opened.Json["times"]!.AsArray().Select(moment => (moment!["ms"]!.GetValue<double>(), moment["bytes"]!.GetValue<int>())).ToList();
        Assert.True(times.Count > 1);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task Texts_that_are_not_those_the_trail_holds_the_digests_of_are_called_that()
    {
        var (one, other) = (await SendAsync("The first one.", Answers.Chat("Done.")), await SendAsync("The other one.", Answers.Chat("Done.")));
        var vault = (Gateway.Texts.TextVault)host.Services.GetService(typeof(Gateway.Texts.TextVault))!;
        await using var store = await host.StoreAsync();
        // Somebody with the keys seals another text in its place.
        var seals = await vault.ResumeAsync(store, one.InteractionId!, Ct);
        var forged = seals.Seal("""{"model":"m","messages":[{"role":"user","content":"Something else."}]}"""u8, one.RequestText);
        await store.Set<Gateway.Texts.SealedText>().Where(text => text.Id == one.RequestText).ExecuteUpdateAsync(set => set.SetProperty(text => text.Sealed, forged.Sealed), Ct);

        var opened = await ada.PostAsync($"/api/interactions/{one.InteractionId}/open", """{"reason":"to see it"}""");

        Assert.False(opened.Json["genuine"]!.GetValue<bool>());
        Assert.Equal("not genuine", (await host.EntryAsync(e => e.Kind == "opened")).Outcome);
        Assert.True((await ada.PostAsync($"/api/interactions/{other.InteractionId}/open", """{"reason":"to see it"}""")).Json["genuine"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Judged_again_by_another_version_no_model_is_asked()
    {
        var entry = await SendAsync("Write to mia.keller@example.org about the delay.", Answers.Chat("Done."));
        var calls = shared.Upstream.For(entry.Model!).Count;
        await using (var store = await host.StoreAsync())
        {
            var first = await store.Set<Gateway.Policies.PolicyVersion>().AsNoTracking().SingleAsync(Ct);
            store.Add(new Gateway.Policies.PolicyVersion { Number = 2, Text = first.Text.Replace("mask: 1", "mask: 101", StringComparison.Ordinal), Origin = Gateway.Policies.PolicyOrigin.Draft, Author = "ada", AuthorName = "Ada", At = first.At });
            await store.SaveChangesAsync(Ct);
        }

        var again = await ada.PostAsync($"/api/interactions/{entry.InteractionId}/judge", """{"policy":"v2"}""");
        var unknown = await ada.PostAsync($"/api/interactions/{entry.InteractionId}/judge", """{"policy":"v9"}""");

        Assert.Equal(("mask", "v1", "forward", "v2"), ((string?)again.Json["then"]!["decision"], (string?)again.Json["then"]!["policy"], (string?)again.Json["now"]!["decision"], (string?)again.Json["now"]!["policy"]));
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal(calls, shared.Upstream.For(entry.Model!).Count);
    }

    [Fact]
    public async Task Sent_again_it_is_a_new_interaction_of_whoever_asked_linked_to_the_first_and_judged_anew()
    {
        var entry = await SendAsync("Write to mia.keller@example.org about the delay.", Answers.Chat("Done."));
        var path = $"/api/interactions/{entry.InteractionId}/resend";

        var unreasoned = await ada.PostAsync(path, """{"reason":""}""");
        var resent = await ada.PostAsync(path, """{"reason":"to see whether it still happens"}""");

        Assert.Equal(HttpStatusCode.BadRequest, unreasoned.Status);
        Assert.True(resent.Status == HttpStatusCode.OK, resent.Text);
        Assert.Equal(200, resent.Json["statusCode"]!.GetValue<int>());
        var second = await host.EntryAsync(e => e.Model == entry.Model && e.Actor == "ada" && e.Kind == "interaction");
        Assert.Equal(((string?)resent.Json["interactionId"], entry.InteractionId, "mask"), (second.InteractionId, second.Subject, second.Decision));
        Assert.Equal([("asked", null), ("sent", second.InteractionId)], (await host.TrailAsync(e => e.Kind == "resent")).Select(e => (e.Outcome!, e.Subject)));
        Assert.Equal(2, shared.Upstream.For(entry.Model!).Count);
        Assert.DoesNotContain("mia.keller", shared.Upstream.For(entry.Model!)[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_again_where_policy_asks_for_people_it_waits_for_others_than_the_sender()
    {
        var ticket = await host.ParkAsync(host.Caller(), shared.Upstream.Model(Answers.Chat("Released.")));

        var resent = await ada.PostAsync($"/api/interactions/{ticket.InteractionId}/resend", """{"reason":"once more"}""");

        var second = await host.TicketAsync((string)resent.Json["ticketId"]!);
        Assert.NotEqual(ticket.Id, second.Id);
        Assert.Equal(202, resent.Json["statusCode"]!.GetValue<int>());
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{second.Id}")).Status == HttpStatusCode.OK, "the review");
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.PostAsync($"/api/reviews/{second.Id}/votes", $$"""{"operationId":"{{Guid.NewGuid()}}","approve":true,"digest":"{{second.Digest}}"}""")).Status);
        await host.DecideAsync(second);
        var done = await host.TicketWhenAsync(second.Id, t => t.Status == Contracts.ApprovalStatus.Completed);
        Assert.Equal("Released.", System.Text.Encoding.UTF8.GetString(await host.Lot.ResultBodyAsync(done, Ct)) is var body ? JsonNode.Parse(body)!["choices"]![0]!["message"]!["content"]!.ToString() : null);
    }

    [Fact]
    public async Task A_parked_one_is_found_by_its_ticket_with_all_that_people_did()
    {
        var ticket = await host.ParkAsync(host.Caller(), shared.Upstream.Model(Answers.Chat("Released.")));
        await host.DecideAsync(ticket);
        await host.EntryAsync(e => e.TicketId == ticket.Id && e.Kind == "decision");

        var view = await ada.GetReplyAsync($"/api/interactions/{ticket.Id}");

        Assert.Equal(ticket.InteractionId, (string?)view.Json["id"]);
        Assert.Superset(new HashSet<string> { "parked", "decision" }, view.Json["entries"]!.AsArray().Select(entry => entry!["entry"]!["kind"]!.ToString()).ToHashSet());
    }

    private async Task<TrailEntry> SendAsync(string text, Answer answer)
    {
        var model = shared.Upstream.Model(answer);
        Assert.Equal(HttpStatusCode.OK, (await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, text))).Status);
        return await host.EntryAsync(e => e.Model == model && e.Kind == "interaction");
    }
}
