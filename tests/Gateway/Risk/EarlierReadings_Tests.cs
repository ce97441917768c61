using Contracts;
using Gateway.Risk;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Risk;

/// <summary>What a conversation brings along again is not read again, and says the same.</summary>
public sealed class EarlierReadings_Tests : IDisposable
{
    private const string Text = "Why does the clone fail? I wrote to jane@example.org about it, and she does not know either, nor does her friend.";
    private readonly Counting counting = new();
    private readonly RiskScorer scorer;

    public EarlierReadings_Tests() => scorer = new RiskScorer([.. RiskRoom.Detectors, counting]);

    [Fact]
    public async Task A_text_that_the_caller_sent_before_is_not_read_again_and_has_the_same_findings()
    {
        var first = await AssessAsync("ada", new PromptPart("/messages/0/content", "user", "text", Text));
        var again = await AssessAsync("ada", new PromptPart("/messages/4/content", "user", "text", Text));

        Assert.Equal(1, counting.Read);
        Assert.NotEmpty(again.Findings);
        Assert.Equal(first.Findings.Select(f => f with { Path = "/messages/4/content" }), again.Findings);
        Assert.Equal(first.Score, again.Score);
    }

    [Fact]
    public async Task It_is_read_again_for_another_caller_in_another_role_and_where_a_letter_differs()
    {
        await AssessAsync("ada", new PromptPart("", "user", "text", Text));
        await AssessAsync("bob", new PromptPart("", "user", "text", Text));
        await AssessAsync("ada", new PromptPart("", "system", "text", Text));
        await AssessAsync("ada", new PromptPart("", "user", "tool result", Text));
        await AssessAsync("ada", new PromptPart("", "user", "text", Text + "!"));
        await AssessAsync(null, new PromptPart("", "user", "text", Text));
        await AssessAsync(null, new PromptPart("", "user", "text", Text));

        Assert.Equal(7, counting.Read);
    }

    [Fact]
    public async Task A_detector_that_failed_is_asked_again()
    {
        counting.Fails = true;
        var failed = await AssessAsync("ada", new PromptPart("", "user", "text", Text));
        counting.Fails = false;
        var mended = await AssessAsync("ada", new PromptPart("", "user", "text", Text));

        Assert.Contains(failed.Findings, finding => finding.Category == RiskCategory.Fault);
        Assert.DoesNotContain(mended.Findings, finding => finding.Category == RiskCategory.Fault);
        Assert.Equal(2, counting.Read);
    }

    [Fact]
    public void What_nobody_asks_for_again_is_forgotten_and_what_is_asked_for_stays()
    {
        var clock = new FakeTimeProvider();
        var readings = new EarlierReadings(clock);
        var (read, asked, other) = (0, new PromptPart("", "user", "text", Text), new PromptPart("", "user", "text", "Another. " + Text));
        List<Finding> Read(PromptPart part)
        {
            read++;
            return [];
        }

        readings.Of("ada", asked, Read);
        readings.Of("ada", other, Read);
        for (var minute = 0; minute < 20; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            readings.Of("ada", asked, Read);
        }

        Assert.Equal(2, read);
        readings.Of("ada", other, Read);
        Assert.Equal(3, read);
    }

    [Fact]
    public void Of_very_many_texts_the_first_are_forgotten()
    {
        var readings = new EarlierReadings(new FakeTimeProvider());
        var read = 0;
        List<Finding> Read(PromptPart part)
        {
            read++;
            return [];
        }

        for (var number = 0; number < 60_000; number++) readings.Of("ada", new("", "user", "text", Text + number), Read);
        readings.Of("ada", new("", "user", "text", Text + 59_999), Read);
        Assert.Equal(60_000, read);
        readings.Of("ada", new("", "user", "text", Text + 0), Read);
        Assert.Equal(60_001, read);
    }

    public void Dispose() => scorer.Dispose();

    private ValueTask<RiskAssessment> AssessAsync(string? caller, PromptPart part) => scorer.AssessAsync([part], TestContext.Current.CancellationToken, caller: caller);

    private sealed class Counting : IRiskDetector
    {
        public int Read { get; private set; }
        public bool Fails { get; set; }

        public IReadOnlyList<DetectorProfile> Profiles { get; } = [new("test.counting", RiskCategory.Attack, "TEST", [], [])];

        public void Detect(InspectedText text, List<Finding> found)
        {
            Read++;
            if (Fails) throw new InvalidOperationException();
        }
    }
}
