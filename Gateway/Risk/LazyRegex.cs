using System.Reflection;
using System.Text.RegularExpressions;

namespace Gateway.Risk;

/// <summary>
/// A pattern that is built when a text first comes to it. Each takes milliseconds to build, and of hundreds of rules most are
/// never tried: built at the start they cost seconds. Linear in the text whatever the pattern.
/// </summary>
internal sealed class LazyRegex(string pattern, RegexOptions options)
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic;
    private Regex? built;

    /// <summary>Fits where it is tried, or not at all.</summary>
    public static LazyRegex Anchored(string pattern, RegexOptions options) => new($@"\A(?:{pattern})", options);

    /// <summary>Two threads may build it at once; either will do.</summary>
    public Regex Regex => built ??= Built();

    /// <summary>
    /// The runtime keeps what it reckoned with sets of characters while it built a pattern: one to three megabytes of each, and
    /// matching never looks at it. Together that was a quarter of a gigabyte. What goes is a memory of results, so that a
    /// runtime that did look would reckon again.
    /// </summary>
    /// <returns>Whether this runtime has it where it was found; if not, it stays, and costs memory only.</returns>
    internal static bool LetGoOfBuilding(Regex regex)
    {
        object? holder = regex;
        foreach (var step in (string[])["factory", "_matcher", "_builder", "_charSetSolver"]) holder = Field(holder, step)?.GetValue(holder);
        return Empty(holder, "_operationCache") & Empty(holder, "_bddCache");
    }

    private Regex Built()
    {
        var regex = new Regex(pattern, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
        LetGoOfBuilding(regex);
        return regex;
    }

    private static bool Empty(object? holder, string name)
    {
        if (Field(holder, name) is not { } field || field.FieldType.GetConstructor(Type.EmptyTypes) is not { } empty) return false;
        field.SetValue(holder, empty.Invoke(null));
        return true;
    }

    private static FieldInfo? Field(object? holder, string name)
    {
        for (var type = holder?.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(name, Fields) is { } field) return field;
        }
        return null;
    }
}
