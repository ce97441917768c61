using System.Collections.Frozen;

namespace Gateway.Risk.Personal.Names;

/// <summary>The lists of <see cref="Gazetteer"/> and <see cref="Cues"/> that a word may be on.</summary>
[Flags]
internal enum Lists
{
    None = 0,
    Given = 1 << 0,
    Family = 1 << 1,
    Place = 1 << 2,
    PlaceBeginning = 1 << 3,
    Word = 1 << 4,
    Title = 1 << 5,
    Naming = 1 << 6,

    /// <summary>Of those that name, the ones that also do something else.</summary>
    NamingToo = 1 << 7,
    Doing = 1 << 8,
    Placing = 1 << 9,
    Near = 1 << 10,
    Employing = 1 << 11,
    Acting = 1 << 12,
    Street = 1 << 13,
    PlaceEnding = 1 << 14,
    CompanyEnding = 1 << 15,
    Never = 1 << 16,
}

/// <summary>Every list at once: of a name it is asked twenty times on which its words are, and looked up once.</summary>
internal static class Listed
{
    private static readonly FrozenDictionary<string, Lists>.AlternateLookup<ReadOnlySpan<char>> ByWord = All().ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="lower">In lower case; a place may have several words.</param>
    public static Lists Of(ReadOnlySpan<char> lower) => ByWord.TryGetValue(lower, out var lists) ? lists : Lists.None;

    /// <summary>Whether it is on one of these at least.</summary>
    public static bool On(this Lists lists, Lists any) => (lists & any) != 0;

    private static Dictionary<string, Lists> All()
    {
        Dictionary<string, Lists> all = new(StringComparer.Ordinal);
        foreach (var (words, list) in new (IEnumerable<string>, Lists)[]
        {
            (Gazetteer.Given, Lists.Given), (Gazetteer.Family, Lists.Family), (Gazetteer.Places, Lists.Place), (Gazetteer.PlaceBeginnings, Lists.PlaceBeginning), (Gazetteer.Words, Lists.Word),
            (Cues.Titles, Lists.Title), (Cues.Naming, Lists.Naming), (["contact", "owner", "author"], Lists.NamingToo), (Cues.Doing, Lists.Doing), (Cues.Placing, Lists.Placing), (Cues.Near, Lists.Near),
            (Cues.Employing, Lists.Employing), (Cues.Acting, Lists.Acting), (Cues.Streets, Lists.Street), (Cues.PlaceEndings, Lists.PlaceEnding), (Cues.CompanyEndings, Lists.CompanyEnding), (Cues.Never, Lists.Never),
        })
        {
            foreach (var word in words) all[word] = all.GetValueOrDefault(word) | list;
        }
        return all;
    }
}
