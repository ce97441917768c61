using System.Buffers;

namespace Gateway.Masking.MadeUp;

/// <summary>The made-up values of one request, and where they stand in a text.</summary>
internal sealed class FakeValues
{
    private readonly record struct Known(string Type, string Fake, string Value, string Plain, bool IsNumber);

    private readonly Dictionary<string, Known> byFake = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Known> byBare = new(StringComparer.Ordinal);

    /// <summary>What to look for in a text as it is, and in its letters and digits alone; made when first needed.</summary>
    private (Wanted Words, Wanted Numbers)? wanted;

    public int Count => byFake.Count;

    public IEnumerable<(string Type, string Fake, string Value)> All => byFake.Values.Select(known => (known.Type, known.Fake, known.Value));

    /// <summary>False when the fake is taken, or is the fake of another value written differently.</summary>
    public bool TryAdd(string type, string fake, string value)
    {
        var known = new Known(Labels.For(type), fake, value, WrittenValue.Plain(type, value), WrittenValue.IsNumber(type, value));
        var bare = WrittenValue.Bare(fake);
        if (byFake.ContainsKey(fake) || (byBare.TryGetValue(bare, out var other) && (!other.IsNumber || other.Plain != known.Plain))) return false;

        byFake.Add(fake, known);
        byBare.TryAdd(bare, known);
        wanted = null;
        return true;
    }

    /// <summary>
    /// Fakes that stand whole in a unit of text: words as they were given out, in any case; numbers however their groups
    /// are written now. From left to right, none overlapping.
    /// </summary>
    /// <param name="before">The character before the unit.</param>
    public IEnumerable<(int Start, int End, string Value)> In(ReadOnlySpan<char> unit, char before)
    {
        if (Count == 0) return [];

        wanted ??= (
            Wanted.Of([.. byFake.Values.Where(known => !known.IsNumber).Select(known => known.Fake)], StringComparison.OrdinalIgnoreCase),
            Wanted.Of([.. byBare.Where(bare => bare.Value.IsNumber).Select(bare => bare.Key)], StringComparison.Ordinal));
        var found = new List<(int Start, int End, string Value)>();
        FindWords(unit, before, found);
        FindNumbers(unit, before, found);
        if (found.Count < 2) return found;

        found.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var end = 0;
        return found.Where(match => match.Start >= end && (end = match.End) > 0).ToList();
    }

    private void FindWords(ReadOnlySpan<char> unit, char before, List<(int, int, string)> found)
    {
        var (words, lookup) = (wanted!.Value.Words, byFake.GetAlternateLookup<ReadOnlySpan<char>>());
        for (var at = 0; unit[at..].IndexOfAny(words.Any) is >= 0 and var next; at++)
        {
            at += next;
            foreach (var length in words.Lengths)
            {
                if (at + length > unit.Length || !lookup.TryGetValue(unit.Slice(at, length), out var known) || known.IsNumber || !WholeValue.Is(unit, at, at + length, before, ofDigits: false)) continue;
                found.Add((at, at + length, known.Value));
                break;
            }
        }
    }

    private void FindNumbers(ReadOnlySpan<char> unit, char before, List<(int, int, string)> found)
    {
        if (unit.IndexOfAnyInRange('0', '9') < 0) return;

        var (bare, places) = Barely(unit);
        for (var at = 0; bare.AsSpan(at).IndexOfAny(wanted!.Value.Numbers.Any) is >= 0 and var next; at++)
        {
            at += next;
            if (TryNumberAt(bare.AsSpan(at), out var known, out var length) && Grouped(unit, places, at, length))
            {
                var (start, end) = Widen(unit, places[at], places[at + length - 1] + 1, known.Fake);
                if (WholeValue.Is(unit, start, end, before, ofDigits: true)) found.Add((start, end, ValueOf(unit[start..end], known)));
            }
        }
    }

    private static (string Bare, List<int> Places) Barely(ReadOnlySpan<char> unit)
    {
        var places = new List<int>(unit.Length);
        var bare = new System.Text.StringBuilder(unit.Length);
        for (var i = 0; i < unit.Length; i++)
        {
            if (!char.IsLetterOrDigit(unit[i])) continue;
            bare.Append(char.ToUpperInvariant(unit[i]));
            places.Add(i);
        }
        return (bare.ToString(), places);
    }

    private bool TryNumberAt(ReadOnlySpan<char> bare, out Known known, out int length)
    {
        var lookup = byBare.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var longest in wanted!.Value.Numbers.Lengths)
        {
            length = longest;
            if (length <= bare.Length && lookup.TryGetValue(bare[..length], out known) && known.IsNumber) return true;
        }
        (known, length) = (default, 0);
        return false;
    }

    /// <summary>Nothing but what separates groups stands between the letters and digits, and little of it.</summary>
    private static bool Grouped(ReadOnlySpan<char> unit, List<int> places, int at, int length)
    {
        const int widest = 3;
        for (var i = at + 1; i < at + length; i++)
        {
            if (places[i] - places[i - 1] > widest + 1) return false;
            for (var between = places[i - 1] + 1; between < places[i]; between++)
            {
                if (!WrittenValue.IsSeparator(unit[between])) return false;
            }
        }
        return true;
    }

    /// <summary>A plus sign or bracket at the ends belongs to the number if the fake has it there.</summary>
    private static (int Start, int End) Widen(ReadOnlySpan<char> unit, int start, int end, string fake)
    {
        var first = fake.AsSpan().IndexOfAny(LettersAndDigits);
        var last = fake.AsSpan().LastIndexOfAny(LettersAndDigits) + 1;
        if (unit[..start].EndsWith(fake.AsSpan(0, first))) start -= first;
        if (unit[end..].StartsWith(fake.AsSpan(last))) end += fake.Length - last;
        return (start, end);
    }

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Two spellings of one value have two fakes; each is restored as it was spelled.</summary>
    private string ValueOf(ReadOnlySpan<char> written, Known otherwise) =>
        byFake.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(written, out var known) ? known.Value : otherwise.Value;

    /// <summary>Texts to look for, and how long they are, longest first: however many there are, a place costs no more than a few look-ups.</summary>
    private sealed record Wanted(SearchValues<string> Any, int[] Lengths)
    {
        public static Wanted Of(string[] texts, StringComparison comparison) => new(SearchValues.Create(texts, comparison), [.. texts.Select(text => text.Length).Distinct().OrderDescending()]);
    }
}
