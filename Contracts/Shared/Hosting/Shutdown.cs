namespace Shared;

/// <summary>How long a service that is told to stop goes on with what it has begun. Orchestrators kill after 30 seconds as a rule.</summary>
internal static class Shutdown
{
    /// <summary>For what is executing; then it is handed over.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>For everything.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);
}
