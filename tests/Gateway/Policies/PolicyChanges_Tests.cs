using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using Contracts.Api;
using Gateway.Tests.Support;

namespace Gateway.Tests.Policies;

/// <summary>A policy changes by two people, or by one in the ways that can only be stricter or were agreed to before.</summary>
public sealed class PolicyChanges_Tests : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private MockUpstream upstream = null!; // set before every test, like the three below
    private GatewayHost host = null!;
    private HttpClient ada = null!;
    private HttpClient riley = null!;

    public async ValueTask InitializeAsync()
    {
        upstream = await MockUpstream.StartAsync();
        host = await GatewayHost.StartAsync(upstream);
        (ada, riley) = (await host.PersonAsync("ada"), await host.PersonAsync("riley"));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task The_first_version_is_what_the_settings_say()
    {
        var first = await VersionAsync(1);
        Assert.Equal(("first", "Settings"), (first.Origin, first.Author.Name));
        Assert.Contains("park: 60", first.Text, StringComparison.Ordinal);
        Assert.Equal("v1", (await host.EntryAsync(e => e.Kind == "policy.version")).PolicyVersion);
    }

    [Fact]
    public async Task A_change_needs_two_people_and_judges_from_the_next_prompt_on()
    {
        var id = Guid.NewGuid();
        var draft = await DraftAsync(id, "park: 60", "park: 31", "Mail is looked at.");
        Assert.Contains(draft.Diff!, line => line is { Change: "added" } && line.Text.Trim() == "park: 31");

        var proposed = await PostAsync<PolicyDraftView>(ada, $"drafts/{id}/propose");
        Assert.Equal(("proposed", 1), (proposed.Status, (await GetAsync<PolicyDraftView>($"drafts/{id}")).Base));
        Assert.NotNull((await GetAsync<PolicyDraftView>($"drafts/{id}")).WhatIf);
        await AssertRefusedAsync(HttpStatusCode.Forbidden, "This is your own draft", ada, $"drafts/{id}/approve", new ApproveDraft(proposed.Digest, null));
        await AssertRefusedAsync(HttpStatusCode.Conflict, "changed after you read it", riley, $"drafts/{id}/approve", new ApproveDraft("other", null));

        var version = await PostAsync<PolicyVersionView>(riley, $"drafts/{id}/approve", new ApproveDraft(proposed.Digest, "Fine."));
        Assert.Equal((2, "draft", "ada", "riley"), (version.Number, version.Origin, version.Author.Subject, version.Approver!.Subject));
        Assert.Equal(2, (await PostAsync<PolicyVersionView>(riley, $"drafts/{id}/approve", new ApproveDraft(proposed.Digest, "Fine."))).Number); // told again

        Assert.Equal(HttpStatusCode.Accepted, (await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, "echo", "My mail is jo.doe@example.org"), ("Prefer", "respond-async"))).Status);
        var entry = await host.EntryAsync(e => e.Kind == "parked");
        Assert.Equal(("v2", "park"), (entry.PolicyVersion, entry.Decision));
        Assert.Equal(["policy.version first", "policy.draft written", "policy.draft proposed", "policy.version approved"],
            (await host.TrailAsync(e => e.Kind.StartsWith("policy."))).Select(e => $"{e.Kind} {e.Outcome}"));
    }

    [Fact]
    public async Task A_draft_for_an_older_version_is_written_anew()
    {
        var (slow, fast) = (Guid.NewGuid(), Guid.NewGuid());
        await DraftAsync(slow, "park: 60", "park: 61");
        await DraftAsync(fast, "park: 60", "park: 59");
        var first = await PostAsync<PolicyDraftView>(ada, $"drafts/{fast}/propose");
        var second = await PostAsync<PolicyDraftView>(ada, $"drafts/{slow}/propose");
        await PostAsync<PolicyVersionView>(riley, $"drafts/{fast}/approve", new ApproveDraft(first.Digest, null));

        await AssertRefusedAsync(HttpStatusCode.Conflict, "Version 2 came into force after this draft was written for version 1", riley, $"drafts/{slow}/approve", new ApproveDraft(second.Digest, null));
    }

    [Fact]
    public async Task Of_many_who_approve_at_once_one_does()
    {
        var drafts = new List<(Guid Id, string Digest)>();
        foreach (var park in Enumerable.Range(50, 8))
        {
            var id = Guid.NewGuid();
            await DraftAsync(id, "park: 60", $"park: {park}");
            drafts.Add((id, (await PostAsync<PolicyDraftView>(ada, $"drafts/{id}/propose")).Digest));
        }
        var answers = await Task.WhenAll(drafts.Select(draft => riley.PostAsJsonAsync($"/api/policies/drafts/{draft.Id}/approve", new ApproveDraft(draft.Digest, null), JsonWire.Options, Stop)));

        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 7)], answers.Select(answer => answer.StatusCode).Order());
        Assert.Equal(2, (await GetAsync<PolicyOverview>("")).Current);
        Assert.Single(await host.TrailAsync(e => e.Outcome == "approved"));
    }

    [Fact]
    public async Task A_draft_changed_after_it_was_proposed_waits_for_its_author_again()
    {
        var id = Guid.NewGuid();
        await DraftAsync(id, "park: 60", "park: 59");
        var proposed = await PostAsync<PolicyDraftView>(ada, $"drafts/{id}/propose");
        using var other = await riley.PutAsJsonAsync($"/api/policies/drafts/{id}", new WriteDraft(proposed.Text ?? "", null, proposed.Version), JsonWire.Options, Stop);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode); // may approve, not edit

        await WriteAsync(id, (await VersionAsync(1)).Text!.Replace("park: 60", "park: 94", StringComparison.Ordinal), proposed.Version);
        await AssertRefusedAsync(HttpStatusCode.Conflict, "is open, not waiting for a yes", riley, $"drafts/{id}/approve", new ApproveDraft(proposed.Digest, null));
    }

    [Fact]
    public async Task A_policy_that_cannot_work_gets_no_further_than_the_draft()
    {
        using var answer = await ada.PutAsJsonAsync($"/api/policies/drafts/{Guid.NewGuid()}", new WriteDraft($"{PolicyTexts.Frame}rules:\n  - {{name: x, then: {{action: park, stages: [{{groups: [reviewers], people: 9}}]}}}}", null, null), JsonWire.Options, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Contains("it needs 9 people, and reviewers has 3", problem.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, problem.GetProperty("errors")[0].GetProperty("line").GetInt32());
        Assert.Empty((await GetAsync<PolicyOverview>("")).Drafts);
    }

    [Fact]
    public async Task In_an_emergency_one_person_tightens_at_once_and_another_looks_afterwards()
    {
        var text = (await VersionAsync(1)).Text!;
        await AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "somebody else has to agree", ada, "tighten", new TightenPolicy(1, text.Replace("park: 60", "park: 70", StringComparison.Ordinal), "An incident."));
        await AssertRefusedAsync(HttpStatusCode.BadRequest, "needs a reason", ada, "tighten", new TightenPolicy(1, text, " "));

        var tightened = await PostAsync<PolicyVersionView>(ada, "tighten", new TightenPolicy(1, text.Replace("park: 60", "park: 31", StringComparison.Ordinal), "An incident."));
        Assert.Equal((2, "emergency", true), (tightened.Number, tightened.Origin, tightened.AwaitsReview));
        await AssertRefusedAsync(HttpStatusCode.Conflict, "Version 2 came into force in the meantime", ada, "tighten", new TightenPolicy(1, text, "Again."));
        await AssertRefusedAsync(HttpStatusCode.Forbidden, "somebody else looks at it", ada, "2/review", new PolicyReason("Looked."));

        var reviewed = await PostAsync<PolicyVersionView>(riley, "2/review", new PolicyReason("It was right."));
        Assert.Equal((false, "riley"), (reviewed.AwaitsReview, reviewed.ReviewedBy!.Subject));
        await AssertRefusedAsync(HttpStatusCode.Conflict, "has looked at this already", riley, "2/review", new PolicyReason("Again."));
    }

    [Fact]
    public async Task Rolling_back_is_one_action_and_a_version_of_its_own()
    {
        var text = (await VersionAsync(1)).Text!;
        await PostAsync<PolicyVersionView>(ada, "tighten", new TightenPolicy(1, text.Replace("park: 60", "park: 31", StringComparison.Ordinal), "An incident."));
        await AssertRefusedAsync(HttpStatusCode.Conflict, "Version 2 came into force", riley, "1/rollback", new RollBackPolicy(1, "Too tight."));

        var back = await PostAsync<PolicyVersionView>(riley, "1/rollback", new RollBackPolicy(2, "Too tight."));
        Assert.Equal((3, "rollback", 1), (back.Number, back.Origin, back.RolledBackTo));
        Assert.Equal(text, (await VersionAsync(3)).Text);
        await AssertRefusedAsync(HttpStatusCode.Conflict, "nobody has looked at", riley, "2/rollback", new RollBackPolicy(3, "And back."));
    }

    [Fact]
    public async Task A_shadow_judges_along_and_decides_nothing()
    {
        var id = Guid.NewGuid();
        await DraftAsync(id, "block: 95", "block: 61");
        await DraftAsync(id, "mask: 30", "mask: 2");
        await PostAsync<PolicyDraftView>(ada, $"drafts/{id}/shadow", new ShadowDraft(true));
        foreach (var _ in Enumerable.Range(0, 3)) await AskAsync("My mail is jo.doe@example.org");
        foreach (var _ in Enumerable.Range(0, 2)) await AskAsync("What is a fugue?");

        var counted = await Eventually.ValueAsync(async () => (await GetAsync<PolicyDraftView>($"drafts/{id}")).Shadowed is { } all && all.Sum(c => c.Times) == 5 ? all : null, "five prompts judged along");
        Assert.Equal([("forward", "forward", 2L), ("mask", "mask", 3L)], counted.Select(c => (c.Now, c.Then, c.Times)).Order());
        Assert.Empty(await host.TrailAsync(e => e.Kind == "parked" || e.PolicyVersion == $"dft_{id:N}"));
    }

    [Fact]
    public async Task A_policy_survives_a_restart()
    {
        await PostAsync<PolicyVersionView>(ada, "tighten", new TightenPolicy(1, (await VersionAsync(1)).Text!.Replace("park: 60", "park: 31", StringComparison.Ordinal), "An incident."));
        await host.StopAsync();
        await using var second = await GatewayHost.StartAsync(upstream, data: host.DataFolder);
        Assert.Equal("v2", second.Policies.Current.Version);
    }

    private async Task AskAsync(string words) => Assert.Equal(HttpStatusCode.OK, (await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, "echo", words))).Status);

    private async Task<PolicyDraftView> DraftAsync(Guid id, string was, string becomes, string? note = null)
    {
        await WriteAsync(id, (await VersionAsync(1)).Text!.Replace(was, becomes, StringComparison.Ordinal), (await FindAsync(id))?.Version, note);
        return await GetAsync<PolicyDraftView>($"drafts/{id}");
    }

    private async Task WriteAsync(Guid id, string text, int? seen, string? note = null)
    {
        using var written = await ada.PutAsJsonAsync($"/api/policies/drafts/{id}", new WriteDraft(text, note, seen), JsonWire.Options, Stop);
        Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync(Stop));
    }

    private async Task<PolicyDraftView?> FindAsync(Guid id)
    {
        using var found = await ada.GetAsync($"/api/policies/drafts/{id}", Stop);
        return found.IsSuccessStatusCode ? await found.Content.ReadFromJsonAsync<PolicyDraftView>(JsonWire.Options, Stop) : null;
    }

    private Task<PolicyVersionView> VersionAsync(int number) => GetAsync<PolicyVersionView>($"{number}");

    private async Task<T> GetAsync<T>(string path) => (await ada.GetFromJsonAsync<T>($"/api/policies/{path}".TrimEnd('/'), JsonWire.Options, Stop))!; // the API answers with a body

    private static async Task<T> PostAsync<T>(HttpClient person, string path, object? body = null)
    {
        using var answer = await person.PostAsJsonAsync($"/api/policies/{path}", body ?? new { }, JsonWire.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Stop)}");
        return (await answer.Content.ReadFromJsonAsync<T>(JsonWire.Options, Stop))!; // the API answers with a body
    }

    private static async Task AssertRefusedAsync(HttpStatusCode status, string message, HttpClient person, string path, object body)
    {
        using var answer = await person.PostAsJsonAsync($"/api/policies/{path}", body, JsonWire.Options, Stop);
        var said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == status && said.Contains(message, StringComparison.Ordinal), $"{answer.StatusCode}: {said}");
    }
}
