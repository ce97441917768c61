using Contracts;
using Gateway.Risk;
using Gateway.Risk.Advice;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Risk.Advice;

/// <summary>Whoever is asked: in time, few at once, once for each text, and never the only line.</summary>
public sealed class Consultation_Tests
{
    private static readonly PromptPart Hello = new("/a", "user", "text", "Hello there"), Bye = new("/b", "user", "text", "Good bye");
    private readonly FakeTimeProvider clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_says_is_kept_and_stands_in_each_part_with_that_text()
    {
        var adviser = new Adviser(text => Task.FromResult<IReadOnlyList<Mark>>([new(new("attack.a", RiskCategory.Attack, "A", [], []), 0, 5, 0.9, "Because.")]));
        using var consultation = new Consultation(adviser, clock);

        await consultation.AskAsync([Hello], Stop);
        var found = await consultation.AskAsync([Hello, Hello with { Path = "/c" }], Stop);

        Assert.Equal(["/a", "/c"], found.SelectMany(each => each).Select(finding => finding.Path));
        Assert.Equal(1, adviser.Asked);
    }

    [Fact]
    public async Task A_failure_is_a_finding_and_is_not_kept()
    {
        var adviser = new Adviser(_ => throw new InvalidDataException("Hello there is what it says."));
        using var consultation = new Consultation(adviser, clock);

        for (var turn = 0; turn < 2; turn++)
        {
            var fault = Assert.Single((await consultation.AskAsync([Hello], Stop))[0]);
            Assert.Equal((RiskCategory.Fault, 1.0, "Asking it failed with InvalidDataException, so this text was not inspected by the adviser."), (fault.Category, fault.Confidence, fault.Reason));
        }
        Assert.Equal(2, adviser.Asked);
    }

    [Fact]
    public async Task Waiting_for_a_turn_counts_as_time()
    {
        var turn = new TaskCompletionSource<IReadOnlyList<Mark>>();
        var adviser = new Adviser(_ => turn.Task);
        using var consultation = new Consultation(adviser, clock);

        var waiting = new[] { consultation.AskAsync([Hello], Stop), consultation.AskAsync([Bye], Stop) };
        clock.Advance(TimeSpan.FromSeconds(1));
        var late = await await Task.WhenAny(waiting);
        turn.SetResult([]);
        await Task.WhenAll(waiting);

        Assert.Contains("did not answer in time", Assert.Single(late[0]).Reason, StringComparison.Ordinal);
        Assert.InRange(adviser.Asked, 0, 1);
    }

    [Fact]
    public async Task What_detectors_find_stands_beside_it()
    {
        using var scorer = new RiskScorer(RiskRoom.Detectors, advisers: [new(new Adviser(_ => Task.FromResult<IReadOnlyList<Mark>>([])), clock)]);

        Assert.Contains((await scorer.AssessAsync([new("/a", "user", "text", "Mail jane@example.org")], Stop)).Findings, finding => finding.Type == "EMAIL_ADDRESS");
    }

    private sealed class Adviser(Func<string, Task<IReadOnlyList<Mark>>> says) : IAdviser
    {
        private int asked;

        public int Asked => asked;

        public AdviserTerms Terms { get; } = new("attack.own-adviser", "the adviser", TimeSpan.FromSeconds(1), 1_000, AtOnce: 1);

        public Task<IReadOnlyList<Mark>> AskAsync(string text, CancellationToken ct)
        {
            Interlocked.Increment(ref asked);
            return says(text);
        }
    }
}
