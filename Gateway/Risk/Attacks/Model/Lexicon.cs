namespace Gateway.Risk.Attacks.Model;

/// <summary>
/// What words mean to the model: classes such as "words for dropping something", in a dozen languages. They carry what was
/// learned from one way of saying a thing over to another.
/// </summary>
internal sealed class Lexicon
{
    public static Lexicon Shipped { get; } = Read(Resource.Text("attack-lexicon.txt"));

    private readonly byte[] classes;

    private Lexicon(IReadOnlyList<string> names, IReadOnlyList<string> descriptions, Dictionary<uint, List<byte>> words, Dictionary<uint, List<byte>> stems)
    {
        (Names, Descriptions) = (names, descriptions);
        List<byte> all = [];
        (Words, Stems) = (new(words, all), new(stems, all));
        classes = [.. all];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Each class as an explanation calls it, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<string> Descriptions { get; }

    /// <summary>The classes of a word or phrase, by its hash.</summary>
    public LexiconClasses Words { get; }

    /// <summary>The classes of a word that begins so.</summary>
    public LexiconClasses Stems { get; }

    public ReadOnlySpan<byte> Classes(Meanings of) => classes.AsSpan(of.Start, of.Count);

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
