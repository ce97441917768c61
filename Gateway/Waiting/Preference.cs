using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Gateway.Waiting;

/// <summary>The <c>Prefer</c> header (RFC 7240), as far as it concerns waiting.</summary>
internal sealed record Preference(bool RespondAsync, TimeSpan? Wait)
{
    private const int LongestWaitSeconds = 600;

    public static Preference Of(HttpRequest request)
    {
        var async = false;
        TimeSpan? wait = null;
        foreach (var preference in request.Headers["Prefer"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)))
        {
            if (preference.Equals("respond-async", StringComparison.OrdinalIgnoreCase)) async = true;
            else if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                wait = TimeSpan.FromSeconds(Math.Min(seconds, LongestWaitSeconds));
        }
        return new Preference(async, wait);
    }

    public StringValues Applied() => string.Join(", ", new[] { RespondAsync ? "respond-async" : null, Wait is { } w ? $"wait={(int)w.TotalSeconds}" : null }.OfType<string>());
}
