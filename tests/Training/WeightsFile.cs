using System.IO.Compression;
using Gateway.Risk.Attacks.Model;

namespace Training;

/// <summary>What <see cref="AttackModel"/> reads: rounded to seven bits (hashed) or two (named), compressed.</summary>
internal static class WeightsFile
{
    private const int Steps = 63;

    public static long Write(Weights weights, Calibration calibration, string version, string path)
    {
        using var bytes = new MemoryStream();
        using (var file = new BinaryWriter(new BrotliStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true)))
        {
            file.Write(version);
            file.Write(calibration.Slope);
            file.Write(calibration.Offset);
            foreach (var bias in weights.Bias) file.Write(bias);
            float[] scales = [.. weights.Of.Select(head => Largest(head.AsSpan(..FeatureSpace.Buckets)) / Steps)], named = [.. weights.Of.Select(head => Largest(head.AsSpan(FeatureSpace.Buckets..)) / 32_000)];
            foreach (var scale in scales.Concat(named)) file.Write(scale);
            foreach (var (head, scale) in weights.Of.Zip(scales))
            {
                foreach (var weight in head.AsSpan(..FeatureSpace.Buckets)) file.Write((sbyte)Math.Clamp(Math.Round(weight / scale), -Steps, Steps));
            }
            file.Write(NamedFeatures.Count);
            foreach (var (head, scale) in weights.Of.Zip(named))
            {
                foreach (var weight in head.AsSpan(FeatureSpace.Buckets..)) file.Write((short)Math.Round(weight / scale));
            }
        }
        File.WriteAllBytes(path, bytes.ToArray());
        return bytes.Length;
    }

    /// <summary>The largest of all but a few: one outlier should not cost all the others their precision.</summary>
    private static float Largest(ReadOnlySpan<float> weights)
    {
        var sizes = weights.ToArray().Select(Math.Abs).OrderDescending().ToArray();
        return weights.Length > 100_000 ? sizes[50] : Math.Max(sizes[0], 1e-6f);
    }
}
