using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Contracts;
using Contracts.Api;
using Gateway.Parking;
using Gateway.Prompts;
using Gateway.Tests.Policies;
using Gateway.Tests.Support;

namespace Gateway.Tests.Editing;

/// <summary>People take something out of a prompt and release what is left: what was reviewed is what is released.</summary>
public sealed class Editing_Tests(SharedGateway shared) : IAsyncLifetime
{
    private GatewayHost host = null!; // set before each test, like the two below
    private HttpClient caller = null!;
    private HttpClient ada = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync(shared.Upstream);
        (caller, ada) = (host.Caller(), await host.PersonAsync());
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<PromptView> ViewAsync(string ticket) => (await ada.GetFromJsonAsync<PromptView>($"/api/prompts/{ticket}", JsonWire.Options, Stop))!; // the API answers with a body

    private Task<HttpResponseMessage> EditAsync(string ticket, EditPrompt edit, HttpClient? person = null) => (person ?? ada).PostAsJsonAsync($"/api/prompts/{ticket}/edits", edit, JsonWire.Options, Stop);

    private static EditPrompt Edit(PromptView view, params EditedPart[] parts) => new() { OperationId = Guid.NewGuid(), From = view.Digest, Parts = parts };

    /// <summary>A part's text as an editor has it: hidden values as their tokens.</summary>
    private static string Editable(PromptView view, int part = 0, IReadOnlyList<Finding>? findings = null) =>
        string.Concat(view.Parts[part].Runs.Select(run => run.Masked ? EditToken.Of(findings?[run.Finding!.Value].Type ?? run.Text.Trim('[', ']'), run.Finding!.Value) : run.Text));

    private async Task VoteAsync(string ticket, string digest, HttpStatusCode expected = HttpStatusCode.OK)
    {
        await Eventually.TrueAsync(async () => await ada.GetReplyAsync($"/api/reviews/{ticket}") is { Status: HttpStatusCode.OK } review && (string?)review.Json["digest"] == digest, "the review knows the text");
        using var voted = await ada.PostAsJsonAsync($"/api/reviews/{ticket}/votes", new CastVote { OperationId = Guid.NewGuid(), Approve = true, Digest = digest }, JsonWire.Options, Stop);
        Assert.Equal(expected, voted.StatusCode);
    }

