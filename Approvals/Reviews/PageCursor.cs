using System.Globalization;

namespace Approvals.Reviews;

/// <summary>Where a page ended. Opaque to clients, who send back what they were given.</summary>
internal abstract record PageCursor
{
    private PageCursor()
    {
    }

    public sealed record InQueue(DateTimeOffset Due, int Score, long Number) : PageCursor
    {
        public override string ToString() => Write('q', Due.UtcTicks, Score, Number);
    }

    public sealed record InHistory(DateTimeOffset Decided, long Number) : PageCursor
    {
        public override string ToString() => Write('h', Decided.UtcTicks, Number);
    }

    public sealed record InChanges(long Sequence) : PageCursor
    {
        public override string ToString() => Write('c', Sequence);
    }

    /// <summary>Null for anything that was not written here.</summary>
    public static PageCursor? Parse(string text)
    {
        var parts = text.Split('-', 5);
        var numbers = new long[parts.Length - 1];
        for (var i = 0; i < numbers.Length; i++)
            if (!long.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return null;

        return (parts[0], numbers) switch
        {
            ("q", [var due, <= 100 and var score, var number]) when IsTime(due) => new InQueue(Time(due), (int)score, number),
            ("h", [var decided, var number]) when IsTime(decided) => new InHistory(Time(decided), number),
            ("c", [var sequence]) => new InChanges(sequence),
            _ => null,
        };
    }

    private static string Write(char kind, params ReadOnlySpan<long> numbers)
    {
        var text = kind.ToString();
        foreach (var number in numbers) text += string.Create(CultureInfo.InvariantCulture, $"-{number}");
        return text;
    }

    private static bool IsTime(long ticks) => ticks <= DateTimeOffset.MaxValue.UtcTicks;

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
