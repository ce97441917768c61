using System.Globalization;

namespace Gateway.Waiting;

/// <summary>
/// How long a client keeps a connection whose headers do not come, as measured for each SDK with its defaults. Only ever a
/// hint: it decides when to answer 408, never what happens to the prompt.
/// </summary>
internal static class Patience
{
    /// <summary>Answer this much before the client gives up.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Node = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan DotNetOpenAI = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Python = TimeSpan.FromSeconds(600);

    public static TimeSpan HoldFor(HttpRequest request, TimeSpan longest)
    {
        var hold = Of(request) - Margin;
        return hold < Shortest ? Shortest : hold > longest ? longest : hold;
    }

    private static TimeSpan Of(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        var language = request.Headers["X-Stainless-Lang"].ToString();
        // Node's HTTP client gives up on withheld headers after 300 s whatever the SDK's own time-out says.
        if (language == "js") return Sooner(Said(request), Node);
        if (Said(request) is { } said) return said;
        if (agent.StartsWith("OpenAI/", StringComparison.Ordinal) && agent.Contains(".NET", StringComparison.Ordinal)) return DotNetOpenAI;
        return language == "python" ? Python : Unknown;
    }

    private static TimeSpan Sooner(TimeSpan? said, TimeSpan limit) => said < limit ? said.Value : limit;

    private static TimeSpan? Said(HttpRequest request)
    {
        foreach (var header in new[] { "X-Stainless-Timeout", "x-stainless-read-timeout" })
        {
            if (double.TryParse(request.Headers[header], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 86_400)
                return TimeSpan.FromSeconds(seconds);
        }
        return null;
    }
}
