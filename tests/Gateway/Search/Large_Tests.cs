using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Policy;
using Gateway.Search;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;
using Gateway.Texts;
using Gateway.Tuning;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Search;

/// <summary>
/// What a large store costs, printed, and facts planted among many interactions, found. With <c>APPROVALS_NIGHTLY=1</c> a million
/// entries, of which 50,000 with texts; otherwise 20,000 and 2,000.
/// </summary>
public sealed class Large_Tests(SharedGateway shared)
{
    private static readonly bool Nightly = Environment.GetEnvironmentVariable("APPROVALS_NIGHTLY") == "1";
    private static readonly int Texts = Nightly ? 50_000 : 2_000;
    private static readonly int Entries = Nightly ? 1_000_000 : 20_000;
    private static readonly string[] Words = ["invoice", "meeting", "report", "river", "engine", "holiday", "garden", "contract", "window", "music", "budget", "train", "letter", "market", "doctor", "harbour", "school", "winter", "museum", "bridge"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_durable_record_costs_a_call_is_printed_for_either_mode()
    {
        const int Calls = 300;
        var figures = new StringBuilder();
        foreach (var strict in new[] { "false", "true", "false", "true" })
        {
            await using var host = await GatewayHost.StartAsync(shared.Upstream, new() { ["Trail:Strict"] = strict });
            var alice = host.Caller();
            var body = Support.Calls.Body(Support.Calls.Chat, "echo", "What is the capital of France?");
            var took = new List<double>();
            for (var n = 0; n < Calls; n++)
            {
                var started = Stopwatch.GetTimestamp();
                Assert.Equal(200, (int)(await alice.PostAsync(Support.Calls.Chat, body)).Status);
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            took.Sort();
            figures.AppendLine(CultureInfo.InvariantCulture, $"Trail:Strict={strict}: one call after the other, p50 {took[Calls / 2]:F2} ms, p99 {took[Calls * 99 / 100]:F2} ms (client, gateway, SQLite and echo on one machine)");
            Assert.Equal(strict == "true" ? Calls : 0, (await host.TrailAsync(e => e.Kind == "request")).Count);
        }
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "trail-cost.md"), figures.ToString(), Ct);
    }

    [Fact]
    public async Task A_large_store_stays_usable_and_what_is_planted_in_it_is_found()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var figures = new StringBuilder($"{Entries:N0} entries, {Texts:N0} of them with texts (SQLite)\n");
        var random = new Random(7);
        var judged = PolicyJson.Write(new Judged { At = TimeProvider.System.GetUtcNow(), Caller = "alice", Groups = ["engineering"], Route = Calls.Chat, Model = "m", Score = 12 });
        var planted = new Dictionary<int, (string Id, string Text, string? Value)>
        {
            [Texts / 7] = ("int_asked", "Please summarise the confidential merger of Brandt Shipping with the Gdansk yard before Friday", null),
            [Texts / 3] = ("int_left", "Charge the card 4539 1488 0343 6467 for the order", "4539 1488 0343 6467"),
            [Texts / 2] = ("int_masked", "Charge the card 4485 2758 7110 8344 for the order", "4485 2758 7110 8344"),
        };

        await TimedAsync("written", async () =>
        {
            for (var n = 0; n < Entries; n += 1_000)
            {
                await using var store = await host.StoreAsync();
                for (var i = n; i < n + 1_000; i++)
                {
                    var (id, text, value) = planted.GetValueOrDefault(i, ($"int_{i}", string.Join(' ', Enumerable.Range(0, 30).Select(_ => Words[random.Next(Words.Length)])), null));
                    var entry = new TrailEntry
                    {
                        At = TimeProvider.System.GetUtcNow(), Kind = "interaction", Actor = $"caller-{i % 200}", InteractionId = id, Route = Calls.Chat, Model = "m", Score = i % 101, Decision = id == "int_masked" ? "mask" : "forward", Rule = "default", Outcome = "forwarded", PolicyVersion = "v1", Judged = i < Texts ? judged : null, StatusCode = 200,
                        Findings = value is null ? null : $$"""[{"detector":"cards","category":"personal","type":"CREDIT_CARD","path":"/messages/0/content","start":16,"end":{{16 + value.Length}},"confidence":1,"reason":"a card"}]""", FindingTypes = value is null ? "" : ",CREDIT_CARD,",
                    };
                    if (i < Texts)
                    {
                        var seals = host.Services.GetRequiredService<TextVault>().Begin(id, entry.Actor, TextClass.Forwarded);
                        var body = JsonSerializer.SerializeToUtf8Bytes(new { model = "m", messages = new[] { new { role = "user", content = text } } });
                        entry = entry with { RequestText = seals.Seal(body).Id, RequestDigest = seals.Digest(body) };
                        store.AddRange(seals.TakeRows());
                    }
                    store.Add(entry);
                }
                await store.SaveChangesAsync(Ct);
            }
        });
        await host.AppendAsync(new TrailEntry { At = TimeProvider.System.GetUtcNow(), Kind = "glass.broken", Actor = "ada", TicketId = "apr_glass", Reason = "the site is down" });
        await TimedAsync("checkpoints", async () =>
        {
            while (await host.Checkpoints().MakeAsync(Ct) is { Full: true })
            {
                // All of it.
            }
        });
        await TimedAsync("indexed", host.IndexAsync);
        await TimedAsync("audit verify", async () => (await host.VerifyAsync()).AssertSound());

        var ada = await host.PersonAsync();
        await TimedAsync("list by caller and score", async () => Assert.NotEmpty((await ada.GetReplyAsync("/api/trail?actor=caller-7&least=90")).Json["items"]!.AsArray()));
        await TimedAsync("what-if over what is recorded", async () => Assert.NotNull(await host.Services.GetRequiredService<WhatIf>().CompareAsync(host.Policies.Current, TimeSpan.FromDays(1), Ct)));
        var questions = host.Services.GetRequiredService<Questions>();
        await TimedAsync("who asked for this", async () => Assert.Equal("int_asked", (await questions.WhoAskedAsync(new WhoAsked { Text = "the merger of Brandt Shipping with the Gdansk yard" }, Ct)).Items[0].InteractionId));
        await TimedAsync("did it leave (by value)", async () => Assert.Equal(("int_left", "model"), await LeftAsync("4539148803436467")));
        await TimedAsync("did it leave (masked)", async () => Assert.Equal(("int_masked", "nowhere"), await LeftAsync("4485-2758-7110-8344")));
        await TimedAsync("did it leave (by type)", async () => Assert.Equal(["int_left"], (await questions.DidItLeaveAsync(new DidItLeave { Type = "CREDIT_CARD" }, [], Ct)).Items.Select(item => item.InteractionId)));
        await TimedAsync("who got past a rule", async () => Assert.Contains((await questions.WhoGotPastAsync(new WhoGotPast(), Ct)).Items, one => one is { How: "glass broken", TicketId: "apr_glass" }));
        TestContext.Current.SendDiagnosticMessage(figures.ToString());
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "large-store.md"), figures.ToString(), Ct);

        async Task<(string, string)> LeftAsync(string value) => (await questions.DidItLeaveAsync(new DidItLeave { Value = value }, ["CREDIT_CARD", "IBAN"], Ct)).Items.Select(item => (item.InteractionId, item.Where)).Single();

        async Task TimedAsync(string what, Func<Task> act)
        {
            var started = Stopwatch.GetTimestamp();
            await act();
            figures.AppendLine(CultureInfo.InvariantCulture, $"{what}: {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s");
        }
    }
}
