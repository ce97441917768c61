using System.Globalization;
using Gateway.Risk;
using Gateway.Risk.Attacks.Model;

namespace Training;

/// <summary>One run of training: leaves each origin out in turn and says how well the rest speaks for it, then trains on everything.</summary>
internal sealed class Session
{
    private const int Folds = 5;

    /// <summary>At most this share of harmless texts of unseen origins may become a finding.</summary>
    private const double MostFalse = 0.02;

    private readonly List<Example> rows, seeds, measuring;
    private readonly Measures measures;

    private Session(List<Example> rows, List<Example> seeds, List<Example> measuring, Measures measures) =>
        (this.rows, this.seeds, this.measuring, this.measures) = (rows, seeds, measuring, measures);

    public static Session Read(string data, string seeds, IReadOnlyDictionary<string, string> options)
    {
        float Of(string name, float usual) => options.TryGetValue("--" + name, out var value) ? float.Parse(value, CultureInfo.InvariantCulture) : usual;
        var usual = new Measures();
        var measures = new Measures
        {
            Epochs = (int)Of("epochs", usual.Epochs), Rate = Of("rate", usual.Rate), ShrinkHashed = Of("shrink-hashed", usual.ShrinkHashed), ShrinkNamed = Of("shrink-named", usual.ShrinkNamed),
            Smoothing = Of("smoothing", usual.Smoothing), OriginPower = Of("origin-power", (float)usual.OriginPower),
        };
        var session = new Session(Corpus.Read(data, Corpus.Ids(Path.Combine(AppContext.BaseDirectory, "AttackSample.jsonl"))), Seeds.Read(seeds, (int)Of("per-pattern", 10)), Corpus.ReadMeasuring(data), measures);
        Parallel.ForEach(session.rows.Concat(session.seeds).Concat(session.measuring), example => example.Read());
        session.Doubt();
        return session;
    }

    /// <summary>
    /// A crowd of people who try things out also writes what is no attack. A row that the other origins and our seeds together
    /// hold for less of an attack than the middle one of the harmless texts is left out of training; it still counts in measuring.
    /// </summary>
    private void Doubt()
    {
        foreach (var origin in rows.Where(r => r.Kind != Kind.Benign).GroupBy(r => r.Origin))
        {
            var weights = Learner.Train([.. rows.Where(r => r.Origin != origin.Key && r.Fold(Folds) != 0), .. seeds], measures);
            var harmless = rows.Where(r => r.Kind == Kind.Benign && r.Fold(Folds) == 0).Select(r => weights.Score(r).Strength).ToList();
            var line = Figures.LineAt(harmless, 0.5);
            foreach (var row in origin) row.Doubtful = weights.Score(row).Strength < line;
        }
    }

