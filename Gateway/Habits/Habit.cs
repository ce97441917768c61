using System.Globalization;
using Contracts;
using Gateway.Risk;

namespace Gateway.Habits;

/// <summary>A call as the trail remembers it.</summary>
/// <param name="Length">Of its texts, in UTF-16 units.</param>
internal sealed record PastCall(DateTimeOffset At, string Model, int Length);

/// <summary>What one caller usually sends, and how its next call differs. Calls of one caller come at once.</summary>
internal sealed class Habit
{
    /// <summary>Of fewer calls nobody can say what is usual.</summary>
    public const int FewestCalls = 20;

    /// <summary>So many times the longest, or the calls of the busiest minute, is unusual; shorter than the least, or fewer, never is.</summary>
    private const int LongerTimes = 4, LeastLength = 4_000, FasterTimes = 3, LeastRate = 20;

    private readonly Lock gate = new();
    private readonly HashSet<string> models;
    private int calls, longest, busiest, thisMinute;
    private long minute;

    public Habit(IReadOnlyList<PastCall> past)
    {
        models = past.Select(call => call.Model).ToHashSet(StringComparer.Ordinal);
        calls = past.Count;
        longest = past.Select(call => call.Length).DefaultIfEmpty().Max();
        busiest = past.CountBy(call => MinuteOf(call.At)).Select(each => each.Value).DefaultIfEmpty().Max();
    }

    /// <summary>In what this call is unlike those before; it is one of them from now on.</summary>
    public IReadOnlyList<Finding> Note(PastCall call)
    {
        lock (gate)
        {
            Turn(MinuteOf(call.At));
            thisMinute++;
            var unusual = Differences(call).ToList();
            calls++;
            models.Add(call.Model);
            longest = Math.Max(longest, call.Length);
            return unusual;
        }
    }

    private IEnumerable<Finding> Differences(PastCall call)
    {
        if (calls == 0) yield return UnusualCall.Finding(UnusualCall.First, $"Is this caller's first prompt in {CallerHabits.Days} days.");
        if (calls < FewestCalls) yield break;
        if (!models.Contains(call.Model)) yield return UnusualCall.Finding(UnusualCall.NewModel, "Goes to a model this caller does not use otherwise.");
        if (call.Length >= LeastLength && call.Length > LongerTimes * longest)
            yield return UnusualCall.Finding(UnusualCall.Longer, string.Create(CultureInfo.InvariantCulture, $"Has {call.Length:N0} characters; the longest of this caller's prompts before had {longest:N0}."));
        if (thisMinute > MostUsual)
            yield return UnusualCall.Finding(UnusualCall.Faster, $"Is this caller's call number {thisMinute} within a minute; before there were {busiest} at most.");
    }

    private int MostUsual => Math.Max(LeastRate, FasterTimes * busiest);

    /// <summary>What was too fast to be usual makes nothing usual but its beginning.</summary>
    private void Turn(long now)
    {
        if (now == minute) return;
        busiest = Math.Max(busiest, Math.Min(thisMinute, MostUsual));
        (minute, thisMinute) = (now, 0);
    }

    private static long MinuteOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;
}
