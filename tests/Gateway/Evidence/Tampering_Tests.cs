using System.Text;
using System.Text.Json.Nodes;
using Gateway.Evidence;
using Gateway.Proof;
using Gateway.Proof.Verification;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;

namespace Gateway.Tests.Evidence;

/// <summary>
/// Every kind of tampering at every position of an exported trail, one after the other: all of it is found, and called what it is.
/// 2,000 entries with <c>APPROVALS_NIGHTLY=1</c>, 240 otherwise.
/// </summary>
public sealed class Tampering_Tests(SharedGateway shared) : IAsyncLifetime
{
    private static readonly int Size = Environment.GetEnvironmentVariable("APPROVALS_NIGHTLY") == "1" ? 2_000 : 240;
    private Bundle bundle = null!; // set before each test
    private SigningKey key = null!;

    public async ValueTask InitializeAsync()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        await Bundle.RecordAsync(host, Size, checkpoints: 8);
        var now = TimeProvider.System.GetUtcNow();
        bundle = await Bundle.OfAsync(host, new EvidenceScope.Period(now.AddHours(-1), now));
        key = host.Key();
        Assert.InRange(bundle.Entries.Count, Size, Size + 5);
        Assert.True(bundle.Entries.Select(line => JsonNode.Parse(line)!["chain"]!.GetValue<string>()).Distinct().Count() > 1, "One chain alone proves little.");
        (await Bundle.VerifyAsync(bundle.Entries, bundle.Checkpoints, key)).AssertSound();
    }

    public ValueTask DisposeAsync()
    {
        key.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public Task A_changed_entry() => EachAsync(bundle.Entries, FaultKind.EntryChanged, (lines, i) => lines[i] = lines[i].Replace("\"kind\":\"", "\"kind\":\"x", StringComparison.Ordinal));

    [Fact]
    public Task An_entry_with_one_flipped_bit_somewhere()
    {
        var random = new Random(7);
        return EachAsync(bundle.Entries, FaultKind.EntryChanged, (lines, i) =>
        {
            // Inside the text of a value, so that it stays an entry of its place.
            var bytes = Encoding.UTF8.GetBytes(lines[i]);
            var at = lines[i].IndexOf("\"actor\":\"", StringComparison.Ordinal) + 9;
            bytes[at + random.Next(4)] ^= 1;
            lines[i] = Encoding.UTF8.GetString(bytes);
        });
    }

    [Fact]
    public Task A_dropped_entry() => EachAsync(bundle.Entries, [FaultKind.EntryMissing, FaultKind.CutOff], (lines, i) => lines.RemoveAt(i));

    [Fact]
    public Task An_entry_that_is_there_twice() => EachAsync(bundle.Entries, FaultKind.EntryAdded, (lines, i) => lines.Insert((i * 7) % lines.Count, lines[i]));

    [Fact]
    public Task An_entry_of_a_chain_that_nobody_began() => EachAsync(bundle.Entries, FaultKind.EntryAdded, (lines, i) => lines.Insert(i, Parsed(lines[i], line => line["chain"] = Guid.NewGuid().ToString("N"))), named: false);

    [Fact]
    public Task An_entry_behind_the_end_of_its_chain() => EachAsync(bundle.Entries, FaultKind.EntryAdded, (lines, i) => lines.Insert(i, Parsed(lines[i], line => line["position"] = 1_000_000 + i)), named: false);

    [Fact]
    public Task Two_lines_that_changed_places() => EachAsync(bundle.Entries, FaultKind.EntryMoved, (lines, i) =>
    {
        var other = (i + 1 + (i * 13 % (lines.Count - 1))) % lines.Count;
        (lines[i], lines[other]) = (lines[other], lines[i]);
    });

    [Fact]
    public async Task Two_entries_that_changed_places_with_their_numbers_made_to_fit()
    {
        var lines = bundle.Entries.ToList();
        for (var i = 0; i < lines.Count - 1; i++)
        {
            if (PlaceOf(lines[i]) is var (chain, position) && PlaceOf(lines[i + 1]) is var (next, following) && (chain != next || following != position + 1)) continue;
            var changed = lines.ToList();
            changed[i] = TakingThePlaceOf(lines[i + 1], lines[i]);
            changed[i + 1] = TakingThePlaceOf(lines[i], lines[i + 1]);
            var report = await Bundle.VerifyAsync(changed, bundle.Checkpoints, key);
            // Whether both of one checkpoint: then it shows that they were swapped, else only that they were changed.
            Assert.True(report.Has(FaultKind.EntryMoved) || report.Has(FaultKind.EntryChanged), $"line {i}: {Told(report)}");
            Assert.Equal(2, report.FaultCount);
            Assert.Equal(new long?[] { PlaceOf(lines[i]).Position, PlaceOf(lines[i + 1]).Position }, report.Faults.Select(fault => fault.Position).Order());
        }
    }

    [Fact]
    public Task An_end_that_was_cut_off() => EachAsync(bundle.Entries, FaultKind.CutOff, (lines, i) => lines.RemoveRange(i, lines.Count - i));

    [Fact]
    public Task A_file_that_was_cut_off_inside_a_line() => EachAsync(bundle.Entries, FaultKind.CutOff, (lines, i) =>
    {
        lines[i] = lines[i][..(lines[i].Length / 2)];
        lines.RemoveRange(i + 1, lines.Count - i - 1);
    });

    [Theory]
    [InlineData("at", FaultKind.CheckpointChanged), InlineData("root", FaultKind.CheckpointChanged), InlineData("total", FaultKind.CheckpointChanged), InlineData("publicKey", FaultKind.CheckpointChanged)]
    internal Task A_changed_checkpoint(string property, FaultKind kind) => EachCheckpointAsync([kind], (lines, i) => lines[i] = Parsed(lines[i], checkpoint =>
    {
        var statement = CheckpointStatement.Read(checkpoint["line"]!.GetValue<string>())!;
        using var another = SigningKey.FromPem(SigningKey.Make());
        checkpoint["line"] = (property switch
        {
            "at" => statement with { At = statement.At.AddSeconds(1) },
            "root" => statement with { Root = new string('0', 64) },
            "total" => statement with { Total = statement.Total + 1 },
            _ => statement with { PublicKey = another.PublicKey },
        }).ToLine();
    }));

    [Fact]
    public Task Hashes_that_are_not_those_that_were_signed() => EachCheckpointAsync([FaultKind.CheckpointChanged], (lines, i) => lines[i] = Parsed(lines[i], checkpoint =>
    {
        var leaves = Convert.FromBase64String(checkpoint["leaves"]!.GetValue<string>());
        leaves[i % leaves.Length] ^= 1;
        checkpoint["leaves"] = Convert.ToBase64String(leaves);
    }), withEntries: true);

    [Fact]
    public Task A_signature_that_was_changed() => EachCheckpointAsync([FaultKind.CheckpointChanged], (lines, i) => lines[i] = Parsed(lines[i], checkpoint =>
    {
        var signature = Convert.FromBase64String(checkpoint["signatures"]![0]!["signature"]!.GetValue<string>());
        signature[^1] ^= 1;
        checkpoint["signatures"]![0]!["signature"] = Convert.ToBase64String(signature);
    }));

    [Fact]
    public Task A_checkpoint_that_is_none() => EachCheckpointAsync([FaultKind.CheckpointChanged], (lines, i) => lines[i] = "{}");

    /// <summary>Nobody has signed it, so nobody has to believe it: not even so far as to count.</summary>
    [Theory]
    [InlineData(long.MaxValue), InlineData(long.MinValue), InlineData(10_000_000)]
    public Task A_checkpoint_that_claims_more_than_there_can_be(long to) => EachCheckpointAsync([FaultKind.CheckpointChanged], (lines, i) => lines[i] = Parsed(lines[i], checkpoint =>
    {
        var statement = CheckpointStatement.Read(checkpoint["line"]!.GetValue<string>())!;
        checkpoint["line"] = (statement with { Ranges = [new ChainRange(Guid.NewGuid(), 1, to, new string('0', 64)), .. statement.Ranges] }).ToLine();
    }));

    /// <summary>The first and the last may be the ends of another, shorter bundle, whose entries are then too many.</summary>
    [Fact]
    public Task A_dropped_checkpoint() => EachCheckpointAsync([FaultKind.CheckpointMissing, FaultKind.EntryAdded], (lines, i) => lines.RemoveAt(i));

    [Fact]
    public Task A_checkpoint_that_is_there_twice() => EachCheckpointAsync([FaultKind.CheckpointAdded], (lines, i) => lines.Insert(i, lines[i]));

    [Fact]
    public async Task A_trail_that_somebody_else_signed()
    {
        using var another = SigningKey.FromPem(SigningKey.Make());
        var report = await Bundle.VerifyAsync(bundle.Entries, bundle.Checkpoints, another);
        Assert.True(report.Has(FaultKind.KeyNotTrusted));
    }

    /// <summary>The last line to be tampered with must be among the places the report names.</summary>
    private Task EachAsync(IReadOnlyList<string> lines, FaultKind kind, Action<List<string>, int> tamper, bool named = true) => EachAsync(lines, [kind], tamper, named);

    private async Task EachAsync(IReadOnlyList<string> original, FaultKind[] kinds, Action<List<string>, int> tamper, bool named = true)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, original.Count), async (i, _) =>
        {
            var lines = original.ToList();
            lock (this) tamper(lines, i);
            var report = await Bundle.VerifyAsync(lines, bundle.Checkpoints, key);

            Assert.False(report.Sound, $"line {i}: not found");
            Assert.True(kinds.Any(report.Has), $"line {i}: {Told(report)}");
            if (named) Assert.True(report.Faults.Any(fault => kinds.Contains(fault.Kind) && fault.Chain == PlaceOf(original[i]).Chain), $"line {i}: {Told(report)}");
            if (named && kinds[0] is not FaultKind.CutOff) Assert.True(report.Faults.Any(fault => fault.Position == PlaceOf(original[i]).Position), $"line {i}: {Told(report)}");
        });
    }

    private async Task EachCheckpointAsync(FaultKind[] kinds, Action<List<string>, int> tamper, bool withEntries = false)
    {
        for (var i = 0; i < bundle.Checkpoints.Count; i++)
        {
            if (withEntries && CheckpointStatement.Read(JsonNode.Parse(bundle.Checkpoints[i])!["line"]!.GetValue<string>())!.Ranges.Count == 0) continue;
            var lines = bundle.Checkpoints.ToList();
            tamper(lines, i);
            var report = await Bundle.VerifyAsync(bundle.Entries, lines, key);
            if (i == bundle.Checkpoints.Count - 1 && report.Sound && lines.Count < bundle.Checkpoints.Count) continue; // an empty last one: the bundle's own end says it, see Evidence_Tests
            Assert.True(kinds.Any(report.Has), $"checkpoint {i}: {Told(report)}");
        }
    }

    private static string Told(TrailReport report) => string.Join('\n', report.Faults.Take(5).Select(fault => $"{fault.Kind} {fault.Position}: {fault.Says}"));

    private static (Guid Chain, long Position) PlaceOf(string line) => JsonNode.Parse(line) is var json ? (Guid.ParseExact(json!["chain"]!.GetValue<string>(), "N"), json["position"]!.GetValue<long>()) : default;

    private static string TakingThePlaceOf(string line, string place) => Parsed(line, json =>
    {
        var at = JsonNode.Parse(place)!;
        (json["position"], json["previous"]) = (at["position"]!.DeepClone(), at["previous"]?.DeepClone());
        if (json["previous"] is null) json.Remove("previous");
    });

    private static string Parsed(string line, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        change(json);
        return json.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
