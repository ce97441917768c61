namespace Training;

internal static class Figures
{
    /// <summary>How often an attack scores above a harmless text; ties count half.</summary>
    public static double Auc(IReadOnlyList<float> attacks, IReadOnlyList<float> harmless)
    {
        var all = attacks.Select(s => (Score: s, Attack: true)).Concat(harmless.Select(s => (Score: s, Attack: false))).OrderBy(s => s.Score).ToList();
        double ranks = 0;
        for (var i = 0; i < all.Count;)
        {
            var j = i;
            while (j < all.Count && all[j].Score == all[i].Score) j++;
            ranks += (i + 1 + j) / 2.0 * all[i..j].Count(s => s.Attack);
            i = j;
        }
        double n = attacks.Count, m = harmless.Count;
        return (ranks - (n * (n + 1) / 2)) / (n * m);
    }

    /// <summary>The lowest line that at most this share of the harmless reaches.</summary>
    public static float LineAt(IReadOnlyList<float> harmless, double share)
    {
        var sorted = harmless.OrderDescending().ToList();
        return MathF.BitIncrement(sorted[(int)(share * sorted.Count)]);
    }

    public static double Reach(IReadOnlyCollection<float> scores, float line) => scores.Count == 0 ? double.NaN : scores.Count(s => s >= line) / (double)scores.Count;
}
