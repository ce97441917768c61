namespace Bench;

/// <summary>How much is measured. Quick is for a look after a change, full for the table in docs/speed.md.</summary>
/// <param name="Only">Names of sections, where not all are wanted.</param>
internal sealed record BenchOptions(bool Full, bool PostgreSql, bool Million, int Waiters, bool NewBaseline, IReadOnlyList<string> Only)
{
    public int Rounds => Full ? 5 : 3;

    /// <summary>Of one target in one round.</summary>
    public int Seconds => Full ? 5 : 2;

    public static BenchOptions Read(string[] options)
    {
        var full = options.Contains("full");
        return new(full, options.Contains("--postgresql"), options.Contains("--million"),
            int.Parse(Value("--waiters") ?? (full ? "10000" : "300"), System.Globalization.CultureInfo.InvariantCulture), options.Contains("--new-baseline"), Value("--only")?.Split(',') ?? []);

        string? Value(string name) => options.SkipWhile(option => option != name).Skip(1).FirstOrDefault();
    }

    public bool Wants(string section) => Only.Count == 0 || Only.Contains(section);
}
