using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Contracts;
using Gateway.Audit;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Proof;
using Gateway.Risk;
using Gateway.Storage;
using Gateway.Telemetry;
using Gateway.Texts;
using Gateway.Upstreams;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shared;

namespace Bench.Micro;

/// <summary>What comes after the model: its answer is masked, both texts are sealed, and the entry is brought to a disk.</summary>
[MemoryDiagnoser]
public class RecordBenchmarks : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bench-record-");
    private IHost host = null!; // these are set by Prepare
    private TextVault vault = null!;
    private SqliteTrailWriter writer = null!;
    private RiskAssessment risk = null!;
    private Judged facts = null!;
    private AnswerMask mask = null!;
    private byte[] request = null!;
    private byte[] answer = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Storage:Connection"] = $"Data Source={Path.Combine(folder.FullName, "gateway.db")}";
        builder.AddGatewayStorage().Services.AddMetrics().AddLogging().AddSingleton<GatewayMetrics>().AddProof().AddAudit().AddRisk();
        host = builder.Build();
        host.Services.MigrateStoresAsync(byCommand: false, CancellationToken.None).GetAwaiter().GetResult();
        writer = host.Services.GetRequiredService<SqliteTrailWriter>();
        var protection = new EphemeralDataProtectionProvider();
        vault = new TextVault(new MasterKeys([], protection, Options.Create(new TextOptions()), TimeProvider.System), protection, TimeProvider.System);

        var scorer = host.Services.GetRequiredService<RiskScorer>();
        request = Encoding.UTF8.GetBytes(Prompts.Chat("bench", 1024, 1));
        answer = JsonSerializer.SerializeToUtf8Bytes(new { id = "chatcmpl-1", choices = new[] { new { index = 0, message = new { role = "assistant", content = Prompts.Answer(100) } } } });
        var body = JsonBody.Parse(request);
        risk = scorer.Assess(body.Parts);
        facts = new Judged { At = At, Caller = "bench", Groups = ["bench"], Route = "/v1/chat/completions", Model = "bench", Score = risk.Score, Scores = risk.Scores, Found = FoundType.Of(risk.Findings), Length = body.Length };
        mask = new AnswerMask(text => scorer.FindSensitive(text), new Pseudonyms(), body.Contains);
    }

    [Benchmark(Description = "mask a whole answer of 100 words")]
    public int Mask() => WholeAnswer.Mask(answer, Json, mask).Length;

    [Benchmark(Description = "seal prompt and answer")]
    public object Seal() => Sealed("int_0");

    [Benchmark(Description = "what is known of a call, as an entry")]
    public object Know() => EntryOf("int_0", JsonSerializer.Serialize(risk.Findings, JsonWire.Options), PolicyJson.Write(facts));

    [Benchmark(Description = "bring 1 call to the disk")]
    public Task CommitOne() => CommitAsync(1);

    [Benchmark(Description = "bring 16 calls to the disk, each", OperationsPerInvoke = 16)]
    public Task CommitSixteen() => CommitAsync(16);

    [GlobalCleanup]
    public void Dispose()
    {
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        host.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private Task CommitAsync(int calls)
    {
        var (entries, rows) = (new List<TrailEntry>(), new List<object>());
        for (var i = 0; i < calls; i++)
        {
            var id = "int_" + Guid.CreateVersion7().ToString("N");
            rows.AddRange(Sealed(id));
            entries.Add(EntryOf(id, "[]", "{}"));
        }
        return writer.WriteAsync(entries, rows);
    }

    private IReadOnlyList<object> Sealed(string interaction)
    {
        var seals = vault.Begin(interaction, "bench", TextClass.Masked);
        seals.Seal(request);
        seals.Digest(request);
        seals.Seal(answer);
        seals.Digest(answer);
        return seals.TakeRows();
    }

    private TrailEntry EntryOf(string interaction, string findings, string judged) => new()
    {
        At = At, Kind = "interaction", Actor = "bench", ActorName = "Bench", InteractionId = interaction, Route = facts.Route, Model = facts.Model, Score = risk.Score,
        FindingTypes = TrailEntry.Types(risk.Findings.Select(f => f.Type)), Findings = findings, Rule = "score", Decision = "mask", Judged = judged, PolicyVersion = "v1", Outcome = "masked", StatusCode = 200,
    };
}
