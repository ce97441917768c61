using Gateway.Upstreams;

namespace Gateway.Tests.Forwarding;

/// <summary>An upstream may be silent for so long in one piece, however many pieces there are.</summary>
public sealed class AnswerStream_Tests
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_time_between_two_readings_is_not_the_upstreams_silence()
    {
        await using var answer = Answer(new MemoryStream([1, 2]));
        var piece = new byte[1];
        Assert.Equal(1, await answer.ReadAsync(piece, Ct));

        var passed = new TaskCompletionSource();
        using var timer = new CancellationTokenSource(Silence); // begun later than the reading's, so it ends later
        await using var over = timer.Token.Register(passed.SetResult);
        await passed.Task.WaitAsync(Ct);

        Assert.Equal(1, await answer.ReadAsync(piece, Ct));
        Assert.Equal(2, piece[0]);
    }

    [Fact]
    public async Task An_upstream_that_goes_silent_is_given_up()
    {
        await using var answer = Answer(new Silent());

        await Assert.ThrowsAsync<UpstreamException>(async () => await answer.ReadAllAsync());
    }

    private static AnswerStream Answer(Stream inner) => new(inner, "mock", new UpstreamLimits { UpstreamSilence = Silence }, new OthersTime(TimeProvider.System), Ct);

    private sealed class Silent : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }
}
