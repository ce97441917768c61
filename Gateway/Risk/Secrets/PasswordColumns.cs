using System.Collections.Frozen;
using Contracts;
using Gateway.Risk.Secrets.Written;

namespace Gateway.Risk.Secrets;

/// <summary>Tables in CSV or markdown whose heading says that a column holds passwords, codes or keys.</summary>
internal static class PasswordColumns
{
    private const int LongestHeading = 400, MostRows = 200;

    private static readonly FrozenDictionary<string, Func<string, bool>> Columns = new Dictionary<string, Func<string, bool>>(StringComparer.OrdinalIgnoreCase)
    {
        ["password"] = IsPassword, ["passwd"] = IsPassword, ["pwd"] = IsPassword, ["pw"] = IsPassword, ["pass"] = IsPassword, ["passwort"] = IsPassword, ["kennwort"] = IsPassword, ["mot de passe"] = IsPassword, ["mdp"] = IsPassword,
        ["contraseña"] = IsPassword, ["clave"] = IsPassword, ["senha"] = IsPassword, ["wachtwoord"] = IsPassword, ["hasło"] = IsPassword, ["passcode"] = IsPassword, ["initial password"] = IsPassword, ["temp password"] = IsPassword,
        ["pin"] = ToldValue.IsPin, ["code"] = ToldValue.IsPin, ["pin code"] = ToldValue.IsPin, ["token"] = ToldValue.IsKey, ["secret"] = ToldValue.IsKey, ["api key"] = ToldValue.IsKey, ["api_key"] = ToldValue.IsKey, ["apikey"] = ToldValue.IsKey, ["key"] = ToldValue.IsKey,
        ["access_token"] = ToldValue.IsKey, ["client_secret"] = ToldValue.IsKey, ["secret_key"] = ToldValue.IsKey,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Func<string, bool>>.AlternateLookup<ReadOnlySpan<char>> ByName = Columns.GetAlternateLookup<ReadOnlySpan<char>>();

    public static DetectorProfile Profile { get; } = new("secrets.column", RiskCategory.Secret, "PASSWORD",
        ["name,password,city\nbob,⟦hunter2x⟧,Rome\nann,⟦swordfish⟧,Bonn", "| user | password |\n|---|---|\n| bob | ⟦Tr0ub4dor⟧ |\n\nwhy?", "user;pin\nbob;⟦4821⟧"],
        ["name,password\nrequired,required", "| field | type |\n|---|---|\n| password | string |", "code,name\nDE,Germany\n", "| option | password |\n|---|---|\n| length | 12 |"]);

    public static void Detect(InspectedText text, List<Finding> found)
    {
        for (var start = 0; start < text.Text.Length;)
        {
            var end = EndOfLine(text.Text, start);
            start = Heading(text.Text, start, end) is { } heading ? Rows(text, heading, end + 1, found) : end + 1;
        }
    }

    private static (char Separator, int Cells, int Column, Func<string, bool> Accepts)? Heading(string text, int start, int end)
    {
        if (end - start is < 6 or > LongestHeading || end == text.Length) return null;
        var line = text.AsSpan(start, end - start);
        foreach (var separator in "|\t;,")
        {
            if (line.IndexOf(separator) < 0) continue;
            var (cells, column) = (0, -1);
            Func<string, bool>? accepts = null;
            foreach (var cell in line.Split(separator))
            {
                if (accepts is null && ByName.TryGetValue(line[cell].Trim(" \"*`\r_"), out accepts)) column = cells;
                cells++;
            }
            return accepts is null ? null : (separator, cells, column, accepts);
        }
        return null;
    }

    private static int Rows(InspectedText text, (char Separator, int Cells, int Column, Func<string, bool> Accepts) heading, int start, List<Finding> found)
    {
        for (var rows = 0; rows < MostRows && start < text.Text.Length; rows++)
        {
            var end = EndOfLine(text.Text, start);
            var cell = start;
            var cells = 1;
            var (from, to) = (-1, -1);
            for (var at = start; at <= end; at++)
            {
                if (at < end && text.Text[at] != heading.Separator) continue;
                if (cells - 1 == heading.Column) (from, to) = (cell, at);
                if (at < end) cells++;
                cell = at + 1;
            }
            if (cells != heading.Cells || from < 0) return start;
            Cell(text, from, to, heading.Accepts, found);
            start = end + 1;
        }
        return start;
    }

    private static void Cell(InspectedText text, int from, int to, Func<string, bool> accepts, List<Finding> found)
    {
        while (from < to && (char.IsWhiteSpace(text.Text[from]) || text.Text[from] is '"' or '\'' or '`')) from++;
        while (to > from && (char.IsWhiteSpace(text.Text[to - 1]) || text.Text[to - 1] is '"' or '\'' or '`')) to--;
        var value = text.Text[from..to];
        if (value.Length is >= 4 and <= 128 && !value.Contains(' ') && !Placeholders.IsPlaceholder(value) && accepts(value)) found.Add(text.Finding(Profile, from, to, 0.8, "Stands in a table's column of passwords or keys."));
    }

    private static bool IsPassword(string value) => ToldValue.IsStrong(value) || ToldValue.IsPlainWord(value);

    private static int EndOfLine(string text, int start) => text.IndexOf('\n', start) is >= 0 and var end ? end : text.Length;
}
