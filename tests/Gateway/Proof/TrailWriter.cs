using Gateway.Audit;
using Gateway.Proof;
using Gateway.Proof.Verification;
using Gateway.Storage;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Proof;

/// <summary>Writes entries of every shape, and checks what became of them.</summary>
internal static class TrailWriter
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The n-th of a trail: with texts that are hard to write down, numbers that are hard to read back, and little or everything set.</summary>
    public static TrailEntry Entry(int n) => (n % 3) switch
    {
        0 => new TrailEntry { At = Start.AddSeconds(n).AddTicks(n), Kind = "sign-in", Actor = $"person-{n}", ActorName = "Zoë \"Z\" O'Neil\t\u2028\0\ud83d\ude00", Outcome = "signed in" },
        1 => new TrailEntry
        {
            FactId = Guid.NewGuid(), At = Start.AddSeconds(n), Kind = "interaction", Actor = "alice", ActorName = "", InteractionId = $"int_{n}", TicketId = $"apr_{n}", Route = "/v1/chat/completions", Model = "m",
            Score = n % 101, FindingTypes = ",EMAIL_ADDRESS,", Findings = """[{"type":"EMAIL_ADDRESS","reason":"a \\ and a / and é"}]""", Rule = "default", Decision = "forward", Judged = "{}", Subject = "s", PolicyVersion = "v1",
            Outcome = "forwarded", StatusCode = 200, RequestDigest = new string('a', 64), AnswerDigest = new string('b', 64), RequestText = Guid.NewGuid(), AnswerText = Guid.NewGuid(), ElapsedMs = n / 3.0, UpstreamMs = 1e-7 * n, Reason = "line\r\nline",
        },
        _ => new TrailEntry { At = Start.AddSeconds(n), Kind = "decision", Actor = "nobody", ElapsedMs = 1e21, UpstreamMs = 0, Reason = "東京 ﷽ \u0001" },
    };

    public static async Task AppendAsync(this GatewayHost host, params IEnumerable<TrailEntry> entries)
    {
        await using var store = await host.StoreAsync();
        store.AddRange(entries);
        await store.SaveChangesAsync();
    }

    public static Task<GatewayStore> StoreAsync(this GatewayHost host) => host.Services.GetRequiredService<IDbContextFactory<GatewayStore>>().CreateDbContextAsync();

    public static CheckpointWriter Checkpoints(this GatewayHost host) => host.Services.GetRequiredService<CheckpointWriter>();

    /// <summary>
    /// Until all that is saved is in a checkpoint. The gateway makes some by itself, and of two at once one is made, which may cover less than the
    /// other would have.
    /// </summary>
    public static async Task CoverAsync(this GatewayHost host)
    {
        do await host.Checkpoints().MakeAsync(TestContext.Current.CancellationToken);
        while (await host.ReadAsync(store => store.Set<TrailChain>().AnyAsync(chain => chain.Position > chain.Covered, TestContext.Current.CancellationToken)));
    }

    public static SigningKey Key(this GatewayHost host) => SigningKey.FromPem(host.Services.GetRequiredService<CheckpointSigner>().PublicPem);

    public static async Task<TrailReport> VerifyAsync(this GatewayHost host)
    {
        using var key = host.Key();
        return await new TrailVerifier(new LiveTrail(host.Services.GetRequiredService<IDbContextFactory<GatewayStore>>()), [key]).RunAsync(TestContext.Current.CancellationToken);
    }

    public static void AssertSound(this TrailReport report) => Assert.True(report.Sound, string.Join('\n', report.Faults.Select(fault => fault.Says)));
}