    /// <summary>
    /// For each attack origin: trained without it and without a fifth of the harmless and of our patterns, five times, so that
    /// every text is judged by weights that saw neither it nor its origin.
    /// </summary>
    public void Measure(TextWriter output)
    {
        if (Environment.GetEnvironmentVariable("SKIP") is not null) return;
        output.WriteLine($"{rows.Count} rows, {seeds.Count} seeds ({seeds.Count(s => s.Kind == Kind.Benign)} harmless), {measuring.Count} for measuring only; doubtful: {string.Join(", ", rows.Where(r => r.Doubtful).GroupBy(r => r.Origin).Select(g => $"{g.Key} {g.Count()}"))}");
        var attackOrigins = rows.Where(r => r.Kind != Kind.Benign).Select(r => r.Origin).Distinct().Order().ToList();
        var benignOrigins = rows.Where(r => r.Kind == Kind.Benign).Select(r => r.Origin).Distinct().Order().ToList();

        output.WriteLine($"\nattack origin left out, harmless by folds\n{"origin",-28}{"n",6}{"AUC",8}{"TPR@1%",8}{"TPR@5%",8}");
        List<(double Auc, double One, double Five)> rowsOut = [];
        Dictionary<string, float> harmlessScores = [];
        foreach (var origin in attackOrigins)
        {
            var attacks = rows.Where(r => r.Origin == origin).ToList();
            List<float> harmless = [];
            var sums = new float[attacks.Count];
            for (var fold = 0; fold < Folds; fold++)
            {
                var weights = Learner.Train([.. rows.Where(r => !r.Doubtful && r.Origin != origin && (r.Kind != Kind.Benign || r.Fold(Folds) != fold)), .. seeds.Where(s => s.Fold(Folds) != fold)], measures);
                foreach (var row in rows.Where(r => r.Kind == Kind.Benign && r.Fold(Folds) == fold))
                {
                    var score = Judge(weights, row);
                    harmless.Add(score);
                    harmlessScores[row.Id] = harmlessScores.GetValueOrDefault(row.Id) + score / attackOrigins.Count;
                }
                for (var i = 0; i < sums.Length; i++) sums[i] += Judge(weights, attacks[i]) / Folds;
                if (fold == 0 && Environment.GetEnvironmentVariable("QUICK") is not null) break;
            }
            if (harmless.Count < 1000) for (var i = 0; i < sums.Length; i++) sums[i] *= Folds;
            rowsOut.Add(Line(output, origin, sums, harmless));
            if (Environment.GetEnvironmentVariable("ERRORS") is { } errors) ShowMissed(output, attacks, sums, int.Parse(errors, CultureInfo.InvariantCulture));
        }
        output.WriteLine($"{"mean",-28}{"",6}{rowsOut.Average(r => r.Auc),8:0.000}{rowsOut.Average(r => r.One),8:0.000}{rowsOut.Average(r => r.Five),8:0.000}");
        if (Environment.GetEnvironmentVariable("QUICK") is not null) return;
        if (Environment.GetEnvironmentVariable("ERRORS") is { } most) foreach (var row in rows.Where(r => r.Kind == Kind.Benign).OrderByDescending(r => harmlessScores[r.Id]).Take(int.Parse(most, CultureInfo.InvariantCulture))) output.WriteLine($"   {harmlessScores[row.Id],7:0.00} {row.Origin}: {Short(row.Text)}");
        MeasureStrictly(output, attackOrigins, benignOrigins);
    }

    /// <summary>Harsher: neither the attack's origin nor any harmless origin it is compared with was trained on.</summary>
    private void MeasureStrictly(TextWriter output, List<string> attackOrigins, List<string> benignOrigins)
    {
        output.WriteLine($"\nattack origin and harmless origin left out: AUC of the pair\n{"",-28}{string.Concat(benignOrigins.Select(b => $"{b[..Math.Min(15, b.Length)],17}"))}");
        Dictionary<string, List<float>> harmless = attackOrigins.ToDictionary(a => a, _ => new List<float>());
        Dictionary<string, float[]> attacks = attackOrigins.ToDictionary(a => a, a => new float[rows.Count(r => r.Origin == a)]);
        Dictionary<(string, string), double> pairs = [];
        Dictionary<Example, float> strict = [];
        foreach (var attack in attackOrigins)
        {
            foreach (var benign in benignOrigins)
            {
                var weights = Learner.Train([.. rows.Where(r => !r.Doubtful && r.Origin != attack && r.Origin != benign), .. seeds], measures);
                var (mine, theirs) = (rows.Where(r => r.Origin == attack).Select(r => Judge(weights, r)).ToList(), rows.Where(r => r.Origin == benign).Select(r => Judge(weights, r)).ToList());
                pairs[(attack, benign)] = Figures.Auc(mine, theirs);
                harmless[attack].AddRange(theirs);
                foreach (var (row, score) in rows.Where(r => r.Origin == benign).Zip(theirs)) strict[row] = strict.GetValueOrDefault(row) + score / attackOrigins.Count;
                for (var i = 0; i < mine.Count; i++) attacks[attack][i] += mine[i] / benignOrigins.Count;
            }
            output.WriteLine($"{attack,-28}{string.Concat(benignOrigins.Select(b => $"{pairs[(attack, b)],17:0.000}"))}");
        }
        if (Environment.GetEnvironmentVariable("STRICT") is { } most) foreach (var row in strict.OrderByDescending(r => r.Value).Take(int.Parse(most, CultureInfo.InvariantCulture))) output.WriteLine($"   {row.Value,7:0.00} {row.Key.Origin}: {Short(row.Key.Text)}");
        List<(double Auc, double One, double Five)> lines = [];
        foreach (var attack in attackOrigins) lines.Add(Line(output, attack, attacks[attack], harmless[attack]));
        output.WriteLine($"{"mean",-28}{"",6}{lines.Average(r => r.Auc),8:0.000}{lines.Average(r => r.One),8:0.000}{lines.Average(r => r.Five),8:0.000}");
    }

