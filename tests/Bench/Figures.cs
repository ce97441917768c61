namespace Bench;

internal static class Figures
{
    public static double Median(IEnumerable<double> values) => Percentile([.. values], 50);

    public static double Percentile(IReadOnlyCollection<double> values, double percent)
    {
        if (values.Count == 0) return double.NaN;
        double[] ordered = [.. values.Order()];
        return ordered[(int)Math.Clamp(Math.Ceiling(ordered.Length * percent / 100) - 1, 0, ordered.Length - 1)];
    }

    /// <summary>Distance of the extremes, as a share of the median.</summary>
    public static double Spread(IReadOnlyCollection<double> values) => (values.Max() - values.Min()) / Median(values);
}
