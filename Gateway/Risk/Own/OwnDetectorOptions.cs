using System.Text.RegularExpressions;
using Contracts;
using Gateway.Risk.Classifiers;
using Gateway.Risk.Remote;
using Microsoft.Extensions.Options;

namespace Gateway.Risk.Own;

/// <summary>What this installation itself calls sensitive: its words, its patterns, its documents.</summary>
internal sealed class OwnDetectorOptions
{
    public const string Section = "Detectors";

    public List<WordListOptions> WordLists { get; set; } = [];
    public List<OwnPatternOptions> Patterns { get; set; } = [];
    public List<DocumentsOptions> Documents { get; set; } = [];
    public List<AnalyzerOptions> Analyzers { get; set; } = [];
    public List<ClassifierOptions> Classifiers { get; set; } = [];
    public List<JudgeOptions> Judges { get; set; } = [];

    public bool IsEmpty => WordLists.Count + Patterns.Count + Documents.Count + Analyzers.Count + Classifiers.Count + Judges.Count == 0;
}

/// <summary>What findings of one own detector are called and how much they count.</summary>
internal abstract class OwnDetector
{
    /// <summary>Small letters, digits and dashes; the detector is then called <c>confidential.own-name</c>, after its category.</summary>
    public string Name { get; set; } = "";

    /// <summary>Secret and personal values are masked; confidential ones are pointed out.</summary>
    public RiskCategory Category { get; set; } = RiskCategory.Confidential;

    /// <summary>Capitals and underscores, as in <c>PROJECT_NAME</c>; a policy names it.</summary>
    public string Type { get; set; } = "CONFIDENTIAL_TERM";

    /// <summary>0.3 to 1.</summary>
    public double Confidence { get; set; } = 0.95;

    public DetectorProfile Profile => new($"{PrefixOf(Category)}.own-{Name}", Category, Type, [], []);

    private static string PrefixOf(RiskCategory category) => category == RiskCategory.Secret ? "secrets" : category.ToString().ToLowerInvariant();
}

internal sealed class WordListOptions : OwnDetector
{
    /// <summary>Letter case, accents, white space and look-alike letters do not matter.</summary>
    public List<string> Words { get; set; } = [];

    /// <summary>More of them, one in a line; empty lines and lines that begin with <c>#</c> are left out.</summary>
    public string? File { get; set; }
}

internal sealed class OwnPatternOptions : OwnDetector
{
    /// <summary>
    /// A .NET regular expression without look-around and back-references, so that no text makes it slow. Of category secret or
    /// personal it is matched inside one run without white space, since answers are masked as they stream.
    /// </summary>
    public string Pattern { get; set; } = "";

    /// <summary>Why it is found, as people read it.</summary>
    public string Reason { get; set; } = "Fits a pattern of this installation.";
}

internal sealed class DocumentsOptions
{
    /// <summary>As of the others; the detector is called <c>confidential.own-name</c>.</summary>
    public string Name { get; set; } = "documents";

    /// <summary>Written by <c>fingerprint --in FOLDER --out FILE</c>.</summary>
    public string File { get; set; } = "";
}

internal sealed partial class OwnDetectorCheck : IValidateOptions<OwnDetectorOptions>
{
    public const int LongestPattern = 1_000;

    public static bool IsName(string name) => Names().IsMatch(name);

    public static bool IsType(string type) => Types().IsMatch(type);

    public ValidateOptionsResult Validate(string? name, OwnDetectorOptions options)
    {
        List<string> problems = [];
        Check(options.WordLists, "WordLists", problems, (list, say) =>
        {
            if (list.Words.Count == 0 && list.File is null) say("has no words: give Words or a File.");
            if (list.File is { } file && !File.Exists(file)) say($"names a file that is not there: {file}");
        });
        Check(options.Patterns, "Patterns", problems, (pattern, say) =>
        {
            if (WhyNot(pattern.Pattern) is { } reason) say(reason);
        });
        foreach (var (documents, at) in options.Documents.Select((d, i) => (d, i)))
        {
            if (!IsName(documents.Name)) problems.Add($"Detectors:Documents:{at}:Name must be small letters, digits and dashes.");
            if (WhyUnreadable(documents.File) is { } reason) problems.Add($"Detectors:Documents:{at}:File cannot be used: {reason}");
        }
        foreach (var (analyzer, at) in options.Analyzers.Select((a, i) => (a, i)))
        {
            if (!IsName(analyzer.Name)) problems.Add($"Detectors:Analyzers:{at}:Name must be small letters, digits and dashes.");
            if (!Uri.TryCreate(analyzer.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) problems.Add($"Detectors:Analyzers:{at}:Url must be an address that begins with http:// or https://.");
            if (analyzer.Timeout <= TimeSpan.Zero || analyzer.Timeout > TimeSpan.FromMinutes(1)) problems.Add($"Detectors:Analyzers:{at}:Timeout must be more than nothing and at most a minute.");
            if (!(analyzer.LeastScore >= 0 && analyzer.LeastScore <= 1) || analyzer.LongestText < 1) problems.Add($"Detectors:Analyzers:{at} needs a LeastScore from 0 to 1 and a LongestText of 1 or more.");
        }
        var names = options.WordLists.Select(d => d.Profile.Name).Concat(options.Patterns.Select(d => d.Profile.Name)).Concat(options.Documents.Select(d => $"confidential.own-{d.Name}")).Concat(options.Analyzers.Select(a => a.Detector))
            .Concat(options.Classifiers.Select(c => c.Detector)).Concat(options.Judges.Select(j => j.Detector));
        problems.AddRange(names.GroupBy(n => n).Where(n => n.Count() > 1).Select(n => $"Two of Detectors are called {n.Key}; a finding must tell which."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Check<T>(List<T> detectors, string kind, List<string> problems, Action<T, Action<string>> more) where T : OwnDetector
    {
        foreach (var (detector, at) in detectors.Select((d, i) => (d, i)))
        {
            void Say(string problem) => problems.Add($"Detectors:{kind}:{at} {problem}");
            if (!IsName(detector.Name)) Say("needs a Name of small letters, digits and dashes.");
            if (!IsType(detector.Type)) Say("needs a Type of capitals, digits and underscores.");
            if (detector.Category is not (RiskCategory.Secret or RiskCategory.Personal or RiskCategory.Confidential)) Say("needs a Category: secret, personal or confidential.");
            if (!(detector.Confidence >= RiskScorer.LeastConfidence && detector.Confidence <= 1)) Say($"needs a Confidence from {RiskScorer.LeastConfidence} to 1: what is less sure is told to nobody.");
            more(detector, Say);
        }
    }

    /// <summary>Read here once more than needed, so that a damaged file is told at the start and not by the first prompt.</summary>
    private static string? WhyUnreadable(string file)
    {
        try
        {
            FingerprintFile.Read(file);
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            return unreadable.Message;
        }
    }

    private static string? WhyNot(string pattern)
    {
        if (pattern.Length is 0 or > LongestPattern) return $"needs a Pattern of 1 to {LongestPattern:N0} characters.";
        try
        {
            return OwnPatternDetector.Build(pattern).IsMatch("") ? "has a Pattern that fits the empty text, and so every text." : null;
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            return $"has a Pattern that cannot be used: {refused.Message}";
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9\-]{0,39}\z")]
    private static partial Regex Names();

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,39}\z")]
    private static partial Regex Types();
}
