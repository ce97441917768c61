using System.Security.Cryptography;
using System.Text;
using Gateway.Risk;
using Gateway.Risk.Attacks;
using Gateway.Risk.Attacks.Model;

namespace Training;

/// <summary>What a text is; the first three are the model's heads.</summary>
internal enum Kind
{
    Injection,
    Jailbreak,
    Harmful,
    Benign,
}

/// <summary>A labelled text as the model sees it: its windows, each a list of features.</summary>
internal sealed class Example
{
    public required string Id { get; init; }
    public required string Text { get; init; }
    public required Kind Kind { get; init; }

    /// <summary>Where it comes from; ours begin with <c>seed/</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>A text with its close relatives, which are trained on together or not at all.</summary>
    public required string Family { get; init; }
    public string License { get; init; } = "ours";
    public Window[] Windows { get; private set; } = [];

    /// <summary>Labelled an attack, but nothing that was learned from other origins says so: not learned from.</summary>
    public bool Doubtful { get; set; }

    public bool IsSeed => Origin.StartsWith("seed/", StringComparison.Ordinal);

    /// <summary>The same on every machine.</summary>
    public int Fold(int folds) => SHA256.HashData(Encoding.UTF8.GetBytes(Family))[0] % folds;

    public void Read()
    {
        var folded = FoldedText.Of(Text);
        List<Block> blocks = [];
        using var memory = new FeatureMemory(folded.Text.Length);
        var sink = new CollectingSink(blocks);
        var signs = AttackSigns.In(folded);
        var words = new FeatureReader<CollectingSink>(folded.Text, signs, memory, ref sink).Read();
        List<int> shapes = [];
        TextShape.Read(Text, words, shapes);
        Windows = [.. Enumerable.Range(0, Math.Max(1, blocks.Count - 1)).Select(b => Window.Of(blocks.Skip(b).Take(2), shapes))];
    }

    internal sealed record Block(List<int> Words, List<int> Pieces, List<int> Named);

    private readonly struct CollectingSink(List<Block> blocks) : IFeatureSink
    {
        public static bool TakesHashes => true;

        public void Begin(int start) => blocks.Add(new([], [], []));
        public void Words(ReadOnlySpan<int> buckets) => blocks[^1].Words.AddRange(buckets);
        public void Pieces(ReadOnlySpan<int> buckets) => blocks[^1].Pieces.AddRange(buckets);
        public void Named(ReadOnlySpan<int> features)
        {
            foreach (var feature in features) blocks[^1].Named.Add(FeatureSpace.Buckets + feature);
        }
    }

    internal sealed record Window(int[] Features, int Words, int Pieces, float Word, float Piece, float Named)
    {
        public static Window Of(IEnumerable<Block> blocks, List<int> shapes)
        {
            var two = blocks.ToList();
            int[] words = [.. two.SelectMany(b => b.Words)], pieces = [.. two.SelectMany(b => b.Pieces)];
            int[] named = [.. two.SelectMany(b => b.Named), .. shapes.Select(shape => FeatureSpace.Buckets + NamedFeatures.Shape(shape))];
            var hashed = FeatureSpace.HashedNorm(words.Length, pieces.Length);
            return new([.. words, .. pieces, .. named], words.Length, pieces.Length, FeatureSpace.WordValue / hashed, FeatureSpace.PieceValue / hashed, 1 / FeatureSpace.NamedNorm(named.Length));
        }

        public float Value(int at) => at < Words ? Word : at < Words + Pieces ? Piece : Named;
    }
}
