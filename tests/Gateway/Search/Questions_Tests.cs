using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Audit;
using Gateway.Search;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tests.Servers;

namespace Gateway.Tests.Search;

/// <summary>The three questions of an auditor, asked of what really went through a gateway.</summary>
public sealed class Questions_Tests(SharedGateway shared, Databases databases)
{
    private const string Card = "4539 1488 0343 6467";
    private const string Plan = "Draft the announcement that the Rotterdam warehouse moves to Antwerp in the spring of next year";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => Databases.All;

    [Theory, MemberData(nameof(All))]
    public async Task Who_asked_for_this_by_the_text_a_similar_one_or_words_of_it(string provider)
    {
        await using var host = await StartAsync(provider);
        var ada = await host.PersonAsync();
        var asked = await SendAsync(host, Plan);
        await SendAsync(host, "What is the capital of France?");
        await FindableAsync(host);

        var exact = await AskAsync(ada, "who-asked", new { text = $"  {Plan.ToUpperInvariant()} " });
        var similar = await AskAsync(ada, "who-asked", new { text = "the announcement says the Rotterdam warehouse moves to Antwerp next spring" });
        var words = await AskAsync(ada, "who-asked", new { text = "rotterdam antwerp" });
        var nobody = await AskAsync(ada, "who-asked", new { text = "rotterdam hamburg" });

        Assert.Equal((asked, "exact", 1.0), OneOf(exact, "how", "likeness"));
        Assert.Equal((asked, "similar"), (OneOf(similar, "how", "likeness").Item1, OneOf(similar, "how", "likeness").Item2));
        Assert.Equal((asked, "words"), (OneOf(words, "how", "likeness").Item1, OneOf(words, "how", "likeness").Item2));
        Assert.Equal((0, 2L), (nobody["items"]!.AsArray().Count, nobody["looked"]!.GetValue<long>()));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Did_a_value_leave_by_its_type_or_by_itself_however_it_is_written(string provider)
    {
        await using var host = await StartAsync(provider, ("Policy:MaskAt", "1"), ("Policy:ParkAt", "101"), ("Policy:BlockAt", "101"));
        var ada = await host.PersonAsync();
        var masked = await SendAsync(host, $"Please charge the card {Card} for the order.", echo: true);
        await FindableAsync(host);
        await using var open = await StartAsync(provider, ("Policy:MaskAt", "101"), ("Policy:ParkAt", "101"), ("Policy:BlockAt", "101"));
        var sent = await SendAsync(open, $"Please charge the card {Card} for the order.");
        await FindableAsync(open);

        var kept = await AskAsync(ada, "did-it-leave", new { value = Card.Replace(" ", "", StringComparison.Ordinal) });
        var byType = await AskAsync(await open.PersonAsync(), "did-it-leave", new { type = "CREDIT_CARD" });
        var byValue = await AskAsync(await open.PersonAsync(), "did-it-leave", new { value = Card.Replace(' ', '-') });
        var other = await AskAsync(await open.PersonAsync(), "did-it-leave", new { value = "4111 1111 1111 1111" });

        Assert.DoesNotContain(kept["items"]!.AsArray(), item => item!["where"]!.GetValue<string>() == "model");
        Assert.Contains(kept["items"]!.AsArray(), item => item!["interactionId"]!.GetValue<string>() == masked);
        Assert.Equal((sent, "model"), (byType["items"]![0]!["interactionId"]!.GetValue<string>(), byType["items"]![0]!["where"]!.GetValue<string>()));
        Assert.Equal((sent, "model"), (byValue["items"]![0]!["interactionId"]!.GetValue<string>(), byValue["items"]![0]!["where"]!.GetValue<string>()));
        Assert.Empty(other["items"]!.AsArray());
    }

    [Fact]
    public async Task A_masked_prompt_that_is_run_in_the_background_has_left_nothing_in_the_clear()
    {
        await using var host = await StartAsync("Sqlite", ("Policy:MaskAt", "1"), ("Policy:ParkAt", "101"), ("Policy:BlockAt", "101"));
        var model = shared.Upstream.Model(Answers.Json("""{"id":"resp_1","object":"response","status":"completed","output":[]}"""));
        var reply = await host.Caller().PostAsync("/v1/responses", JsonSerializer.Serialize(new { model, background = true, input = $"Please charge the card {Card} for the order." }));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        await host.EntryAsync(e => e.Model == model && e.Kind == "execution");
        Assert.DoesNotContain("4539", shared.Upstream.Only(model).Text, StringComparison.Ordinal);
        await FindableAsync(host);

        var found = await AskAsync(await host.PersonAsync(), "did-it-leave", new { value = Card });

        Assert.Equal(["nowhere"], found["items"]!.AsArray().Select(item => item!["where"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_value_whose_call_broke_off_after_it_was_sent_in_strict_mode_has_left()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        const string failing = "int_broken_off";
        var seals = host.Services.GetRequiredService<Gateway.Texts.TextVault>().Begin(failing, "alice", Gateway.Texts.TextClass.Forwarded);
        var text = seals.Seal(JsonSerializer.SerializeToUtf8Bytes(new { model = "m", messages = new[] { new { role = "user", content = Card } } }));
        await using (var store = await host.StoreAsync())
        {
            store.AddRange(seals.TakeRows());
            store.Add(new TrailEntry
            {
                At = TimeProvider.System.GetUtcNow(), Kind = "request", Actor = "alice", InteractionId = failing, Route = Calls.Chat, Decision = "forward", Outcome = "sent", RequestText = text.Id,
                Findings = $$"""[{"detector":"cards","category":"personal","type":"CREDIT_CARD","path":"/messages/0/content","start":0,"end":{{Card.Length}},"confidence":1,"reason":"a card"}]""",
            });
            await store.SaveChangesAsync(Ct);
        }
        await FindableAsync(host);

        var found = await AskAsync(await host.PersonAsync(), "did-it-leave", new { value = Card });

        Assert.Equal((failing, "model"), (found["items"]![0]!["interactionId"]!.GetValue<string>(), found["items"]![0]!["where"]!.GetValue<string>()));
    }

    /// <summary>As after a power cut, which may undo how far it has come but not what was found.</summary>
    [Theory, MemberData(nameof(All))]
    public async Task What_is_indexed_again_is_there_once(string provider)
    {
        await using var host = await StartAsync(provider, ("Policy:ParkAt", "101"), ("Policy:BlockAt", "101"));
        await SendAsync(host, $"{Plan}, card {Card}.");
        await FindableAsync(host);
        var before = await host.ReadAsync(store => store.Set<Fingerprint>().OrderBy(f => f.Id).Select(f => f.Id).ToListAsync(Ct));
        await host.ReadAsync(store => store.Set<SearchCursor>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Checkpoint, 0), Ct));
        await SendAsync(host, "What is the capital of France?");

        await FindableAsync(host);

        var after = await host.ReadAsync(store => store.Set<Fingerprint>().OrderBy(f => f.Id).Select(f => f.Id).ToListAsync(Ct));
        Assert.Equal(2, before.Count); // the text, and the card
        Assert.Equal([.. before, after[^1]], after);
        Assert.Equal(2, await host.ReadAsync(store => store.Set<PromptWords>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Neither_values_nor_words_lie_in_the_index_and_erasing_takes_them_out()
    {
        await using var host = await StartAsync("Sqlite", ("Policy:ParkAt", "101"), ("Policy:BlockAt", "101"));
        var ada = await host.PersonAsync();
        var id = await SendAsync(host, $"{Plan}, card {Card}.");
        await FindableAsync(host);

        Assert.NotEmpty(await host.ReadAsync(store => store.Set<Fingerprint>().Where(f => f.InteractionId == id).ToListAsync(Ct)));
        await ada.PostAsync("/api/erasures", $$"""{"ids":["{{id}}"],"reason":"a request"}""");
        await FindableAsync(host);

        Assert.Empty(await host.ReadAsync(store => store.Set<Fingerprint>().ToListAsync(Ct)));
        Assert.Empty(await host.ReadAsync(store => store.Set<PromptWords>().ToListAsync(Ct)));
        Assert.Empty((await AskAsync(ada, "who-asked", new { text = Plan }))["items"]!.AsArray());
        // What was asked about is nowhere in the trail.
        Assert.DoesNotContain(await host.TrailAsync(_ => true), entry => JsonSerializer.Serialize(entry).Contains("Rotterdam", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Who_got_past_a_rule_by_glass_grants_reveals_policy_changes_and_older_versions(string provider)
    {
        await using var host = await StartAsync(provider);
        var ada = await host.PersonAsync();
        var now = TimeProvider.System.GetUtcNow();
        TrailEntry Prompt(string id) => new() { At = now, Kind = "interaction", Actor = "alice", InteractionId = id, Decision = "forward", Outcome = "forwarded", PolicyVersion = "v1" };
        await host.AppendAsync(
            Prompt("int_harmless"), Prompt("int_grant") with { Rule = "grant:gnt_1" },
            new TrailEntry { At = now, Kind = "glass.broken", Actor = "ada", TicketId = "apr_1", Reason = "the site is down" },
            new TrailEntry { At = now, Kind = "reveal", Actor = "riley", InteractionId = "int_9", FindingTypes = ",IBAN,", Reason = "a refund" });
        await using (var store = await host.StoreAsync())
        {
            store.Add(new Gateway.Policies.PolicyVersion { Number = 2, Text = "version: 1", Origin = Gateway.Policies.PolicyOrigin.Draft, Author = "eve", AuthorName = "Eve", Approver = "ada", ApproverName = "Ada", At = now.AddMinutes(-2) });
            await store.SaveChangesAsync(Ct);
        }
        await host.AppendAsync(Prompt("int_late") with { At = now.AddMinutes(1) }, Prompt("int_eve") with { Actor = "eve", PolicyVersion = "v2" });

        var past = await AskAsync(ada, "who-got-past", new { from = now.AddHours(-1), to = now.AddHours(1) });

        var found = past["items"]!.AsArray().Select(item => (item!["how"]!.GetValue<string>(), item["interactionId"]?.GetValue<string>() ?? item["ticketId"]?.GetValue<string>())).ToHashSet();
        Assert.Superset(new HashSet<(string, string?)> { ("glass broken", "apr_1"), ("grant", "int_grant"), ("reveal", "int_9"), ("older version", "int_late"), ("policy changed", "int_eve") }, found);
        Assert.DoesNotContain(found, one => one.Item2 == "int_harmless" && one.Item1 != "older version");
    }

    [Fact]
    public async Task Nobody_is_asked_about_nothing()
    {
        var ada = await shared.Host.PersonAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.PostAsync("/api/questions/who-asked", """{"text":" "}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.PostAsync("/api/questions/did-it-leave", "{}")).Status);
    }

    private async Task<GatewayHost> StartAsync(string provider, params (string, string)[] more)
    {
        var settings = (await databases.NewAsync(provider)).Settings("Storage").ToDictionary();
        foreach (var (name, value) in more) settings[name] = value;
        return await GatewayHost.StartAsync(shared.Upstream, settings);
    }

    private async Task<string> SendAsync(GatewayHost host, string text, bool echo = false)
    {
        var model = shared.Upstream.Model(Answers.Chat(echo ? "I charged it." : "Done."));
        var reply = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, text));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return (await host.EntryAsync(e => e.Model == model && e.Kind == "interaction")).InteractionId!;
    }

    private static async Task FindableAsync(GatewayHost host)
    {
        await host.CoverAsync();
        await host.IndexAsync();
    }

    private static async Task<JsonNode> AskAsync(HttpClient person, string question, object asked)
    {
        var reply = await person.PostAsync($"/api/questions/{question}", JsonSerializer.Serialize(asked));
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
        return reply.Json;
    }

    private static (string, string, double) OneOf(JsonNode found, string how, string likeness) =>
        Assert.Single(found["items"]!.AsArray()) is var item ? (item!["interactionId"]!.GetValue<string>(), item[how]!.GetValue<string>(), item[likeness]!.GetValue<double>()) : default;
}
