using System.Numerics;

namespace Gateway.Risk.Attacks.Model;

/// <summary>
/// What words mean to the model: classes such as "words for dropping something", in a dozen languages. They carry what was
/// learned from one way of saying a thing over to another.
/// </summary>
internal sealed class Lexicon
{
    public static Lexicon Shipped { get; } = Read(Resource.Text("attack-lexicon.txt"));

    private readonly Classes words, stems;

    private Lexicon(IReadOnlyList<string> names, IReadOnlyList<string> descriptions, Dictionary<uint, List<byte>> words, Dictionary<uint, List<byte>> stems)
    {
        (Names, Descriptions) = (names, descriptions);
        (this.words, this.stems) = (new(words), new(stems));
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Each class as an explanation calls it, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<string> Descriptions { get; }

    /// <summary>The classes of a word or phrase, by its hash.</summary>
    public ReadOnlySpan<byte> Word(uint hash) => words.Of(hash);

    /// <summary>The classes of a word that begins so.</summary>
    public ReadOnlySpan<byte> Stem(uint hash) => stems.Of(hash);

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

    /// <summary>Classes by hash, all in one piece of memory: asked five times for each word, and most are in none.</summary>
    private sealed class Classes
    {
        /// <summary>One bit per hash that may have some, which tells most others without a look-up.</summary>
        private readonly ulong[] filter = new ulong[1024];

        /// <summary>Each at the place its hash says, or the next that was free; a count of none is a free place.</summary>
        private readonly (uint Hash, ushort Start, ushort Count)[] places;
        private readonly byte[] all;

        public Classes(Dictionary<uint, List<byte>> classes)
        {
            places = new (uint, ushort, ushort)[BitOperations.RoundUpToPowerOf2((uint)classes.Count * 2)];
            all = [.. classes.Values.SelectMany(each => each)];
            var start = 0;
            foreach (var (hash, each) in classes)
            {
                filter[hash >> 22] |= 1ul << (int)((hash >> 16) & 63);
                var at = hash & (places.Length - 1);
                while (places[at].Count != 0) at = (at + 1) & (places.Length - 1);
                places[at] = (hash, checked((ushort)start), (ushort)each.Count);
                start += each.Count;
            }
        }

        public ReadOnlySpan<byte> Of(uint hash)
        {
            if ((filter[hash >> 22] & (1ul << (int)((hash >> 16) & 63))) == 0) return [];
            var table = places;
            for (var at = (int)hash & (table.Length - 1); table[at].Count != 0; at = (at + 1) & (table.Length - 1))
            {
                if (table[at].Hash == hash) return all.AsSpan(table[at].Start, table[at].Count);
            }
            return [];
        }
    }
}
