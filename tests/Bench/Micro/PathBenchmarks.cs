using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Contracts;
using Gateway.Audit;
using Gateway.Dialects;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Policy.Yaml;
using Gateway.Prompts;
using Gateway.Proof;
using Gateway.Proxying;
using Gateway.Risk;
using Microsoft.Extensions.DependencyInjection;

namespace Bench.Micro;

/// <summary>The steps that every prompt takes, each by itself, with what it allocates.</summary>
[MemoryDiagnoser]
public class PathBenchmarks : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Chain = new("b3a9a3f0-0000-4000-8000-000000000001");
    private static readonly byte[] Previous = new byte[32];

    private ServiceProvider services = null!; // these are set by Prepare
    private RiskScorer scorer = null!;
    private PromptPolicy policy = null!;
    private byte[] bytes = null!;
    private Prompt prompt = null!;
    private RiskAssessment risk = null!;
    private Judged facts = null!;
    private TrailEntry entry = null!;
    private AnswerMask answer = null!;

    [Params(1, 16)]
    public int Kilobytes { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        services = new ServiceCollection().AddRisk().BuildServiceProvider();
        scorer = services.GetRequiredService<RiskScorer>();
        services.GetRequiredService<Rehearsal>().Run(CancellationToken.None);
        policy = new PromptPolicy(PolicyReader.Read(FirstPolicy.Write(new PolicyOptions { Reviewers = ["reviewers"] })).Document!, "v1"); // the default holds
        bytes = Encoding.UTF8.GetBytes(Prompts.Chat("bench", Kilobytes * 1024, 1));
        prompt = new Prompt { Route = "/v1/chat/completions", Dialect = new OpenAIChat(), Model = "bench", Body = JsonBody.Parse(bytes), ContentType = "application/json", ForwardedHeaders = new Dictionary<string, string>() };
        risk = scorer.Assess(prompt.Body.Parts);
        facts = new Judged { At = At, Caller = "bench", Groups = ["bench"], Route = prompt.Route, Model = prompt.Model, Score = risk.Score, Scores = risk.Scores, Found = FoundType.Of(risk.Findings), Length = prompt.Body.Length };
        entry = new TrailEntry
        {
            At = At, Kind = "interaction", Actor = "bench", ActorName = "Bench", InteractionId = "int_0123456789abcdef0123456789abcdef", Route = prompt.Route, Model = prompt.Model, Score = risk.Score,
            FindingTypes = TrailEntry.Types(risk.Findings.Select(f => f.Type)), Findings = JsonSerializer.Serialize(risk.Findings, JsonWire.Options), Rule = "score", Decision = "mask",
            Judged = PolicyJson.Write(facts), PolicyVersion = "v1", Outcome = "masked", StatusCode = 200, RequestDigest = prompt.Body.Digest, AnswerDigest = prompt.Body.Digest, ElapsedMs = 1.25, UpstreamMs = 0.75,
        };
        answer = new AnswerMask(text => scorer.FindSensitive(text), new Pseudonyms(), prompt.Body.Contains);
    }

    [Benchmark(Description = "parse")]
    public object Parse() => JsonBody.Parse(bytes);

    [Benchmark(Description = "canonical digest")]
    public string Digest() => CanonicalJson.Digest(bytes, default);

    [Benchmark(Description = "scan and score")]
    public int Scan() => scorer.Assess(prompt.Body.Parts).Score;

    [Benchmark(Description = "score of known findings")]
    public int Score() => RiskWeights.Weigh(risk.Findings).Score;

    [Benchmark(Description = "decide")]
    public object Decide() => policy.Decide(facts);

    [Benchmark(Description = "mask")]
    public byte[]? Mask() => PromptMasking.TryMask(prompt, risk.Findings, MaskingPlan.Pseudonyms, new Pseudonyms(prompt.Body.Parts.Select(p => p.Text)));

    /// <summary>An answer of 100 words, a word at a time; the same for every size of the prompt.</summary>
    [Benchmark(Description = "stream-mask of 100 words")]
    public int StreamMask()
    {
        var stream = answer.Open();
        var left = 0;
        foreach (var word in Prompts.AnswerWords.Take(100)) left += stream.Push(word).Length;
        return left + stream.Finish().Length;
    }

    [Benchmark(Description = "encode and hash an entry")]
    public byte[] Encode() => System.Security.Cryptography.SHA256.HashData(TrailLine.Of(entry, Chain, 1_000, Previous).Span);

    [GlobalCleanup]
    public void Dispose()
    {
        services.Dispose();
        GC.SuppressFinalize(this);
    }
}
