using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Gateway.Risk.Secrets.Written;

/// <summary>Tells a value that could open something from a word, a type, a variable or a call.</summary>
internal static class AssignedValue
{
    private static readonly FrozenSet<string> CommonWords = new[]
    {
        "password", "passwd", "passwort", "pass", "pwd", "secret", "token", "key", "user", "username", "admin", "root", "guest", "test", "testing", "none", "null", "nil",
        "true", "false", "undefined", "string", "text", "hidden", "value", "required", "optional", "empty", "unknown", "default", "localhost", "bearer", "basic",
        "foo", "bar", "foobar", "abc", "abcd", "qwerty", "yyy", "zzz", "pass1", "pass2", "password1", "password2", "password_confirmation",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsCommonWord(string value) => CommonWords.Contains(value.Trim('"', '\'', '`', '(', ')'));

    /// <summary>People choose passwords: short is enough, but it must mix kinds of characters, as words and names do not.</summary>
    public static bool IsPassword(string value) =>
        value.Length >= 5 && value[0] is not (':' or '!') && !value.StartsWith("[]", StringComparison.Ordinal) && !IsCommonWord(value) && !ToldValue.IsTechnicalTerm(value) && !LooksLikeCode(value) && Kinds(value) >= 2 && !WordWithPunctuation.Regex.IsMatch(value);

    /// <summary>Machines choose keys: long, and as random as their alphabet allows.</summary>
    public static bool IsKey(string value)
    {
        if (value.Length < 10 || IsCommonWord(value) || LooksLikeCode(value)) return false;
        if (value.StartsWith("ssh-", StringComparison.Ordinal) || (value.Length < 12 && value.Split('_', '-').Any(part => part.Length > 3 && part.All(char.IsAsciiLetterLower)))) return false;
        var digits = value.Count(char.IsAsciiDigit);
        var letters = value.Count(char.IsAsciiLetter);
        if (digits == value.Length) return value.Length is >= 12 and <= 40;
        if (digits == 0 && letters == value.Length) return value.Length >= 20 && Kinds(value) == 2 && Entropy.Of(value) >= 4.2;
        if (value.Length - digits - letters >= 5 && value.Distinct().Count(c => !char.IsLetterOrDigit(c)) >= 4) return Entropy.Of(value) >= 3;
        return digits >= 2 && letters >= 2 && Entropy.Of(value) >= 2.9;
    }

    private static int Kinds(string value)
    {
        var (lower, upper, digit, other) = (0, 0, 0, 0);
        foreach (var c in value)
        {
            if (char.IsLower(c)) lower = 1;
            else if (char.IsUpper(c)) upper = 1;
            else if (char.IsDigit(c)) digit = 1;
            else if (!char.IsLetterOrDigit(c)) other = 1;
        }
        return lower + upper + digit + other;
    }

    private static bool LooksLikeCode(string value) => Code.Regex.IsMatch(value);

    /// <summary>A capitalised or hyphenated word, a date, a number with its unit: two kinds of characters, no secret.</summary>
    private static readonly LazyRegex WordWithPunctuation = new(@"^(?:[(\[{&*\-]?[\p{L}]?\p{Ll}+(?:['’\-/_.,|][\p{L}]?\p{Ll}*)*[^\p{L}\d]*|\p{Lu}[\p{Lu}_\-]+\W*|[\d.,:/\-%]+|\p{Ll}+(?:\p{Lu}\p{Ll}+)+|(?:\p{Lu}\p{Ll}+)+|\W+)$", RegexOptions.None);

    /// <summary>A call, an index, a member access, a variable, a path or URL.</summary>
    private static readonly LazyRegex Code = new(@"^(?:[$@&*!(\[{]?[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)*[(\[].*|[$@&*!(\[{]*[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)\$?[A-Za-z_][\w$]*)+[);,]*|\$[A-Za-z_{(].*|[a-z]+://.*|\.{0,2}/[\w.\-/]*|[A-Za-z]*(?:_[A-Za-z]+)*_?\d?|\w+\|.*|.*[(][)].*|[A-Za-z_]\w*!?[(].*|.*\{\d+,\d*\}.*|.*\[[A-Za-z0-9]-[A-Za-z0-9].*)$", RegexOptions.None);
}
