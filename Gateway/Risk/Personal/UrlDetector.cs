using System.Buffers;
using System.Collections.Frozen;
using Contracts;

namespace Gateway.Risk.Personal;

/// <summary>Web addresses, with a scheme or as a bare domain name. Only a guess that anybody is meant: nobody is told, and it never weighs.</summary>
internal sealed class UrlDetector : IRiskDetector
{
    private const double Guess = 0.2;
    private const int LongestHost = 253, LongestUrl = 2_048;

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Endings of names that stand alone; with a scheme any will do. Those that are endings of files as well are left out.</summary>
    private static readonly FrozenSet<string> Endings = (
        "com org net edu gov mil int io ai app dev co info biz me tv xyz site online tech store cloud blog shop club live world agency digital email news media today life "
        + "uk us de fr es it nl be ch at ie pt dk se no fi pl cz sk hu ro bg gr hr si ua ru tr il ae sa eg za ng ke in pk lk cn jp kr tw hk sg my th vn id ph au nz ca mx br ar cl eu")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Schemes = ["https://", "http://", "ftp://"];

    private static readonly DetectorProfile Profile = new("personal.url", RiskCategory.Personal, "URL",
        ["see ⟦https://www.site.org/a?b=1⟧.", "\"⟦http://shop.vlaanderen⟧\"", "domains: ⟦mysite.com⟧ ⟦my.co.il⟧", "(⟦www.my-site.io/x⟧)"], ["http://localhost", "www.site", "end.Start again", "a.b", "main.rs", "ann@mail.example.org"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public bool ReadsAnswers => false;

    public void Detect(InspectedText text, List<Finding> found)
    {
        var all = text.Text;
        for (var dot = all.IndexOf('.'); dot >= 0;)
        {
            var start = dot;
            while (start > 0 && dot - start < LongestHost && HostCharacters.Contains(all[start - 1])) start--;
            if (dot - start == LongestHost) // too far from where the run begins, and so is every later dot of it: none looks back again
            {
                dot = NextDot(all, EndOfHost(all, dot));
                continue;
            }
            var hostEnd = dot;
            while (hostEnd < all.Length && hostEnd - start < LongestHost && HostCharacters.Contains(all[hostEnd])) hostEnd++;
            var next = Math.Max(hostEnd, dot + 1);
            while (hostEnd > dot && all[hostEnd - 1] is '.' or '-') hostEnd--;
            if (hostEnd > dot && IsAddress(all, start, hostEnd, out var scheme))
            {
                var end = EndOfPath(all, hostEnd);
                found.Add(text.Finding(Profile, start - scheme, end, Guess, "Is a web address."));
                next = Math.Max(next, end);
            }
            dot = NextDot(all, next);
        }
    }

    private static int NextDot(string text, int from) => from < text.Length ? text.IndexOf('.', from) : -1;

    private static int EndOfHost(string text, int from) => text.AsSpan(from).IndexOfAnyExcept(HostCharacters) is >= 0 and var length ? from + length : text.Length;

    private static bool IsAddress(string text, int start, int end, out int scheme)
    {
        scheme = Scheme(text, start);
        if (scheme == 0 && start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '@' or '/' or '_' or '\\' or ':')) return false;
        var host = text.AsSpan(start, end - start);
        var ending = host[(host.LastIndexOf('.') + 1)..];
        if (host[0] is '.' or '-' || host.Contains("..", StringComparison.Ordinal) || ending.Length < 2 || !ending.ToString().All(char.IsAsciiLetter)) return false;
        if (end < text.Length && text[end] is '@' or '(' or '_') return false;
        if (host.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) return host.Count('.') > 1;
        return scheme > 0 || (Endings.Contains(ending.ToString()) && (char.IsLower(ending[0]) || host.IndexOfAnyInRange('a', 'z') < 0));
    }

    private static int Scheme(string text, int start)
    {
        foreach (var scheme in Schemes)
        {
            if (start >= scheme.Length && text.AsSpan(start - scheme.Length, scheme.Length).Equals(scheme, StringComparison.OrdinalIgnoreCase)) return scheme.Length;
        }
        return 0;
    }

    private static int EndOfPath(string text, int end)
    {
        if (end < text.Length && text[end] == ':') while (end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])) end++;
        if (end >= text.Length || text[end] is not ('/' or '?' or '#')) return end < text.Length && char.IsAsciiDigit(text[end]) ? end + 1 : end;
        var limit = Math.Min(text.Length, end + LongestUrl);
        while (end < limit && !char.IsWhiteSpace(text[end]) && text[end] is not ('"' or '\'' or '<' or '>' or '`' or '|' or '{' or '}' or '\\')) end++;
        while (text[end - 1] is '.' or ',' or ';' or ':' or '!' or ')' or ']') end--;
        return end;
    }
}
