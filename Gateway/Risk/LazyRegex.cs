using System.Text.RegularExpressions;

namespace Gateway.Risk;

/// <summary>
/// A pattern that is built when a text first comes to it. Each takes milliseconds and a megabyte or two to build, and of
/// hundreds of rules most are never tried: built at the start they cost seconds and over half a gigabyte.
/// </summary>
internal sealed class LazyRegex(string pattern, RegexOptions options)
{
    private Regex? built;

    /// <summary>Anchored where it is tried; linear in the text whatever the pattern. Two threads may build it at once; either will do.</summary>
    public Regex Regex => built ??= new Regex($@"\A(?:{pattern})", options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
