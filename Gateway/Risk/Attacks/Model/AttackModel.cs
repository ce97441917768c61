using System.IO.Compression;
using System.Runtime.Intrinsics;

namespace Gateway.Risk.Attacks.Model;

/// <summary>
/// A linear model over what <see cref="FeatureReader{TSink}"/> sees, with one set of weights for each kind of attack and one
/// for attacks at large. Made by <c>tests/Training</c>; docs/model-card.md says from what and how good it is.
/// </summary>
internal sealed class AttackModel
{
    /// <summary>Injection, jailbreak, harmful request, any of them.</summary>
    public const int Heads = 4;
    public const int Any = 3;

    public static AttackModel Shipped { get; } = Read(Resource.Open("attack-weights.bin"));

    /// <summary>Four signed bytes a bucket, one for each head.</summary>
    private readonly uint[] hashed;
    private readonly Vector128<float>[] named;
    private readonly Vector128<float> bias, scale;

    public AttackModel(string version, uint[] hashed, Vector128<float> scale, Vector128<float>[] named, Vector128<float> bias, Calibration calibration)
    {
        (Version, this.hashed, this.scale, this.named, this.bias, Calibration) = (version, hashed, scale, named, bias, calibration);
    }

    /// <summary>Of these weights; part of <see cref="RiskWeights.Version"/>.</summary>
    public string Version { get; }
    public Calibration Calibration { get; }

    /// <summary>The strongest window of a text.</summary>
    public WindowScore Score(string text, FoldedText folded, IReadOnlyList<AttackSign> signs)
    {
        using var memory = new FeatureMemory(folded.Text.Length);
        var sink = new SummingSink(this);
        var words = new FeatureReader<SummingSink>(folded.Text, signs, memory, ref sink).Read();
        var blocks = sink.End();

        var whole = default(BlockSum);
        List<int> shapes = [];
        TextShape.Read(text, words, shapes);
        foreach (var shape in shapes) whole.AddNamed(named[NamedFeatures.Shape(shape)]);

        var best = new WindowScore(0, 0, 0, Vector128.Create(float.NegativeInfinity), float.NegativeInfinity);
        for (var block = 0; block < Math.Max(1, blocks.Count - 1); block++)
        {
            var (first, second) = (blocks[block], block + 1 < blocks.Count ? blocks[block + 1] : default);
            var logits = Logits(first, second, whole);
            var strength = Model.Calibration.Strength(logits);
            if (strength > best.Strength) best = new(blocks[Math.Max(0, block - 1)].Start, first.Start, block + 2 < blocks.Count ? blocks[block + 2].Start : folded.Text.Length, logits, strength);
        }
        return best;
    }

    private Vector128<float> Logits(in BlockSum first, in BlockSum second, in BlockSum whole)
    {
        var hashedNorm = FeatureSpace.HashedNorm(first.WordCount + second.WordCount, first.PieceCount + second.PieceCount);
        var namedNorm = FeatureSpace.NamedNorm(first.NamedCount + second.NamedCount + whole.NamedCount);
        var words = Vector128.ConvertToSingle(first.Words + second.Words) * FeatureSpace.WordValue + Vector128.ConvertToSingle(first.Pieces + second.Pieces) * FeatureSpace.PieceValue;
        return bias + words * scale / hashedNorm + (first.Named + second.Named + whole.Named) / namedNorm;
    }

    /// <summary>What spoke most for the head, in words: at most <paramref name="most"/> features, strongest first.</summary>
    public IReadOnlyList<string> Explain(FoldedText folded, IReadOnlyList<AttackSign> signs, WindowScore window, int head, int most)
    {
        using var memory = new FeatureMemory(folded.Text.Length);
        SortedSet<int> features = [];
        var sink = new NamingSink(features, window.Start, window.End);
        new FeatureReader<NamingSink>(folded.Text, signs, memory, ref sink).Read(window.Before, window.End);
        return [.. features.Where(feature => named[feature][head] > 0.05f)
            .OrderByDescending(feature => named[feature][head]).Take(most).Select(NamedFeatures.Describe)];
    }

