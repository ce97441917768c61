using System.IO.Enumeration;

namespace Gateway.Identity;

/// <summary>Names of models and routes as people write them down: <c>*</c> matches any run of characters.</summary>
internal static class NamePatterns
{
    /// <summary>No pattern is no limit.</summary>
    public static bool Allows(IReadOnlyList<string> patterns, string name) =>
        patterns.Count == 0 || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
}
