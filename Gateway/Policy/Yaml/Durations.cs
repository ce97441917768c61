using System.Globalization;

namespace Gateway.Policy.Yaml;

/// <summary>Times as people write them: a whole number and s, m, h or d.</summary>
internal static class Durations
{
    private const int LongestNumber = 7;

    public static TimeSpan? Read(string text)
    {
        if (text.Length is < 2 or > LongestNumber + 1 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }

    public static string Write(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerDay == 0 && time > TimeSpan.Zero ? $"{time.Days}d"
        : time.Ticks % TimeSpan.TicksPerHour == 0 && time > TimeSpan.Zero ? $"{(long)time.TotalHours}h"
        : time.Ticks % TimeSpan.TicksPerMinute == 0 && time > TimeSpan.Zero ? $"{(long)time.TotalMinutes}m"
        : $"{(long)time.TotalSeconds}s";
}

/// <summary>What somebody may have meant.</summary>
internal static class Spelling
{
    private const int MostWrong = 2;

    /// <summary>Empty where nothing comes near.</summary>
    public static string Suggest(string? written, IEnumerable<string> known)
    {
        if (written is null || written.Length > 40) return "";
        var nearest = known.Select(word => (Word: word, Wrong: Distance(written.ToLowerInvariant(), word.ToLowerInvariant()))).OrderBy(w => w.Wrong).FirstOrDefault();
        return nearest.Word is not null && nearest.Wrong <= Math.Min(MostWrong, nearest.Word.Length / 2) ? $" Did you mean {nearest.Word}?" : "";
    }

    /// <summary>Levenshtein: letters to change, add or take away.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j - 1], above) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                corner = above;
            }
        }
        return row[b.Length];
    }
}