    private static readonly bool WithRules = Environment.GetEnvironmentVariable("RULES") is not null;

    private static float Judge(Weights weights, Example example)
    {
        var strength = weights.Score(example).Strength;
        if (!WithRules || example.Rules < 0.4) return strength;
        var p = 1 / (1 + Math.Exp(-((1.31 * strength) - 1.83)));
        var damp = Environment.GetEnvironmentVariable("RULES") switch { "2" => Math.Clamp(0.35 + (2 * p), 0, 1), "3" => p < 0.08 ? 0.35 : 1, "4" => Math.Clamp(0.2 + (4 * p), 0, 1), _ => 1 };
        var both = 1 - ((1 - (0.85 * p)) * (1 - (0.85 * example.Rules * damp)));
        return (float)((Math.Log(both / 0.85 / Math.Max(1e-6, 1 - (both / 0.98))) + 1.83) / 1.31);
    }

    private static (double Auc, double One, double Five) Line(TextWriter output, string origin, float[] attacks, List<float> harmless)
    {
        var line = (Auc: Figures.Auc(attacks, harmless), One: Figures.Reach(attacks, Figures.LineAt(harmless, 0.01)), Five: Figures.Reach(attacks, Figures.LineAt(harmless, 0.05)));
        output.WriteLine($"{origin,-28}{attacks.Length,6}{line.Auc,8:0.000}{line.One,8:0.000}{line.Five,8:0.000}");
        return line;
    }

    private static void ShowMissed(TextWriter output, List<Example> attacks, float[] sums, int most)
    {
        foreach (var (row, score) in attacks.Zip(sums).OrderBy(pair => pair.Second).Where((_, i) => i % Math.Max(1, attacks.Count / 2 / most) == 0).Take(most)) output.WriteLine($"   {score,7:0.00} {Short(row.Text)}");
    }

    private static string Short(string text) => text[..Math.Min(200, text.Length)].ReplaceLineEndings("⏎");

    public void Ship(string path, TextWriter output)
    {
        // Calibration on texts that the weights have not seen: rows by left-out origins, seeds by families.
        List<(float Strength, bool Attack, double Weight)> held = [];
        List<float> harmless = [];
        List<Example> all = [.. rows, .. seeds];
        var parts = all.GroupBy(e => e.IsSeed ? $"seed {e.Fold(Folds)}" : e.Origin).OrderBy(part => part.Key, StringComparer.Ordinal).ToList();
        foreach (var part in parts)
        {
            var left = part.ToHashSet();
            var weights = Learner.Train([.. all.Where(e => !e.Doubtful && !left.Contains(e))], measures);
            foreach (var example in part)
            {
                var strength = weights.Score(example).Strength;
                held.Add((strength, example.Kind != Kind.Benign, 1));
                if (example is { Kind: Kind.Benign, IsSeed: false }) harmless.Add(strength);
            }
        }
        var calibration = Platt.Fit(held, Figures.LineAt(harmless, MostFalse), RiskScorer.LeastConfidence);
        output.WriteLine($"\ncalibration: slope {calibration.Slope:0.000}, offset {calibration.Offset:0.000}; harmless rows at 0.3 and more: {Figures.Reach(harmless, (float)((Math.Log(0.3 / 0.7) - calibration.Offset) / calibration.Slope)):0.0000}");
        foreach (var p in new[] { 0.3, 0.5, 0.7, 0.9 }) output.WriteLine($"  held-out attacks of known origins at {p}: {Figures.Reach([.. held.Where(h => h.Attack).Select(h => h.Strength)], (float)((Math.Log(p / (1 - p)) - calibration.Offset) / calibration.Slope)):0.000}");
        var shipped = Learner.Train([.. all.Where(e => !e.Doubtful)], measures);
        var bytes = WeightsFile.Write(shipped, calibration, path);
        output.WriteLine($"{path}: {bytes} bytes");
        foreach (var set in measuring.GroupBy(m => m.Origin)) output.WriteLine($"  {set.Key}: {set.Count()} texts, {Figures.Reach([.. set.Select(m => (float)calibration.Probability(shipped.Score(m).Strength))], 0.3f):0.0000} at 0.3 and more");
    }
}
