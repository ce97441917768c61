using System.Globalization;
using System.Security.Claims;

namespace Shared;

internal static class PersonTimes
{
    private static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>What a claim in Unix seconds says; null when it says nothing that is a time.</summary>
    public static DateTimeOffset? TimeOf(this ClaimsPrincipal person, string claim) =>
        long.TryParse(person.FindFirst(claim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxSeconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
