using System.Collections.Frozen;

namespace Gateway.Risk.Personal.Names;

/// <summary>Lists of names and words, in lower case, that ship with the product; <c>docs/gazetteers.md</c> says where they come from.</summary>
internal static class Gazetteer
{
    public static FrozenSet<string> Given { get; } = Read("given.txt", ' ');
    public static FrozenSet<string> Family { get; } = Read("family.txt", ' ');

    /// <summary>Of up to four words each.</summary>
    public static FrozenSet<string> Places { get; } = Read("places.txt", '|');

    /// <summary>First words of those, which tell most others apart without a longer look.</summary>
    public static FrozenSet<string> PlaceBeginnings { get; } = Places.Select(place => place.Split(' ')[0]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Ordinary words, which begin with a capital at the start of a sentence only.</summary>
    public static FrozenSet<string> Words { get; } = Read("words.txt", ' ');

    private static FrozenSet<string> Read(string file, char separator)
    {
        using var reader = new StreamReader(typeof(Gazetteer).Assembly.GetManifestResourceStream($"Gateway.Risk.Personal.Names.{file}")!); // embedded by the project file
        List<string> all = [];
        while (reader.ReadLine() is { } line)
        {
            if (line[0] != '#') all.AddRange(line.Split(separator, StringSplitOptions.RemoveEmptyEntries));
        }
        return all.ToFrozenSet(StringComparer.Ordinal);
    }
}
