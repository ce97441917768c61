using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Gateway.Risk.Secrets.Written;

/// <summary>Tells a password in a sentence from the sentence: in "the password is …" most often a word follows that says how it is.</summary>
internal static class ToldValue
{
    private static readonly SearchValues<char> Joints = SearchValues.Create("-_/.,:;'’()[]");
    private static readonly SearchValues<char> Signs = SearchValues.Create("!@#$%^&*+=?~|");

    /// <summary>Mixes kinds of characters as words, names, numbers and technical terms do not.</summary>
    public static bool IsStrong(string value)
    {
        if (value.Length < 5 || AssignedValue.IsCommonWord(value) || NotOne.Regex.IsMatch(value)) return false;

        var (letters, digits) = (0, 0);
        foreach (var c in value)
        {
            if (char.IsLetter(c)) letters++;
            else if (char.IsAsciiDigit(c)) digits++;
        }
        var inner = value.AsSpan(0, value.Length - 1).IndexOfAny(Signs) is >= 0 and var sign && (sign > 0 || value.Length > 6);
        if (letters >= 2 && inner && value.Length >= 6) return true;
        if (letters == 0 || digits == 0) return false;
        if (value.AsSpan().IndexOfAny(Joints) < 0) return value.Length >= 6 && IsMixed(value) || (letters >= 3 && value[^1] is '!' or '?' && value.Length >= 7);
        return value.Length >= 8 && (value.Split([.. "-_/.,:;'’()[]"], StringSplitOptions.RemoveEmptyEntries).Any(IsMixed) || WordWithYear.Regex.IsMatch(value) && !TechnicalBeginning.Regex.IsMatch(value));
    }

    /// <summary>As long and mixed as keys are, too; <c>key1</c> and <c>token-v2</c> are not.</summary>
    public static bool IsKey(string value) =>
        (value.Length >= 8 && IsStrong(value) && value.Count(char.IsAsciiDigit) >= 2 && !value.Contains('(')) || (value.Length >= 16 && AssignedValue.IsKey(value));

    /// <summary>After a name without "is" or a colon: sure enough not to be a numbered noun.</summary>
    public static bool IsStrongAlone(string value) => value.Length >= 6 && IsStrong(value) && !value.EndsWith("'s", StringComparison.Ordinal) && !value.EndsWith("’s", StringComparison.Ordinal);

    /// <summary>Four to ten digits and nothing else.</summary>
    public static bool IsPin(string value) => value.Length is >= 4 and <= 10 && value.Replace("-", "").TrimEnd('#', '*').All(char.IsAsciiDigit) && value.Distinct().Count() > 1;

    /// <summary><c>SHA256-hashed</c>, <c>base64</c>: made of technical terms and words alone.</summary>
    public static bool IsTechnicalTerm(string value)
    {
        var parts = value.Split([.. "-_/.,:;'’()[]"], StringSplitOptions.RemoveEmptyEntries);
        return parts.Any(part => Technical.Regex.IsMatch(part)) && parts.All(part => Technical.Regex.IsMatch(part) || part.All(char.IsLetter) || part.All(char.IsAsciiDigit));
    }

    /// <summary>What a strong value has at least one of.</summary>
    public static SearchValues<char> Marks { get; } = SearchValues.Create("0123456789!@#$%^&*+=?~|");

    /// <summary>A word that people choose, not one that says something about a password.</summary>
    public static bool IsPlainWord(string value) =>
        value.Length is >= 5 and <= 24 && value.All(char.IsLetterOrDigit) && !Said.Contains(value) && !AssignedValue.IsCommonWord(value)
        && !Adjective.Regex.IsMatch(value) && !Naming.Regex.IsMatch(value);

    private static bool IsMixed(string part) =>
        part.Length >= 4 && part.Any(char.IsLetter) && part.Any(char.IsAsciiDigit) && !Technical.Regex.IsMatch(part) && !Quantity.Regex.IsMatch(part) && !Numbered.Regex.IsMatch(part);

    private static readonly FrozenSet<string> Said = SaidOfPasswords.Words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Addresses, paths, files, versions, calls, variables, markup.</summary>
    private static readonly LazyRegex NotOne = new(@"^(?:[\w.+\-]+@[\w\-]+\.[\w.\-]+|[a-z][a-z0-9+.\-]*://.*|(?:\.{0,2}|~|[A-Za-z]:)[/\\].*|[\w\-./]+\.[A-Za-z]{1,5}|v?\d+(?:\.\d+)+[\w.\-]*|[A-Za-z_][\w.]*\(.*|.*\(\)|\w+!\(.*|\[.*|\$[({A-Za-z_].*|%\w+%|\{.*\}?|<.*|\[.*\]\(.*|@\w+|#\w+|--?[A-Za-z][\w\-]*(?:=.*)?|\w+=+[^=]*|\w&\w|[A-Za-z]\+\+\d*|[A-Za-z]#\d*|\W+|.*\*\*|\+\d+|\d+%|\w+\+|\w+!=.*|.*[{}\\].*|\^.*\$|.*\[[A-Za-z0-9]-[A-Za-z0-9].*)$", RegexOptions.None);

