namespace Training;

/// <summary>How well the model does on attacks of an origin it was not trained on. The tables of docs/model-card.md.</summary>
internal sealed class LeftOut(Session session, TextWriter output)
{
    private readonly List<string> attackOrigins = OriginsOf(session, row => row.Kind != Kind.Benign), harmlessOrigins = OriginsOf(session, row => row.Kind == Kind.Benign);

    public void Measure()
    {
        Table("attack origin left out, harmless texts judged by folds that left them out", ByFolds);
        Table("attack origin and harmless origin left out", ByOrigins);
    }

    private void Table(string title, Func<string, (float[] Attacks, List<float> Harmless)> judge)
    {
        output.WriteLine($"\n{title}\n{"origin",-28}{"n",6}{"AUC",8}{"TPR@1%",8}{"TPR@5%",8}");
        List<(double Auc, double One, double Five)> lines = [];
        foreach (var origin in attackOrigins)
        {
            var (attacks, harmless) = judge(origin);
            var line = (Auc: Figures.Auc(attacks, harmless), One: Figures.Reach(attacks, Figures.LineAt(harmless, 0.01)), Five: Figures.Reach(attacks, Figures.LineAt(harmless, 0.05)));
            output.WriteLine($"{origin,-28}{attacks.Length,6}{line.Auc,8:0.000}{line.One,8:0.000}{line.Five,8:0.000}");
            lines.Add(line);
        }
        output.WriteLine($"{"mean",-28}{"",6}{lines.Average(l => l.Auc),8:0.000}{lines.Average(l => l.One),8:0.000}{lines.Average(l => l.Five),8:0.000}");
    }

    private (float[] Attacks, List<float> Harmless) ByFolds(string origin) =>
        Judge(origin, Session.Folds, fold => row => row.Kind == Kind.Benign && row.Fold(Session.Folds) == fold, fold => seed => seed.Fold(Session.Folds) == fold);

    /// <summary>Harsher: neither the attack's origin nor the harmless one it is compared with was trained on.</summary>
    private (float[] Attacks, List<float> Harmless) ByOrigins(string origin) =>
        Judge(origin, harmlessOrigins.Count, part => row => row.Kind == Kind.Benign && row.Origin == harmlessOrigins[part], _ => _ => false);

    /// <summary>Trained once for each part, without it and without the origin; an attack's strength is the mean of all.</summary>
    private (float[] Attacks, List<float> Harmless) Judge(string origin, int parts, Func<int, Func<Example, bool>> harmlessOf, Func<int, Func<Example, bool>> seedsOf)
    {
        var attacks = session.Rows.Where(row => row.Origin == origin).ToList();
        var (strengths, harmless) = (new float[attacks.Count], new List<float>());
        for (var part = 0; part < parts; part++)
        {
            var (left, leftSeeds) = (harmlessOf(part), seedsOf(part));
            var weights = session.Learn(e => e.IsSeed ? !leftSeeds(e) : e.Origin != origin && !left(e));
            harmless.AddRange(session.Rows.Where(left).Select(row => weights.Score(row).Strength));
            for (var i = 0; i < strengths.Length; i++) strengths[i] += weights.Score(attacks[i]).Strength / parts;
        }
        return (strengths, harmless);
    }

    private static List<string> OriginsOf(Session session, Func<Example, bool> which) => [.. session.Rows.Where(which).Select(row => row.Origin).Distinct().Order(StringComparer.Ordinal)];
}
