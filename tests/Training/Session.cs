using Gateway.Risk;
using Gateway.Risk.Attacks.Model;

namespace Training;

/// <summary>The texts of one run, and weights learned from any part of them.</summary>
internal sealed class Session
{
    public const int Folds = 5;
    private const int TextsPerPattern = 10;

    /// <summary>At most this share of harmless texts of unseen origins may become a finding.</summary>
    private const double MostFalse = 0.02;

    private readonly List<Example> seeds, measuring;

    private Session(List<Example> rows, List<Example> seeds, List<Example> measuring) => (Rows, this.seeds, this.measuring) = (rows, seeds, measuring);

    public IReadOnlyList<Example> Rows { get; }

    public static Session Read(string data)
    {
        var here = AppContext.BaseDirectory;
        var session = new Session(Corpus.Read(data, Corpus.Ids(Path.Combine(here, "AttackSample.jsonl"))), Seeds.Read(Path.Combine(here, "Seeds"), TextsPerPattern), Corpus.ReadMeasuring(data));
        Parallel.ForEach(session.Rows.Concat(session.seeds).Concat(session.measuring), example => example.Read());
        session.Doubt();
        return session;
    }

    /// <summary>
    /// A crowd of people who try things out also writes what is no attack. A row that the other origins and our seeds together
    /// hold for less of an attack than the middle one of the harmless texts is left out of training; it still counts in measuring.
    /// </summary>
    private void Doubt()
    {
        foreach (var origin in Rows.Where(row => row.Kind != Kind.Benign).GroupBy(row => row.Origin))
        {
            var weights = Learn(e => e.IsSeed || (e.Origin != origin.Key && e.Fold(Folds) != 0));
            var line = Figures.LineAt([.. Rows.Where(row => row.Kind == Kind.Benign && row.Fold(Folds) == 0).Select(row => weights.Score(row).Strength)], 0.5);
            foreach (var row in origin) row.Doubtful = weights.Score(row).Strength < line;
        }
    }

    /// <summary>Weights learned from the texts that are kept and not doubtful. The same texts give the same weights.</summary>
    public Weights Learn(Func<Example, bool> keep) => Learner.Train([.. Rows.Concat(seeds).Where(example => !example.Doubtful && keep(example))]);

    public void Ship(string path, string version, TextWriter output)
    {
        var calibration = Calibrate(output);
        var shipped = Learn(_ => true);
        output.WriteLine($"{path}: {WeightsFile.Write(shipped, calibration, version, path)} bytes");
        foreach (var set in measuring.GroupBy(text => text.Origin))
            output.WriteLine($"  {set.Key}: {set.Count()} texts, {Figures.Reach([.. set.Select(text => (float)calibration.Probability(shipped.Score(text).Strength))], (float)RiskScorer.LeastConfidence):0.0000} at {RiskScorer.LeastConfidence} and more");
    }

    /// <summary>On texts that the weights have not seen: rows by origins left out, seeds by families left out.</summary>
    private Calibration Calibrate(TextWriter output)
    {
        List<(float Strength, bool Attack)> held = [];
        List<float> harmless = [];
        foreach (var part in Rows.Concat(seeds).GroupBy(e => e.IsSeed ? $"seed {e.Fold(Folds)}" : e.Origin).OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            var left = part.ToHashSet();
            var weights = Learn(example => !left.Contains(example));
            foreach (var example in part)
            {
                var strength = weights.Score(example).Strength;
                held.Add((strength, example.Kind != Kind.Benign));
                if (example is { Kind: Kind.Benign, IsSeed: false }) harmless.Add(strength);
            }
        }
        var calibration = Platt.Fit(held, Figures.LineAt(harmless, MostFalse), RiskScorer.LeastConfidence);
        output.WriteLine($"\ncalibration: slope {calibration.Slope:0.000}, offset {calibration.Offset:0.000}");
        foreach (var p in new[] { 0.3, 0.5, 0.7, 0.9 })
        {
            var line = (float)((Math.Log(p / (1 - p)) - calibration.Offset) / calibration.Slope);
            output.WriteLine($"  at {p}: {Figures.Reach([.. held.Where(h => h.Attack).Select(h => h.Strength)], line):0.000} of the attacks, {Figures.Reach(harmless, line):0.0000} of the harmless rows");
        }
        return calibration;
    }
}
