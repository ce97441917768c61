using System.Globalization;
using Gateway.Evidence;

namespace Gateway.Shell;

/// <summary>What stands behind <c>audit verify</c>.</summary>
/// <param name="Bundle">A file; null for the gateway's own store.</param>
internal sealed record AuditArguments(string? Bundle, IReadOnlyList<string> KeyFiles, string? AnchorFile)
{
    /// <returns>Null where something is not understood.</returns>
    public static AuditArguments? Read(string[] args)
    {
        var (bundle, keys, anchor) = ((string?)null, new List<string>(), (string?)null);
        while (args.Length > 0)
        {
            switch (args)
            {
                case ["--key", var file, .. var rest]:
                    keys.Add(file);
                    args = rest;
                    break;
                case ["--anchor", var file, .. var rest] when anchor is null:
                    anchor = file;
                    args = rest;
                    break;
                case [var file, .. var rest] when bundle is null && !file.StartsWith('-'):
                    bundle = file;
                    args = rest;
                    break;
                default:
                    return null;
            }
        }
        return bundle is not null && anchor is not null ? null : new AuditArguments(bundle, keys, anchor);
    }
}

/// <summary>What stands behind <c>audit export</c>.</summary>
internal sealed record ExportArguments(EvidenceScope Scope, string Out)
{
    /// <returns>Null where something is missing or not understood.</returns>
    public static ExportArguments? Read(string[] args)
    {
        if (args.Length % 2 != 0 || args.Chunk(2).Any(pair => pair[0] is not ("--from" or "--to" or "--person" or "--case" or "--out")) || args.Chunk(2).DistinctBy(pair => pair[0]).Count() != args.Length / 2) return null;
        var by = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (!by.TryGetValue("--out", out var file)) return null;
        if (by.TryGetValue("--case", out var id)) return by.Count == 2 ? new ExportArguments(new EvidenceScope.Case(id), file) : null;
        if (Time(by.GetValueOrDefault("--from")) is not { } from || Time(by.GetValueOrDefault("--to")) is not { } to || from >= to || to > TimeProvider.System.GetUtcNow()) return null;
        return new ExportArguments(by.TryGetValue("--person", out var subject) ? new EvidenceScope.Person(subject, from, to) : new EvidenceScope.Period(from, to), file);
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;
}