    private static readonly LazyRegex Technical = new(@"^(?:base\d\d|(?:hmac)?sha\d+(?:sum)?|md\d(?:sum)?|utf\d+\w*|ucs\d|oauth\d?a?|bcrypt\d*|argon2\w*|pbkdf2|aes\d*\w*|rsa\d*|des3|3des|[rhep]s\d\d\d|ed\d+|x(?:86|64|509|25|11|12|32)\w*|[23]fa|u2f|fido2|http[23]|ipv[46]|k[38]s|ec\d+|s3|ntlmv\d|wpa\d|tlsv?\d+|sslv?\d+|log4\w+|web\d|mp\d|h26\d|win\d+|[om]365\w*|ldap\d|python\d+|php\d+|java\d+|es\d+|c\d\d|node\d+|i18n|l10n|a11y|latin\d|u?int\d+\w*|float\d+|str\d+|char\d+|varchar\d*|arm\d+|amd64|covid\d*|[bp]2[bcpe]|v\d+\w*|rfc\d+|iso\d+|cve\d+|jdk\d+|uuidv?\d|crc\d+|pkcs\d+|gpt\d\w*|llama\d\w*|mysql\d*|postgres\d*|sqlite\d*|oracle\d+\w*|db2|neo4j|auth0|j2ee|id3|hdf5|d3js|vue\d|angular\d+|next\d+|bootstrap\d|sql\d+|ps\d|mi\d|g[lm]\d|[45]g|8bit|64bit|32bit|[a-z]{1,2}\d)$", RegexOptions.IgnoreCase);

    private static readonly LazyRegex Quantity = new(@"^(?:\d+(?:st|nd|rd|th|[µm]?s|secs?|mins?|hr?s?|d|days?|w|weeks?|m|months?|y|yrs?|years?|[kmgt]i?b|bits?|bytes?|chars?|characters?|digits?|x|k|px|pt|r?em|[kcm]?m|k?g|mg|ml|l|[kmg]?hz|k?w|v|am|pm|fps|dpi|eur|usd|p|er|te|ten|ste|fach|ème|e|er|º|ª|bn|mio|mal|fold|ish|plus)|(?-i:[A-Z]{1,3}\d{1,3}))$", RegexOptions.IgnoreCase);

    private static readonly LazyRegex Numbered = new(@"^(?:step|field|input|user|file|page|line|part|item|value|text|table|column|option|version|example|level|chapter|question|label|test|node|server|host|db|key|token|password|passwort|pass|pw|pwd|secret|var|arg|param|figure|fig|section|note|case|group|phase|stage|round|day|week|year|room|grade|class|type|model|unit|slot|port|button|box|form|row|col|id|no|nr|num|number|hash|salt|string|str|method|function|func|task|exercise|sample|demo|foo|bar|entry|account|site|app|device|attempt)s?_?\d{1,2}$", RegexOptions.IgnoreCase);

    private static readonly LazyRegex WordWithYear = new(@"^\p{L}*\p{Ll}\p{L}*[\-_.]\d{2,8}[!?]?$|^(?:\p{L}*\p{Ll}\p{L}*[\-_]){2,}\d{2,8}[!?]?$", RegexOptions.None);

    private static readonly LazyRegex TechnicalBeginning = new(@"^(?:sha|md|utf|iso|rfc|cve|aes|rsa|tls|ssl|windows|python|java|php|node|http|version|chapter|page|section|step|level|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4])[\-_.]", RegexOptions.IgnoreCase);

    /// <summary>Endings of words that describe, in several languages.</summary>
    private static readonly LazyRegex Adjective = new(@"^[\p{L}\-]+(?:ed|ing|able|ible|ful|less|ive|ly|ous|ical|tion|ness|ment|lich|bar|haft|iert|isch|ado|ada|mente|ato|ata|oso|osa|eux|euse|ée|és)$", RegexOptions.IgnoreCase);

    /// <summary>Names of things in programs: <c>user_password</c>, <c>newPasswordField</c>.</summary>
    private static readonly LazyRegex Naming = new(@".*(?:passw|passphrase|secret|token|user|name|email|mail|login|field|input|label|hash|value|string|key|auth|cred|error|valid|match|confirm).*", RegexOptions.IgnoreCase);
}
