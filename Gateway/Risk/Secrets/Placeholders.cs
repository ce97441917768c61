using System.Buffers;
using System.Text.RegularExpressions;

namespace Gateway.Risk.Secrets;

/// <summary>What people write where a secret would stand: templates, variables, words that say "put yours here".</summary>
internal static class Placeholders
{
    private static readonly SearchValues<string> Telltales = SearchValues.Create(
        ["example", "changeme", "change_me", "change-me", "placeholder", "xxxx", "****", "....", "redacted", "your_", "your-", "yourpass", "yourtoken",
         "yourkey", "yoursecret", "yourapi", "my_secret", "my-secret", "mysecret", "mypassword", "insert_", "insert-", "replace_", "replace-", "dummy",
         "sample", "not_a_real", "notreal", "todo", "goes-here", "goes_here", "_here", "-here", "fakekey", "fake_"], StringComparison.OrdinalIgnoreCase);

    public static bool IsPlaceholder(string value) =>
        value.Length == 0 || value.AsSpan().ContainsAny(Telltales) || IsLeftOut(value) || value.Distinct().Take(3).Count() < 3 || Repeats(value) || Variable.Regex.IsMatch(value);

    /// <summary>Apart from the telltales: letter case beyond ASCII costs too much to ignore, and a table of strings beyond ASCII too much to search with.</summary>
    private static bool IsLeftOut(string value) => value.Contains('…') || value.Contains("••••", StringComparison.Ordinal);

    /// <summary>Something was left out right after: the value is cut short, so it opens nothing.</summary>
    public static bool IsCutShort(string text, int end) =>
        text.AsSpan(end).StartsWith("...") || text.AsSpan(end).StartsWith("…") || text.AsSpan(end).StartsWith("***");

    /// <summary>Sentence punctuation and closing brackets belong to the text around a secret, unless it opened them itself.</summary>
    public static int TrimEnd(string text, int start, int end)
    {
        var stretch = text.AsSpan(start, end - start);
        if (stretch.IndexOf("&quot", StringComparison.Ordinal) is > 0 and var entity) end = start + entity;
        else if (stretch.IndexOf("%22", StringComparison.Ordinal) is > 0 and var percent) end = start + percent;
        if ((start == 0 || text[start - 1] is not ('"' or '\'' or '`')) && !stretch.StartsWith("$argon2", StringComparison.Ordinal)) end = Words.EndOfPair(text, start, end);
        if (start > 0 && text[start - 1] is '*' or '_')
        {
            while (end > start && (text[end - 1] == text[start - 1] || text[end - 1] is '.' or ',')) end--; // Emphasis of markdown.
        }
        while (end > start && IsOutside(text.AsSpan(start, end - start))) end--;
        return end;
    }

    /// <summary>One character six times in a row is a filler, as random text almost never is.</summary>
    private static bool Repeats(string value)
    {
        var run = 1;
        for (var i = 1; i < value.Length && run < 6; i++) run = value[i] == value[i - 1] ? run + 1 : 1;
        return run >= 6;
    }

    private static bool IsOutside(ReadOnlySpan<char> value) => value[^1] switch
    {
        '.' or ',' or ';' or ':' or '\\' or '"' or '\'' or '`' or '’' or '”' or '»' or '…' or '。' or '，' => true,
        ')' => !value.Contains('('),
        ']' => !value.Contains('['),
        '}' => !value.Contains('{'),
        '>' => !value.Contains('<'),
        _ => false,
    };

    /// <summary><c>${NAME}</c>, <c>$NAME</c>, <c>%NAME%</c>, <c>{{ name }}</c>, <c>&lt;name&gt;</c>, <c>#{name}</c>, <c>@name@</c>, <c>%(name)s</c>.</summary>
    private static readonly LazyRegex Variable = new(@"^(?:\$\{.*|\$\(.*|\$[A-Za-z_][\w:.\->\[\]']*|%[\w.]+%|\{\{?[\w .:\-]*\}?\}?|<.*|#\{.*|@[\w.\-]+@|%\(.*|%[sdv@].*|\[[\w \-]*\]?)$", RegexOptions.None);
}
