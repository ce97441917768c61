using ApprovalsUI.Components.Interactions;
using ApprovalsUI.Tests.Backend;
using Contracts.Api;

namespace ApprovalsUI.Tests.Interactions;

public sealed class ReplayTests
{
    private static readonly PromptPartView[] Answer = [Sample.Part("assistant", new("01234", null, false), new("[KEY_1]", 0, true)), Sample.Part("assistant", new PromptRun("56789012", null, false))];

    [Theory]
    [InlineData(0, "")]
    [InlineData(999, "")]
    [InlineData(1_000, "01234")]
    [InlineData(3_000, "01234[KEY_1]567")]
    [InlineData(4_000, "01234[KEY_1]56789012")]
    [InlineData(9_999, "01234[KEY_1]56789012")]
    public void It_shows_the_part_of_the_text_that_is_the_part_of_the_bytes(int ms, string shown)
    {
        var replay = new Replay(Answer, [new(4_000, 400), new(1_000, 100), new(3_000, 300)]);

        Assert.Equal(shown, Text(replay.At(TimeSpan.FromMilliseconds(ms))));
    }

    [Fact]
    public void A_long_one_is_shown_in_half_a_minute()
    {
        var replay = new Replay(Answer, [new(60_000, 50), new(120_000, 100)]);

        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(30), true), (replay.Took, replay.Length, replay.IsFaster));
        Assert.Equal("01234[KEY_", Text(replay.At(TimeSpan.FromSeconds(15))));
        Assert.Equal("01234[KEY_1]56789012", Text(replay.At(replay.Length)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-5)]
    [InlineData(0)]
    public void Without_times_there_is_nothing_to_play(double ms)
    {
        var replay = new Replay(Answer, [new(ms, 10)]);

        Assert.Equal(TimeSpan.Zero, replay.Length);
        Assert.Same(Answer, replay.At(TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, new Replay(Answer, []).Length);
    }

    private static string Text(IReadOnlyList<PromptPartView> parts) => string.Concat(parts.SelectMany(part => part.Runs).Select(run => run.Text));
}
