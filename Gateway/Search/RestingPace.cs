namespace Gateway.Search;

/// <summary>
/// For each moment it works it rests four: what is done beside prompts must not take from them what they need. The steps between two rests are
/// to be short: whoever wakes up on a busy processor may wait for the end of one.
/// </summary>
internal sealed class RestingPace(TimeProvider clock)
{
    private const int Rests = 4;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(2);
    private long began = clock.GetTimestamp();

    public void Begin() => began = clock.GetTimestamp();

    public async Task RestAsync(CancellationToken ct)
    {
        var rest = clock.GetElapsedTime(began) * Rests;
        await Task.Delay(rest < LongestRest ? rest : LongestRest, clock, ct);
        Begin();
    }
}
