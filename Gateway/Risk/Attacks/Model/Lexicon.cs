using System.Collections.Frozen;

namespace Gateway.Risk.Attacks.Model;

/// <summary>
/// What words mean to the model: classes such as "words for dropping something", in a dozen languages. They carry what was
/// learned from one way of saying a thing over to another.
/// </summary>
internal sealed class Lexicon
{
    public static Lexicon Shipped { get; } = Read(Resource.Text("attack-lexicon.txt"));

    private readonly FrozenDictionary<uint, byte[]> words;
    private readonly FrozenDictionary<uint, byte[]> stems;

    /// <summary>One bit per hash that may begin an entry: most words are none, and this tells it without a look-up.</summary>
    private readonly ulong[] wordFilter = new ulong[1024], stemFilter = new ulong[1024];

    private Lexicon(IReadOnlyList<string> names, IReadOnlyList<string> descriptions, Dictionary<uint, List<byte>> words, Dictionary<uint, List<byte>> stems)
    {
        (Names, Descriptions) = (names, descriptions);
        this.words = words.ToFrozenDictionary(w => w.Key, w => w.Value.ToArray());
        this.stems = stems.ToFrozenDictionary(s => s.Key, s => s.Value.ToArray());
        foreach (var word in words.Keys) wordFilter[word >> 22] |= 1ul << (int)((word >> 16) & 63);
        foreach (var stem in stems.Keys) stemFilter[stem >> 22] |= 1ul << (int)((stem >> 16) & 63);
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Each class as an explanation calls it, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<string> Descriptions { get; }

    /// <summary>The classes of a word or phrase, by its hash.</summary>
    public ReadOnlySpan<byte> Word(uint hash) =>
        (wordFilter[hash >> 22] & (1ul << (int)((hash >> 16) & 63))) != 0 && words.TryGetValue(hash, out var classes) ? classes : [];

    /// <summary>The classes of a word that begins so.</summary>
    public ReadOnlySpan<byte> Stem(uint hash) =>
        (stemFilter[hash >> 22] & (1ul << (int)((hash >> 16) & 63))) != 0 && stems.TryGetValue(hash, out var classes) ? classes : [];

    private static Lexicon Read(string text)
    {
        List<string> names = [], descriptions = [];
        Dictionary<uint, List<byte>> words = [], stems = [];
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            foreach (var entry in parts[2].Split(' '))
            {
                var folded = FoldedText.Of(entry.TrimEnd('*').Replace('_', ' ')).Text;
                var to = entry[^1] == '*' ? stems : words;
                var hash = Token.Phrase(folded);
                if (!to.TryGetValue(hash, out var classes)) to.Add(hash, classes = []);
                if (!classes.Contains((byte)names.Count)) classes.Add((byte)names.Count);
            }
            names.Add(parts[0]);
            descriptions.Add(parts[1]);
        }
        return new(names, descriptions, words, stems);
    }
}
