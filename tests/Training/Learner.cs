using Gateway.Risk.Attacks.Model;

namespace Training;

/// <summary>
/// Logistic regression by stochastic gradient descent with AdaGrad's step lengths and L2, one head at a time. A text of many
/// windows learns at its strongest one, as it will be judged.
/// </summary>
internal static class Learner
{
    private const int Epochs = 8;
    private const float Rate = 0.02f;
    private const float Shrink = 2e-4f;
    private const float Smoothing = 0.02f;

    /// <summary>Learned several times in different orders; the mean depends less on the order than each does.</summary>
    private const int Orders = 4;

    public static Weights Train(IReadOnlyList<Example> examples)
    {
        var runs = Enumerable.Range(0, Orders).Select(_ => new Weights()).ToList();
        Parallel.For(0, AttackModel.Heads * Orders, run =>
            TrainHead(runs[run / AttackModel.Heads], run % AttackModel.Heads, (uint)run, [.. examples.Where(example => Takes(run % AttackModel.Heads, example.Kind))]));
        return Weights.Mean(runs);
    }

    /// <summary>Each kind against the harmless; attacks of another kind say nothing about this one.</summary>
    private static bool Takes(int head, Kind kind) => head == AttackModel.Any || (int)kind == head || kind == Kind.Benign;

    private static void TrainHead(Weights weights, int head, uint order, List<Example> examples)
    {
        var (w, square) = (weights.Of[head], new float[weights.Of[head].Length]);
        var (bias, biasSquare) = (0f, 0f);
        var importance = Balance(examples);
        var turns = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Congruential(17u + order);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(turns);
            foreach (var at in turns)
            {
                var example = examples[at];
                var (window, sum) = Strongest(example, w, bias);
                var wanted = example.Kind == Kind.Benign ? Smoothing : 1 - Smoothing;
                var slope = ((1 / (1 + MathF.Exp(-sum))) - wanted) * importance[at];
                for (var i = 0; i < window.Features.Length; i++)
                {
                    var feature = window.Features[i];
                    var gradient = (slope * window.Value(i)) + (Shrink * importance[at] * w[feature]);
                    square[feature] += gradient * gradient;
                    w[feature] -= Rate * gradient / (MathF.Sqrt(square[feature]) + 0.01f);
                }
                biasSquare += slope * slope;
                bias -= Rate * slope / (MathF.Sqrt(biasSquare) + 0.01f);
            }
        }
        weights.Bias[head] = bias;
    }

    public static (Example.Window Window, float Sum) Strongest(Example example, float[] weights, float bias)
    {
        var best = (example.Windows[0], float.NegativeInfinity);
        foreach (var window in example.Windows)
        {
            var sum = Weights.Sum(window, weights, bias);
            if (sum > best.Item2) best = (window, sum);
        }
        return best;
    }

    /// <summary>Attacks and the harmless weigh the same; within each, an origin weighs as the root of its size.</summary>
    private static float[] Balance(List<Example> examples)
    {
        var importance = new float[examples.Count];
        foreach (var side in new[] { true, false })
        {
            var mine = Enumerable.Range(0, examples.Count).Where(i => (examples[i].Kind == Kind.Benign) == side).ToList();
            var origins = mine.GroupBy(i => (examples[i].Kind, examples[i].Origin)).ToList();
            var whole = origins.Sum(origin => Math.Sqrt(origin.Count()));
            foreach (var origin in origins)
            {
                var each = Math.Sqrt(origin.Count()) / whole / origin.Count() * examples.Count / 2;
                foreach (var i in origin) importance[i] = (float)each;
            }
        }
        return importance;
    }
}

internal sealed class Weights
{
    public float[][] Of { get; } = [.. Enumerable.Range(0, AttackModel.Heads).Select(_ => new float[FeatureSpace.Buckets + NamedFeatures.Count])];
    public float[] Bias { get; } = new float[AttackModel.Heads];

    public static Weights Mean(IReadOnlyList<Weights> runs)
    {
        var mean = new Weights();
        for (var head = 0; head < AttackModel.Heads; head++)
        {
            mean.Bias[head] = runs.Average(run => run.Bias[head]);
            for (var i = 0; i < mean.Of[head].Length; i++) mean.Of[head][i] = runs.Average(run => run.Of[head][i]);
        }
        return mean;
    }

    public static float Sum(Example.Window window, float[] weights, float bias)
    {
        float words = 0, pieces = 0, named = 0;
        var features = window.Features;
        for (var i = 0; i < window.Words; i++) words += weights[features[i]];
        for (var i = window.Words; i < window.Words + window.Pieces; i++) pieces += weights[features[i]];
        for (var i = window.Words + window.Pieces; i < features.Length; i++) named += weights[features[i]];
        return bias + (words * window.Word) + (pieces * window.Piece) + (named * window.Named);
    }

    /// <summary>As <see cref="AttackModel"/> scores: the strongest window by all heads together.</summary>
    public (float Strength, int Head) Score(Example example)
    {
        var best = (float.NegativeInfinity, 0);
        Span<float> sums = stackalloc float[AttackModel.Heads];
        foreach (var window in example.Windows)
        {
            for (var head = 0; head < sums.Length; head++) sums[head] = Sum(window, Of[head], Bias[head]);
            var strength = Calibration.Strength(System.Runtime.Intrinsics.Vector128.Create<float>(sums));
            if (strength > best.Item1) best = (strength, sums[1] > sums[0] ? (sums[2] > sums[1] ? 2 : 1) : (sums[2] > sums[0] ? 2 : 0));
        }
        return best;
    }
}

/// <summary>Numbers that are the same on every machine, which System.Random does not promise.</summary>
internal sealed class Congruential(uint seed)
{
    private uint state = seed;

    public int Next(int below)
    {
        state = state * 1_664_525 + 1_013_904_223;
        return (int)(((ulong)(state >> 4) * (uint)below) >> 28);
    }

    public void Shuffle(int[] order)
    {
        for (var last = order.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }
    }
}
