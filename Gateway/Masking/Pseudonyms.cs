using System.Diagnostics.CodeAnalysis;

namespace Gateway.Masking;

/// <summary>
/// One request's pseudonyms: one value, one token, such as <c>[EMAIL_1]</c>. Never shared between requests, so that no
/// caller's value can be restored for another. Not thread-safe.
/// </summary>
internal sealed class Pseudonyms
{
    private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);

    /// <summary>Models write tokens back in another case now and then; no two tokens differ by case only.</summary>
    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> reserved = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> last = new(StringComparer.Ordinal);

    /// <param name="texts">Every text of the request: tokens that stand there literally are the caller's words and are never given out.</param>
    public Pseudonyms(IEnumerable<string>? texts = null)
    {
        foreach (var text in texts ?? []) Reserve(text);
    }

    public int Count => values.Count;

    /// <summary>Must come before the first token is given out for this text.</summary>
    public void Reserve(string text)
    {
        for (var at = text.IndexOf('['); at >= 0; at = text.IndexOf('[', at + 1))
        {
            if (TokenAt(text.AsSpan(at)) is > 0 and var length) reserved.Add(text.Substring(at, length));
        }
    }

    public string TokenFor(string type, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (tokens.TryGetValue(value, out var token)) return token;

        var label = Labels.For(type);
        var number = last.GetValueOrDefault(label);
        do token = $"[{label}_{++number}]";
        while (values.ContainsKey(token) || reserved.Contains(token));

        last[label] = number;
        tokens.Add(value, token);
        values.Add(token, value);
        return token;
    }

    /// <summary>Whole tokens only, in any case; unknown numbers and other conversations' tokens are not restored.</summary>
    public bool TryRestore(string token, [MaybeNullWhen(false)] out string value) => values.TryGetValue(token, out value);

    public bool TryRestore(ReadOnlySpan<char> token, [MaybeNullWhen(false)] out string value) =>
        values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out value);

    /// <summary>Token to value, to be stored encrypted with a parked ticket.</summary>
    public IReadOnlyDictionary<string, string> Export() => new Dictionary<string, string>(values, StringComparer.Ordinal);

    /// <param name="saved">What <see cref="Export"/> gave.</param>
    /// <param name="texts">As for the constructor; needed only if further tokens will be given out.</param>
    public static Pseudonyms Import(IReadOnlyDictionary<string, string> saved, IEnumerable<string>? texts = null)
    {
        var pseudonyms = new Pseudonyms(texts);
        foreach (var (token, value) in saved)
        {
            if (TokenAt(token) != token.Length || !pseudonyms.values.TryAdd(token, value) || !pseudonyms.tokens.TryAdd(value, token))
            {
                throw new ArgumentException("The saved pseudonyms are damaged: not one token for each value.", nameof(saved));
            }
        }
        return pseudonyms;
    }

    /// <summary>
    /// Length of the token that <paramref name="text"/> begins with, or 0: <c>[</c>, a label, <c>_</c>, a number,
    /// <c>]</c>. The closing bracket is what keeps <c>[EMAIL_1]</c> apart from <c>[EMAIL_10]</c>.
    /// </summary>
    public static int TokenAt(ReadOnlySpan<char> text)
    {
        const int longest = 48;

        if (text.IsEmpty || text[0] != '[') return 0;
        var end = 1;
        while (end < text.Length && end < longest && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        if (end == text.Length || text[end] != ']') return 0;

        var number = end;
        while (char.IsAsciiDigit(text[number - 1])) number--;
        return number < end && number > 2 && text[number - 1] == '_' ? end + 1 : 0;
    }
}
