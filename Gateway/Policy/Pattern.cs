using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Gateway.Policy;

/// <summary>
/// A name with <c>*</c> for any run of characters, or a regular expression between slashes. Those run without
/// backtracking, in time linear in the name, so none that needs it is taken.
/// </summary>
internal sealed class Pattern : IEquatable<Pattern>
{
    private const int LongestExpression = 200;
    private readonly Regex? expression;

    private Pattern(string text, Regex? expression) => (Text, this.expression) = (text, expression);

    public string Text { get; }

    public bool Matches(string name) => expression?.IsMatch(name) ?? FileSystemName.MatchesSimpleExpression(Text, name, ignoreCase: false);

    public static bool Any(IReadOnlyList<Pattern> patterns, string name)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(name)) return true;
        }
        return false;
    }

    /// <returns>The pattern, or what is wrong with it.</returns>
    public static (Pattern? Pattern, string? Error) Read(string text)
    {
        if (text.Length < 2 || text[0] != '/' || text[^1] != '/' || text == "/*/") return (new Pattern(text, null), null);
        if (text.Length > LongestExpression) return (null, $"a regular expression has at most {LongestExpression} characters");
        try
        {
            return (new Pattern(text, new Regex($"^(?:{text[1..^1]})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)), null);
        }
        catch (NotSupportedException)
        {
            return (null, "it needs backtracking (a look-around, a backreference or the like), whose time a name could blow up; write it without");
        }
        catch (ArgumentException broken)
        {
            return (null, $"it is no regular expression: {broken.Message}");
        }
    }

    public bool Equals(Pattern? other) => other?.Text == Text;

    public override bool Equals(object? obj) => Equals(obj as Pattern);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
