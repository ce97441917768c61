using System.Diagnostics.CodeAnalysis;
using Gateway.Masking.MadeUp;

namespace Gateway.Masking;

/// <summary>
/// One request's pseudonyms: one value, one token, such as <c>[EMAIL_1]</c>, or one made-up value. Never shared between
/// requests, so that no caller's value can be restored for another. Not thread-safe.
/// </summary>
internal sealed class Pseudonyms
{
    /// <summary>Characters of the request that are looked through for all its fakes together; then values become tokens.</summary>
    private const long MostLookedThrough = 2_000_000_000;

    /// <summary>No token begins like it.</summary>
    private const string FakeMark = "fake:";

    private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);

    /// <summary>Models write tokens back in another case now and then; no two tokens differ by case only.</summary>
    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> reserved = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> last = new(StringComparer.Ordinal);
    private readonly FakeValues fakes = new();
    private readonly IEnumerable<string> texts;

    /// <summary>Letters and digits of the whole request, for made-up values to stay away from; most requests never need it.</summary>
    private string? request;
    private long lookedThrough;

    /// <param name="texts">Every text of the request: tokens that stand there in any form (<see cref="TokenForm"/>) are the caller's words and are never given out.</param>
    public Pseudonyms(IEnumerable<string>? texts = null)
    {
        this.texts = texts ?? [];
        foreach (var text in this.texts) Reserve(text);
    }

    public int Count => values.Count;

    /// <summary>Values that a made-up one stands for.</summary>
    public FakeValues Fakes => fakes;

    /// <summary>Must come before the first token is given out for this text.</summary>
    public void Reserve(string text)
    {
        for (var at = text.IndexOf('['); at >= 0; at = text.IndexOf('[', at + 1))
        {
            if (TokenForm.Read(text.AsSpan(at > 0 && text[at - 1] == '\\' ? at - 1 : at), out var escaped) > 0) reserved.Add(escaped);
            if (TokenForm.Read(text.AsSpan(at), out var token) > 0) reserved.Add(token);
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

    /// <summary>A made-up value, never one that stands in the request; a token where the type has no form, all its forms are taken, or the request is too large to make sure.</summary>
    public string FakeFor(string type, string value, ConversationKey key)
    {
        const int tries = 16;

        if (tokens.TryGetValue(value, out var known)) return known;
        for (var attempt = 0; attempt < tries && MadeUp.Fakes.Of(type, value, key, attempt) is { } fake; attempt++)
        {
            request ??= string.Join(' ', texts.Select(WrittenValue.Bare));
            if ((lookedThrough += request.Length) > MostLookedThrough) break;
            if (request.Contains(WrittenValue.Bare(fake), StringComparison.Ordinal) || !fakes.TryAdd(type, fake, value)) continue;
            tokens.Add(value, fake);
            return fake;
        }
        return TokenFor(type, value);
    }

    /// <summary>Whole tokens only, in any case; unknown numbers and other conversations' tokens are not restored.</summary>
    public bool TryRestore(string token, [MaybeNullWhen(false)] out string value) => values.TryGetValue(token, out value);

    /// <summary>Token to value, and fake to value behind a mark, to be stored encrypted with a parked ticket.</summary>
    public IReadOnlyDictionary<string, string> Export() =>
        values.Select(pair => (pair.Key, pair.Value)).Concat(fakes.All.Select(pair => ($"{FakeMark}{pair.Type}:{pair.Fake}", pair.Value))).ToDictionary(StringComparer.Ordinal);

    /// <param name="saved">What <see cref="Export"/> gave.</param>
    /// <param name="texts">As for the constructor; needed only if further tokens will be given out.</param>
    public static Pseudonyms Import(IReadOnlyDictionary<string, string> saved, IEnumerable<string>? texts = null)
    {
        var pseudonyms = new Pseudonyms(texts);
        foreach (var (token, value) in saved)
        {
            if (token.StartsWith(FakeMark, StringComparison.Ordinal) && token.Split(':', 3) is [_, var type, var fake] && pseudonyms.fakes.TryAdd(type, fake, value) && pseudonyms.tokens.TryAdd(value, fake)) continue;
            if (TokenForm.Read(token, out _) != token.Length || !pseudonyms.values.TryAdd(token, value) || !pseudonyms.tokens.TryAdd(value, token))
            {
                throw new ArgumentException("The saved pseudonyms are damaged: not one token for each value.", nameof(saved));
            }
        }
        return pseudonyms;
    }
}
