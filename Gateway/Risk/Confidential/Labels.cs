namespace Gateway.Risk.Confidential;

/// <summary>Classification labels and handling caveats, as documents carry them in a line of their own.</summary>
internal static class Labels
{
    private const string Frame = "*#=-–—_[](){}<>|/\\•\"'“”«»!.:~,;&+ \t";

    /// <summary>What stands before a label that is filled in, in lower case.</summary>
    private static readonly string[] Keys =
        ["classification level", "classification", "document classification", "data classification", "information classification", "security classification", "sensitivity label", "sensitivity", "protective marking", "marking", "classified as", "handling",
         "einstufung", "klassifizierung", "vertraulichkeitsstufe", "clasificación", "classificação", "classificazione", "niveau de confidentialité"];

    /// <summary>Ordinary words: labels only in capitals, behind a key, or beside a strong one.</summary>
    private static readonly string[] Weak = Longest("secret|restricted|internal|classified|intern|proprietary|geheim|secreto|official|communication|work product|material|information|use only|noforn|orcon|rel to");

    /// <summary>Nobody writes these alone into a line by chance.</summary>
    private static readonly string[] Strong = Longest(
        "strictly confidential|highly confidential|company confidential|commercially confidential|commercial in confidence|business confidential|client confidential|private and confidential|private & confidential|personal and confidential|strictly private|confidential|most confidential|"
        + "top secret|trade secret|internal only|internal use only|internal use|for internal use only|for internal use|for internal company use only|internal company use only|for official use only|fouo|eyes only|official-sensitive|official sensitive|restricted distribution|highly restricted|"
        + "proprietary and confidential|proprietary & confidential|confidential and proprietary|company proprietary|privileged and confidential|privileged & confidential|privileged|attorney-client|attorney-client privileged|attorney client privileged|attorney-client communication|attorney work product|"
        + "not for public release|not for release|not for distribution|not for disclosure|not for circulation|do not distribute|do not copy|do not forward|do not share|do not circulate|do not disclose|tlp:red|tlp: red|tlp:amber|tlp: amber|tlp:amber+strict|"
        + "streng vertraulich|streng geheim|vertraulich|vs-nfd|vs-vertraulich|verschlusssache|nur für den dienstgebrauch|nur für den internen gebrauch|nur für internen gebrauch|nur intern|"
        + "strictement confidentiel|confidentiel|diffusion restreinte|usage interne|usage interne uniquement|secret défense|estrictamente confidencial|confidencial|uso interno|strettamente riservato|riservato|strikt vertrouwelijk|vertrouwelijk|"
        + "ściśle tajne|poufne|do użytku wewnętrznego|совершенно секретно|секретно|конфиденциально|для служебного пользования|绝密|机密|内部资料|內部資料|社外秘|極秘|部外秘|機密|대외비|기밀");

    private static readonly string[] Joints = ["and ", "und ", "et ", "y ", "e "];

    /// <summary>Whether a line is made of labels and what frames them, and nothing else.</summary>
    public static bool Fill(ReadOnlySpan<char> line)
    {
        var at = SkipFrame(line, 0);
        var keyed = false;
        foreach (var key in Keys)
        {
            if (!StartsWith(line, at, key) || SkipFrame(line, at + key.Length) is var after && line[(at + key.Length)..after].IndexOfAny(':', '=') < 0) continue;
            (at, keyed) = (after, true);
            break;
        }
        var (strong, weak) = (0, 0);
        while (at < line.Length)
        {
            if (LengthOf(line, at, Strong) is > 0 and var sure) (at, strong) = (at + sure, strong + 1);
            else if (LengthOf(line, at, Weak) is > 0 and var unsure) (at, weak) = (at + unsure, weak + 1);
            else return false;
            at = SkipJoint(line, SkipFrame(line, at));
        }
        return strong > 0 || (weak > 0 && (keyed || !HasLower(line)));
    }

    private static int LengthOf(ReadOnlySpan<char> line, int at, string[] labels)
    {
        foreach (var label in labels)
        {
            if (StartsWith(line, at, label) && (at + label.Length == line.Length || !char.IsLetterOrDigit(line[at + label.Length]))) return label.Length;
        }
        return 0;
    }

    private static bool StartsWith(ReadOnlySpan<char> line, int at, string label) => line[at..].StartsWith(label, StringComparison.OrdinalIgnoreCase);

    private static int SkipFrame(ReadOnlySpan<char> line, int at)
    {
        while (at < line.Length && (Frame.Contains(line[at], StringComparison.Ordinal) || char.IsWhiteSpace(line[at]))) at++;
        return at;
    }

    private static int SkipJoint(ReadOnlySpan<char> line, int at)
    {
        foreach (var joint in Joints)
        {
            if (StartsWith(line, at, joint)) return SkipFrame(line, at + joint.Length);
        }
        return at;
    }

    private static bool HasLower(ReadOnlySpan<char> line)
    {
        foreach (var c in line)
        {
            if (char.IsLower(c)) return true;
        }
        return false;
    }

    /// <summary>The longest first, so that no shorter one cuts it off.</summary>
    private static string[] Longest(string labels) => [.. labels.Split('|').OrderByDescending(label => label.Length)];
}