    [Fact]
    public async Task What_was_taken_out_does_not_reach_the_model_and_the_answer_comes_to_the_waiting_call()
    {
        var model = shared.Upstream.Model(Answers.Chat("Fine."));
        var waiting = caller.WaitForAsync(model);
        var ticket = await host.TicketOfAsync(model);
        var before = await ViewAsync(ticket.Id);

        using var response = await EditAsync(ticket.Id, Edit(before, new EditedPart(before.Parts[0].Path, "Why does [the key] not work?")));
        var after = (await response.Content.ReadFromJsonAsync<PromptView>(JsonWire.Options, Stop))!; // it has a body
        await VoteAsync(ticket.Id, after.Digest);
        var reply = await waiting;

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var sent = Encoding.UTF8.GetString(shared.Upstream.For(model).Single().Body);
        Assert.Contains("Why does [the key] not work?", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(Calls.Secret, sent, StringComparison.Ordinal);
        Assert.NotEqual(before.Digest, after.Digest);
        Assert.Equal(("Ada Brandt", 1), (after.Edit!.By.Name, after.Edit.Number));
        Assert.Equal([("removed", "Why does \u27E6SECRET\u27E7 not work? "), ("added", "Why does [the key] not work?")], Assert.Single(after.Edit.Changes).Lines.Select(line => (line.Change, line.Text)));
    }

    [Fact]
    public async Task Both_texts_are_kept_and_the_trail_says_who_made_one_of_the_other()
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));
        var view = await ViewAsync(ticket.Id);

        (await EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, "Nothing of it.")))).EnsureSuccessStatusCode();
        await VoteAsync(ticket.Id, (await ViewAsync(ticket.Id)).Digest);
        await host.TicketWhenAsync(ticket.Id, t => t.Status.IsSettled());

        var entries = await host.TrailAsync(e => e.TicketId == ticket.Id);
        var (parked, edited, executed) = (entries.Single(e => e.Kind == "parked"), entries.Single(e => e.Kind == "edited"), entries.Single(e => e.Kind == "execution"));
        Assert.Equal(("ada", "edited"), (edited.Actor, edited.Outcome));
        Assert.NotEqual(parked.RequestDigest, edited.RequestDigest);
        Assert.Equal((edited.RequestDigest, edited.RequestText), (executed.RequestDigest, executed.RequestText));
        using var opening = await ada.PostAsJsonAsync($"/api/interactions/{ticket.InteractionId}/open", new OpenInteraction("To see what left."), JsonWire.Options, Stop);
        var opened = (await opening.Content.ReadFromJsonAsync<OpenedInteraction>(JsonWire.Options, Stop))!; // it has a body
        var edit = Assert.Single(opened.Edits);
        Assert.Equal(("Ada Brandt", true, true), (edit.By.Name, edit.Sent, opened.Genuine));
        Assert.Equal(["removed", "added"], Assert.Single(edit.Changes).Lines.Select(line => line.Change));
        Assert.Contains(Calls.Secret, Encoding.UTF8.GetString(await host.Lot.RequestBodyAsync(ticket, Stop)), StringComparison.Ordinal);
        Assert.Contains("Nothing of it.", Encoding.UTF8.GetString(await host.Lot.ReviewedBodyAsync(await host.TicketAsync(ticket.Id), Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_value_stays_where_its_token_stays_and_nobody_has_to_see_it()
    {
        var model = shared.Upstream.Model(Answers.Chat("Fine."));
        var ticket = await host.ParkAsync(caller, model);
        var view = await ViewAsync(ticket.Id);
        var text = Editable(view, findings: ticket.Findings).Replace("Why", "Please say why", StringComparison.Ordinal);
        Assert.DoesNotContain(Calls.Secret, text, StringComparison.Ordinal);

        (await EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, text)))).EnsureSuccessStatusCode();

        var body = Encoding.UTF8.GetString(await host.Lot.ReviewedBodyAsync(await host.TicketAsync(ticket.Id), Stop));
        Assert.Contains($"Please say why does {Calls.Secret} not work?", body, StringComparison.Ordinal);
        Assert.DoesNotContain(Calls.Secret, JsonSerializer.Serialize(await ViewAsync(ticket.Id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_nobody_revealed_does_not_show_when_the_words_are_gone_by_which_it_was_found()
    {
        const string Value = "zebrastripe77";
        var reply = await caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, shared.Upstream.Model(Answers.Chat("Fine.")), $"The database password is {Value} and the key {Calls.Secret}."), ("Prefer", "respond-async"));
        var ticket = await host.TicketAsync(reply.Header("x-approval-id")!); // it is parked
        var view = await ViewAsync(ticket.Id);
        var token = view.Parts[0].Runs.First(run => run.Masked && run.Text == "[PASSWORD]");

        (await EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, $"A word: {EditToken.Of("PASSWORD", token.Finding!.Value)}, twice {EditToken.Of("PASSWORD", token.Finding.Value)}")))).EnsureSuccessStatusCode();

        var after = await ViewAsync(ticket.Id);
        Assert.Contains(Value, Encoding.UTF8.GetString(await host.Lot.ReviewedBodyAsync(await host.TicketAsync(ticket.Id), Stop)), StringComparison.Ordinal);
        Assert.Equal(2, after.Parts[0].Runs.Count(run => run.Masked));
        Assert.DoesNotContain(Value, JsonSerializer.Serialize(after), StringComparison.Ordinal);
        Assert.DoesNotContain(Value, (await host.TicketAsync(ticket.Id)).Editions[0].Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_written_without_end_is_refused_before_it_fills_the_memory()
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));
        var view = await ViewAsync(ticket.Id);
        var token = view.Parts[0].Runs.First(run => run.Masked).Finding!.Value;

        using var refused = await EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, string.Concat(Enumerable.Repeat(EditToken.Of(ticket.Findings[token].Type, token), 900_000)))));

        Assert.False(refused.IsSuccessStatusCode);
        Assert.Empty((await host.TicketAsync(ticket.Id)).Editions);
    }

    [Fact]
    public async Task An_edit_without_its_texts_is_400_and_no_fault()
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));

        foreach (var wish in new[] { """ "parts":null """, """ "parts":[null] """, """ "parts":[{"path":"/messages/0/content","text":null}] """, """ "drop":[null] """ })
        {
            var body = $$"""{"operationId":"{{Guid.NewGuid()}}","from":"{{ticket.Digest}}",{{wish}}}""";
            Assert.Equal(HttpStatusCode.BadRequest, (await ada.PostAsync($"/api/prompts/{ticket.Id}/edits", body)).Status);
        }
    }

    [Theory]
    [InlineData("\u27E6SECRET 7\u27E7")]
    [InlineData("\u27E6EMAIL_ADDRESS 0\u27E7")]
    [InlineData("\u27E6SECRET 0")]
    [InlineData("\u27E6\u27E7")]
    [InlineData("\u27E6SECRET 99999999999999999999\u27E7")]
    public async Task A_token_of_no_value_of_that_text_is_refused(string token)
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));
        var view = await ViewAsync(ticket.Id);

        using var refused = await EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, $"Look: {token}")));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Empty((await host.TicketAsync(ticket.Id)).Editions);
    }

    [Fact]
    public async Task Of_two_who_change_the_same_text_one_wins_and_the_other_hears_it()
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));
        var view = await ViewAsync(ticket.Id);
        var riley = await host.PersonAsync("riley");

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, $"Version {i}.")), i % 2 == 0 ? ada : riley)));

        Assert.Single(replies, reply => reply.StatusCode == HttpStatusCode.OK);
        Assert.All(replies.Where(reply => reply.StatusCode != HttpStatusCode.OK), reply => Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode));
        Assert.Single((await host.TicketAsync(ticket.Id)).Editions);
    }

    [Fact]
    public async Task The_same_edit_sent_again_is_the_same_answer_and_one_edition()
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));
        var view = await ViewAsync(ticket.Id);
        var edit = Edit(view, new EditedPart(view.Parts[0].Path, "Once."));

        for (var i = 0; i < 3; i++) (await EditAsync(ticket.Id, edit)).EnsureSuccessStatusCode();

        Assert.Single((await host.TicketAsync(ticket.Id)).Editions);
        Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "edited"));
    }

    [Fact]
    public async Task A_release_of_the_text_before_that_wins_the_race_sends_that_text_and_no_other()
    {
        var model = shared.Upstream.Model(Answers.Chat("Fine."));
        var ticket = await host.ParkAsync(caller, model);
        var view = await ViewAsync(ticket.Id);
        (await EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, "Changed.")))).EnsureSuccessStatusCode();

        await host.DecideAsync(ticket); // about the caller's own text
        await host.TicketWhenAsync(ticket.Id, t => t.Status.IsSettled());

        Assert.Contains(Calls.Secret, Encoding.UTF8.GetString(shared.Upstream.For(model).Single().Body), StringComparison.Ordinal);
        Assert.Null((await host.TicketAsync(ticket.Id)).Edited);
    }

    [Fact]
    public async Task An_answer_that_waits_stands_beside_the_text_that_was_sent_and_nothing_of_the_callers_own_shows()
    {
        host.Policies.Put(PolicyTexts.WithRules("""
              - {name: leaked secrets, when: {on: response, findings: [{category: secret}]}, then: {action: park}}
            """));
        var model = shared.Upstream.Model(Answers.Chat("the key is AKIA" + "7HQ2WMVKT3BX4QNL"));
        var ticket = await host.ParkAsync(caller, model);
        var view = await ViewAsync(ticket.Id);
        (await EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, "Which key is it?")))).EnsureSuccessStatusCode();
        await VoteAsync(ticket.Id, (await ViewAsync(ticket.Id)).Digest);
        var first = await host.TicketWhenAsync(ticket.Id, t => t.ContinuedBy is not null);
        var held = await host.TicketAsync(first.ContinuedBy!); // it waits for that

        var waits = await ViewAsync(held.Id);

        Assert.Equal("Which key is it?", waits.Parts[0].Runs.Single().Text);
        Assert.Equal(("Ada Brandt", held.Digest), (waits.Edit?.By.Name, waits.Digest));
        Assert.DoesNotContain(Calls.Secret, JsonSerializer.Serialize(waits), StringComparison.Ordinal);
        Assert.DoesNotContain("7HQ2WMVKT3BX4QNL", JsonSerializer.Serialize(waits), StringComparison.Ordinal);
        await host.DecideAsync(held, digest: first.Editions[0].Digest); // the digest of its prompt is not that of the answer
        await host.DecideAsync(held);
        await host.TicketWhenAsync(held.Id, t => t.Status.IsSettled());
        Assert.Equal(held.Digest, (await host.TicketAsync(held.Id)).DecidedDigest);
        Assert.Equal(HttpStatusCode.OK, (await caller.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, Tickets.Risky()))).Status);
    }

    [Fact]
    public async Task A_decision_about_a_text_that_nobody_made_releases_nothing()
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));
        var view = await ViewAsync(ticket.Id);
        (await EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, "Changed.")))).EnsureSuccessStatusCode();

        await host.DecideAsync(ticket, digest: new string('0', 64));
        await host.DecideAsync(ticket, ApprovalStatus.Rejected, (await ViewAsync(ticket.Id)).Digest, "No.");

        Assert.Equal(ApprovalStatus.Rejected, (await host.TicketWhenAsync(ticket.Id, t => t.Status.IsDecided())).Status);
    }

    [Fact]
    public async Task Nothing_is_made_of_it_that_policy_would_block_or_that_nobody_serves()
    {
        host.Policies.Put(PolicyTexts.WithRules("""
              - {name: no jokes, when: {models: [forbidden-*]}, then: {action: block}}
            """));
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));
        var view = await ViewAsync(ticket.Id);

        foreach (var model in new[] { "forbidden-1", "nobody/serves this" })
        {
            using var refused = await EditAsync(ticket.Id, Edit(view) with { Model = model });
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        using var same = await EditAsync(ticket.Id, Edit(view));
        Assert.Equal(HttpStatusCode.BadRequest, same.StatusCode);
        Assert.Empty((await host.TicketAsync(ticket.Id)).Editions);
    }

    [Fact]
    public async Task It_goes_to_the_model_the_reviewer_chose()
    {
        var (model, other) = (shared.Upstream.Model(Answers.Chat("Fine.")), shared.Upstream.Model(Answers.Chat("Fine too.")));
        var ticket = await host.ParkAsync(caller, model);
        var view = await ViewAsync(ticket.Id);

        (await EditAsync(ticket.Id, Edit(view) with { Model = other })).EnsureSuccessStatusCode();
        await VoteAsync(ticket.Id, (await ViewAsync(ticket.Id)).Digest);
        await host.TicketWhenAsync(ticket.Id, t => t.Status.IsSettled());

        Assert.Empty(shared.Upstream.For(model));
        Assert.Contains($"\"{other}\"", Encoding.UTF8.GetString(shared.Upstream.For(other).Single().Body), StringComparison.Ordinal);
        Assert.Equal(other, (await host.EntryAsync(e => e.TicketId == ticket.Id && e.Kind == "execution")).Model);
    }

    [Fact]
    public async Task An_attachment_that_is_dropped_does_not_go_along()
    {
        var model = shared.Upstream.Model(Answers.Chat("Fine."));
        var picture = "data:image/png;base64," + Convert.ToBase64String(Enumerable.Range(0, 90).Select(i => (byte)(i * 7)).ToArray());
        var body = JsonSerializer.Serialize(new
        {
            model, messages = new[] { new { role = "user", content = new object[] { new { type = "text", text = "What is in these?" }, new { type = "image_url", image_url = new { url = picture } }, new { type = "image_url", image_url = new { url = "https://example.com/a.png" } } } } },
        });
        var reply = await caller.PostAsync(Calls.Chat, body, ("Prefer", "respond-async"));
        var ticket = reply.Header("x-approval-id")!; // it is parked
        var view = await ViewAsync(ticket);
        Assert.Equal([new PromptAttachment("/messages/0/content/1", "image/png", 90), new PromptAttachment("/messages/0/content/2", null, null)], view.Attachments);

        (await EditAsync(ticket, Edit(view) with { Drop = ["/messages/0/content/1", "/messages/0/content/2"] })).EnsureSuccessStatusCode();
        var after = await ViewAsync(ticket);
        await VoteAsync(ticket, after.Digest);
        await host.TicketWhenAsync(ticket, t => t.Status.IsSettled());

        Assert.Empty(after.Attachments);
        Assert.Equal(2, after.Edit!.Dropped.Count);
        var sent = Encoding.UTF8.GetString(shared.Upstream.For(model).Single().Body);
        Assert.DoesNotContain("image", sent, StringComparison.Ordinal);
        Assert.Contains("What is in these?", sent, StringComparison.Ordinal);
        using var message = await EditAsync(ticket, Edit(after) with { Drop = ["/messages/0"] });
        Assert.False(message.IsSuccessStatusCode, "only what is attached can be dropped");
    }

    [Fact]
    public async Task What_is_hidden_stays_hidden_where_an_attachment_before_it_is_dropped()
    {
        var picture = "data:image/png;base64," + Convert.ToBase64String(Enumerable.Range(0, 90).Select(i => (byte)(i * 7)).ToArray());
        var body = JsonSerializer.Serialize(new
        {
            model = shared.Upstream.Model(Answers.Chat("Fine.")),
            messages = new[] { new { role = "user", content = new object[] { new { type = "image_url", image_url = new { url = picture } }, new { type = "text", text = "The database password is zebrastripe77." } } } },
        });
        var ticket = (await caller.PostAsync(Calls.Chat, body, ("Prefer", "respond-async"))).Header("x-approval-id")!; // it is parked
        var view = await ViewAsync(ticket);
        var (part, run) = view.Parts.SelectMany(part => part.Runs.Select(run => (part, run))).First(one => one.run.Masked);

        (await EditAsync(ticket, Edit(view, new EditedPart(part.Path, $"A word: {EditToken.Of("PASSWORD", run.Finding!.Value)}")) with { Drop = ["/messages/0/content/0"] })).EnsureSuccessStatusCode();

        var after = await ViewAsync(ticket);
        Assert.Empty(after.Attachments);
        Assert.Contains(after.Parts.Single(text => text.Kind == "text").Runs, shown => shown.Masked);
        Assert.DoesNotContain("zebrastripe77", JsonSerializer.Serialize(after), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_changes_their_own_prompt_and_strangers_do_not_learn_that_it_exists()
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));
        var view = await ViewAsync(ticket.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await EditAsync("apr_" + Guid.NewGuid().ToString("N"), Edit(view))).StatusCode);
        await host.ReadAsync(async store =>
        {
            var own = await store.FindAsync<Ticket>([ticket.Id], Stop);
            store.Entry(own!).Property(t => t.Caller).CurrentValue = ticket.Caller with { Owner = "ada" };
            return await store.SaveChangesAsync(Stop);
        });

        Assert.Equal(HttpStatusCode.Forbidden, (await EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, "Mine.")))).StatusCode);
    }

    [Fact]
    public async Task What_was_edited_is_erased_with_the_rest()
    {
        var ticket = await host.ParkAsync(caller, shared.Upstream.Model(Answers.Chat("Fine.")));
        var view = await ViewAsync(ticket.Id);
        (await EditAsync(ticket.Id, Edit(view, new EditedPart(view.Parts[0].Path, "Changed.")))).EnsureSuccessStatusCode();
        await host.DecideAsync(ticket, ApprovalStatus.Rejected, (await ViewAsync(ticket.Id)).Digest, "No.");
        await host.TicketWhenAsync(ticket.Id, t => t.Status.IsSettled());

        using var erased = await ada.PostAsJsonAsync("/api/erasures", new EraseTexts { Ids = [ticket.Id], Reason = "They asked for it." }, JsonWire.Options, Stop);

        var row = await host.TicketAsync(ticket.Id);
        Assert.True(erased.IsSuccessStatusCode, $"{erased.StatusCode}");
        Assert.Empty(row.Editions);
        Assert.Equal(HttpStatusCode.Gone, (await ada.GetReplyAsync($"/api/prompts/{ticket.Id}")).Status);
    }
}
