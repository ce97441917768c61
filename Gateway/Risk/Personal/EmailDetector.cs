using System.Collections.Frozen;
using Contracts;

namespace Gateway.Risk.Personal;

/// <summary>E-mail addresses, international ones included.</summary>
internal sealed class EmailDetector : IRiskDetector
{
    /// <summary>Limits of RFC 5321.</summary>
    private const int LongestLocal = 64, LongestDomain = 255;

    private static readonly FrozenSet<string> FileEndings =
        new[] { "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "json", "html", "git" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly DetectorProfile Profile = new("personal.email", RiskCategory.Personal, "EMAIL_ADDRESS",
        ["write to ⟦ann.lee+news@mail.example.org⟧, please", "<⟦jörg@müller.de⟧>", "mailto:⟦a@xn--d1acufc.xn--p1ai⟧", "⟦user_1%x@site.museum⟧."],
        ["icon@2x.png", "npm install left-pad@1.3.0", "user@localhost", "git@github.com:owner/repo.git", "@mention and me@", "info@company.", "a @ b.com", "postgres://app:pw@db.internal.net/x"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        for (var at = text.Text.IndexOf('@'); at >= 0; at = text.Text.IndexOf('@', at + 1))
        {
            var start = StartOfLocal(text.Text, at);
            var end = EndOfDomain(text.Text, at + 1);
            if (start == at || end < 0 || IsRemote(text.Text, start, at, end)) continue;
            found.Add(text.Finding(Profile, start, end, 0.97, "Is an e-mail address."));
        }
    }

    private static int StartOfLocal(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start < LongestLocal && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '%' or '+' or '-' or '\'')) start--;
        while (start < at && text[start] is '.' or '\'' or '-' or '%') start++;
        return start < at && text[at - 1] != '.' ? start : at;
    }

    /// <summary>After the last label that can end a domain; -1 when there is none.</summary>
    private static int EndOfDomain(string text, int from)
    {
        var end = from;
        while (end < text.Length && end - from < LongestDomain && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-')) end++;
        while (end > from && text[end - 1] is '.' or '-') end--;

        var domain = text.AsSpan(from, end - from);
        var dot = domain.LastIndexOf('.');
        if (dot <= 0 || domain[0] == '-' || domain.Contains("..", StringComparison.Ordinal)) return -1;
        var top = domain[(dot + 1)..];
        return top.Length >= 2 && IsTop(top) && !FileEndings.Contains(top.ToString()) ? end : -1;
    }

    private static bool IsTop(ReadOnlySpan<char> label)
    {
        if (label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var c in label)
        {
            if (!char.IsLetter(c)) return false;
        }
        return true;
    }

    /// <summary>The user of a repository's address or of a URL, not a mailbox.</summary>
    private static bool IsRemote(string text, int start, int at, int end) =>
        (text.AsSpan(start, at - start).SequenceEqual("git") && end < text.Length && text[end] is ':' or '/')
        || (start > 0 && text[start - 1] is '/' or ':' && text.AsSpan(Math.Max(0, start - InspectedText.ContextLength), Math.Min(start, InspectedText.ContextLength)) is var before
            && before.LastIndexOf("://") is >= 0 and var scheme && before[scheme..].IndexOfAny(' ', '\n') < 0);
}
