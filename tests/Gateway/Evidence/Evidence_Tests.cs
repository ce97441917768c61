using System.IO.Compression;
using System.Text.Json.Nodes;
using Gateway.Evidence;
using Gateway.Proof;
using Gateway.Proof.Verification;
using Gateway.Shell;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Tests.Servers;

namespace Gateway.Tests.Evidence;

/// <summary>What an auditor takes away: the same bytes for the same question, checked without the gateway.</summary>
public sealed class Evidence_Tests(SharedGateway shared, Databases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => Databases.All;

    [Theory, MemberData(nameof(All))]
    public async Task The_same_question_gives_the_same_bytes_whatever_came_since(string provider)
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream, (await databases.NewAsync(provider)).Settings("Storage").ToDictionary());
        await Bundle.RecordAsync(host, 60, checkpoints: 3);
        var now = TimeProvider.System.GetUtcNow();
        EvidenceScope[] scopes = [new EvidenceScope.Period(now.AddHours(-1), now), new EvidenceScope.Person("person-0", now.AddYears(-1), now), new EvidenceScope.Case("apr_1"), new EvidenceScope.Case("int_4")];

        var first = await Task.WhenAll(scopes.Select(scope => Bundle.OfAsync(host, scope)));
        await host.AppendAsync(TrailWriter.Entry(2));
        await host.CoverAsync();
        var second = await Task.WhenAll(scopes.Select(scope => Bundle.OfAsync(host, scope)));

        Assert.All(first.Zip(second), pair => Assert.Equal(pair.First.Zip, pair.Second.Zip));
        Assert.All(first, bundle => Assert.NotEmpty(bundle.Entries));
        using var key = host.Key();
        foreach (var bundle in first)
        {
            using var zip = new ZipArchive(new MemoryStream(bundle.Zip));
            var report = await new TrailVerifier(EvidenceFiles.Read(zip).Trail, [key]).RunAsync(Ct);
            report.AssertSound();
            Assert.Equal(bundle.Entries.Count, report.Proven);
        }
    }

    [Fact]
    public async Task A_bundle_about_a_case_holds_what_others_did_about_it_and_nothing_else()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        await host.AppendAsync(TrailWriter.Entry(1), TrailWriter.Entry(2) with { TicketId = "apr_1", Actor = "ada" }, TrailWriter.Entry(4), TrailWriter.Entry(5) with { InteractionId = "int_1" });

        var byTicket = await Bundle.OfAsync(host, new EvidenceScope.Case("apr_1"));
        var byCaller = await Bundle.OfAsync(host, new EvidenceScope.Person("alice", DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow()));

        Assert.Equal(3, byTicket.Entries.Count);
        Assert.Equal(4, byCaller.Entries.Count);
        Assert.Contains("that nothing else was recorded is not", byTicket.Files[EvidenceFiles.Report], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_whose_entries_lie_far_apart_is_checked_without_the_checkpoints_in_between()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        foreach (var ticket in new[] { "apr_1", "apr_2", "apr_3", "apr_1" })
        {
            await host.AppendAsync(TrailWriter.Entry(2) with { TicketId = ticket });
            await host.CoverAsync();
        }
        var bundle = await Bundle.OfAsync(host, new EvidenceScope.Case("apr_1"));
        using var key = host.Key();
        using var another = SigningKey.FromPem(SigningKey.Make());

        var report = await Bundle.VerifyAsync(bundle.Entries, bundle.Checkpoints, key, whole: false);
        report.AssertSound();
        Assert.Equal((2, 2), (report.Proven, report.Checkpoints));
        Assert.True((await Bundle.VerifyAsync(bundle.Entries, bundle.Checkpoints, another, whole: false)).Has(FaultKind.KeyNotTrusted));
        Assert.True((await Bundle.VerifyAsync(bundle.Entries.Select(line => line.Replace("nobody", "somebody", StringComparison.Ordinal)), bundle.Checkpoints, key, whole: false)).Has(FaultKind.EntryChanged));
    }

    [Fact]
    public async Task The_report_shows_what_people_wrote_as_it_is_and_names_the_controls_it_answers()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        await host.AppendAsync(TrailWriter.Entry(1) with { Reason = "<script>alert(1)</script>\u202eevil" });
        var report = (await Bundle.OfAsync(host, new EvidenceScope.Case("apr_1"))).Files[EvidenceFiles.Report];

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;⟨U+202E⟩evil", report, StringComparison.Ordinal);
        foreach (var standard in new[] { "SOC 2", "ISO 27001", "HIPAA", "GDPR", "EU AI Act" }) Assert.Contains(standard, report, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_lie_beside_the_entries_that_name_their_digest()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var now = TimeProvider.System.GetUtcNow();
        var bundle = await Bundle.OfAsync(host, new EvidenceScope.Period(now.AddHours(-1), now));

        var version = bundle.Entries.Select(line => JsonNode.Parse(line)!).Single(entry => entry["kind"]!.GetValue<string>() == "policy.version");
        var text = bundle.Files[EvidenceFiles.Policy(version["policyVersion"]!.GetValue<string>())];
        Assert.Equal(version["requestDigest"]!.GetValue<string>(), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public async Task Anybody_with_the_public_key_checks_a_bundle_at_a_shell()
    {
        var folder = Directory.CreateTempSubdirectory("evidence-").FullName;
        try
        {
            await using var host = await GatewayHost.StartAsync(shared.Upstream);
            await Bundle.RecordAsync(host, 24, checkpoints: 2);
            var now = TimeProvider.System.GetUtcNow();
            var bundle = await Bundle.OfAsync(host, new EvidenceScope.Period(now.AddHours(-1), now));
            var (whole, cut, key) = (Path.Combine(folder, "whole.zip"), Path.Combine(folder, "cut.zip"), Path.Combine(folder, "public.pem"));
            await File.WriteAllBytesAsync(whole, bundle.Zip, Ct);
            await File.WriteAllTextAsync(key, host.Services.GetRequiredService<CheckpointSigner>().PublicPem, Ct);
            await File.WriteAllBytesAsync(cut, WithoutTheLastCheckpointAndItsEntries(bundle), Ct);

            Assert.Equal((0, true), await RunAsync("The trail is whole.", "verify", whole, "--key", key));
            Assert.Equal((1, true), await RunAsync("its end was cut off", "verify", cut, "--key", key));
            Assert.Equal((2, true), await RunAsync("Which key do you trust?", "verify", whole));
            Assert.Equal((2, true), await RunAsync("cannot be read", "verify", Path.Combine(folder, "none.zip"), "--key", Path.Combine(folder, "none.pem")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Taking_evidence_is_on_record_and_asks_for_a_reason_and_a_past_period()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var ada = await host.PersonAsync();
        var (from, to) = (TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow());

        using var taken = await ada.PostAsync("/api/evidence", new StringContent($$"""{"from":"{{from:O}}","to":"{{to:O}}","reason":"the yearly audit"}""", System.Text.Encoding.UTF8, "application/json"), Ct);
        var noReason = await ada.PostAsync("/api/evidence", $$"""{"from":"{{from:O}}","to":"{{to:O}}","reason":" "}""");
        var future = await ada.PostAsync("/api/evidence", $$"""{"from":"{{from:O}}","to":"{{to.AddDays(1):O}}","reason":"because"}""");

        var bundle = Bundle.Read(await taken.Content.ReadAsByteArrayAsync(Ct));
        using var key = host.Key();
        (await Bundle.VerifyAsync(bundle.Entries, bundle.Checkpoints, key)).AssertSound();
        Assert.Equal((400, 400), ((int)noReason.Status, (int)future.Status));
        var entry = Assert.Single(await host.TrailAsync(e => e.Kind == "evidence"));
        Assert.Equal(("ada", "the yearly audit"), (entry.Actor, entry.Reason));
    }

    private static byte[] WithoutTheLastCheckpointAndItsEntries(Bundle bundle)
    {
        var kept = bundle.Checkpoints.Take(1).ToList();
        var covered = kept.SelectMany(line => CheckpointStatement.Read(JsonNode.Parse(line)!["line"]!.GetValue<string>())!.Ranges).ToDictionary(range => range.Chain.ToString("N"), range => range.To);
        var entries = bundle.Entries.Where(line => JsonNode.Parse(line)! is var entry && covered.GetValueOrDefault(entry["chain"]!.GetValue<string>()) >= entry["position"]!.GetValue<long>());
        var changed = bundle.Files.ToDictionary();
        changed[EvidenceFiles.Checkpoints] = string.Join('\n', kept);
        changed[EvidenceFiles.Entries] = string.Join('\n', entries);
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in changed)
            {
                using var file = new StreamWriter(archive.CreateEntry(name).Open());
                file.Write(text);
            }
        }
        return zip.ToArray();
    }

    private static async Task<(int Code, bool Says)> RunAsync(string expected, params string[] args)
    {
        await using var output = new StringWriter();
        var code = await AuditCommand.RunAsync(args, output, () => throw new InvalidOperationException("No gateway is needed."));
        return (code, output.ToString().Contains(expected, StringComparison.Ordinal));
    }
}