    private static AttackModel Read(Stream resource)
    {
        using var file = new BinaryReader(new BrotliStream(resource, CompressionMode.Decompress));
        var version = file.ReadString();
        var calibration = new Calibration(file.ReadSingle(), file.ReadSingle());
        var (bias, scale, namedScale) = (ReadHeads(file), ReadHeads(file), ReadHeads(file));
        var hashed = new uint[FeatureSpace.Buckets];
        for (var head = 0; head < Heads; head++)
        {
            foreach (ref var bucket in hashed.AsSpan()) bucket |= (uint)file.ReadByte() << (8 * head);
        }
        var named = new float[file.ReadInt32()][];
        for (var feature = 0; feature < named.Length; feature++) named[feature] = new float[Heads];
        for (var head = 0; head < Heads; head++)
        {
            foreach (var feature in named) feature[head] = file.ReadInt16() * namedScale[head];
        }
        if (named.Length != NamedFeatures.Count) throw new InvalidOperationException($"The weights know {named.Length} named features, the gateway {NamedFeatures.Count}: train again.");
        return new(version, hashed, scale, [.. named.Select(feature => Vector128.Create(feature))], bias, calibration);
    }

    private static Vector128<float> ReadHeads(BinaryReader file) => Vector128.Create(file.ReadSingle(), file.ReadSingle(), file.ReadSingle(), file.ReadSingle());

    private struct BlockSum
    {
        public int Start, WordCount, PieceCount, NamedCount;
        public Vector128<int> Words, Pieces;
        public Vector128<float> Named;

        public void AddNamed(Vector128<float> weights)
        {
            Named += weights;
            NamedCount++;
        }
    }

    private struct SummingSink(AttackModel model) : IFeatureSink
    {
        private readonly uint[] hashed = model.hashed;
        private readonly Vector128<float>[] named = model.named;
        private readonly List<BlockSum> blocks = [];
        private BlockSum block;

        public static bool TakesHashes => true;

        public void Begin(int start)
        {
            if (start > 0) blocks.Add(block); // the first begins at the beginning
            block = new() { Start = start };
        }

        public readonly List<BlockSum> End()
        {
            blocks.Add(block);
            return blocks;
        }

        public void Words(ReadOnlySpan<int> buckets)
        {
            block.Words += Sum(buckets);
            block.WordCount += buckets.Length;
        }

        public void Pieces(ReadOnlySpan<int> buckets)
        {
            block.Pieces += Sum(buckets);
            block.PieceCount += buckets.Length;
        }

        public void Named(ReadOnlySpan<int> features)
        {
            var (weights, sum) = (named, block.Named);
            foreach (var feature in features) sum += weights[feature];
            block.Named = sum;
            block.NamedCount += features.Length;
        }

        private readonly Vector128<int> Sum(ReadOnlySpan<int> buckets)
        {
            var (weights, sum) = (hashed, Vector128<int>.Zero);
            foreach (var bucket in buckets) sum += Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(weights[bucket]).AsSByte()));
            return sum;
        }
    }

    private struct NamingSink(SortedSet<int> features, int start, int end) : IFeatureSink
    {
        private bool inside;

        public static bool TakesHashes => false;

        public void Begin(int at) => inside = at >= start && at < end;

        public readonly void Words(ReadOnlySpan<int> buckets)
        {
        }

        public readonly void Pieces(ReadOnlySpan<int> buckets)
        {
        }

        public readonly void Named(ReadOnlySpan<int> seen)
        {
            if (inside) features.UnionWith(seen.ToArray());
        }
    }
}

/// <param name="Before">Where the block before the window begins, in folded characters: what stands in it has to do with what stands first in the window.</param>
/// <param name="Start">In folded characters, too.</param>
/// <param name="Strength">What the calibration turns into a probability.</param>
internal readonly record struct WindowScore(int Before, int Start, int End, Vector128<float> Logits, float Strength);
