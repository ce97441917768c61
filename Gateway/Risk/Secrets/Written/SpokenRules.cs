using System.Buffers;
using System.Collections.Frozen;
using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Written;

/// <summary>What only a whole prompt tells: the value is a word, or several, or stands before its name.</summary>
internal static class SpokenRules
{
    private const string Closing = @"[`""'”’»›*_]{0,3}";

    /// <summary>The sentence ends, or goes on about something else.</summary>
    private const string Ending = @"(?:[.;!)\]]{0,2}\s{0,4}$|[.;!]\s|[.!)]{0,1}\s{0,2}[\r\n]|,\s|[ \t](?:and|but|so|please|can|could|und|aber|kannst|et|y|e|en|i|for|on)\s)";

    private const string Said = @"(?:(?:['’]?s)?(?:[ \t]+(?:is|ist|lautet|heißt|est|es|è|é|jest|is nu|was|will be)(?:[ \t](?:now|still|just|jetzt|maintenant|ahora))?[ \t]{0,2}:?|[*_`""']{0,3}[ \t]{0,3}[:=：]{1,2}[*_]{0,3}|[ \t](?:->|→|=>))\s{1,3}|['’]s[ \t]{1,2})";

    private static readonly string NameAfter =
        @"(?:[ \t]|,[ \t])(?:as|for|is|becomes|als|ist|comme|est|como|es|come|è|é|jako|to)(?:[ \t](?:a|an|the|my|our|your|his|her|its|their|new|das|mein|unser|dein|neues|le|mon|notre|la|mi|il|mia|a|minha|het|mijn|nuestra|su|sua)){0,2}(?:[ \t][\w\-]{2,14}){0,2}[ \t]" + ToldRules.Password + @"|[ \t]an?[ \t](?:strong|good|secure|safe|weak)[ \t]password";

    private const string BeforeTriggers = "a strong pass|a good pass|a secure pass|a safe pass|a weak pass|as the |as a |as my |as our |as your |as its |as pass|as his |as her |as admin |as root |is my |is our |is the |for the |for my |als pass|als kenn|als mein|als das|ist mein|ist das|comme m|est mon |est le |como contra|como clave|como senha|es mi |es la |come pass|è la mia|é a minha|als wachtwoord|is mijn|is het|jako has|to moje";

    private static readonly FrozenSet<string> FunctionWords = "the is are must should your you please enter an be of was has have which phrase not can will this that least characters password passwords long".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"'`”“»");

    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Free("spoken-word", "Is told to be a password, and is a word.", "PASSWORD", ToldRules.PasswordTriggers, ToldRules.Password.Replace("|clave|parola(?: d['’]ordine)?", "") + ToldRules.Purpose + Said + ToldRules.Opening + @"(?<v>[\p{L}\d_\-]{5,24})" + Closing + Ending,
            "the wifi password is ⟦bluehorse⟧.", "my password is ⟦sunshine⟧ and it does not work", "Passwort: ⟦sonnenblume⟧\n", "the wifi passcode's ⟦marmalade⟧, thanks", "le mot de passe est ⟦tournesol⟧.",
            "!the password is wrong.", "!The password is incorrect, so I reset it", "!my password is expired", "!Das Passwort ist falsch.", "!password: string;", "!the password is usually rejected.", "!password: required", "!El password es incorrecto.") with
        { Confidence = 0.6, MayFit = Beginnings.HasWhiteSpace, Accepts = ToldValue.IsPlainWord },
        Free("spoken-phrase", "Is told to be a pass phrase.", "PASSWORD", ToldRules.PasswordTriggers, ToldRules.Password + ToldRules.Purpose + @"(?:[\w\-]{0,16})" + Said.Replace(@"\s{1,3}", @"\s{0,3}") + @"[*_`“„«\\]{0,2}[""'`“„«‘](?<v>[\p{L}\d][\p{L}\d\-']*(?:[ _\-][\p{L}\d\-']{1,16}){1,8})[""'`”“»’]",
            "the passphrase is \"⟦correct horse battery staple⟧\"", "passphrase: '⟦seven purple otters dance⟧'", "!password: \"Please enter your password\"", "!password = \"must have 8 characters\"", "!the password is 'not set'") with
        { Confidence = 0.6, MayFit = Beginnings.HasQuote, Accepts = value => value.Contains(' ') && value.Length >= 10 && !value.Split(' ').Any(FunctionWords.Contains) && !value.Split(' ').Any(w => w.Contains("passw", StringComparison.OrdinalIgnoreCase)) && value.Skip(1).Count(char.IsUpper) <= value.Count(c => c == ' ') && !char.IsUpper(value[0]) },
        Free("spoken-before", "Is told to be a password by what follows.", "PASSWORD", BeforeTriggers, @"(?:[^\n]{0,40}[\s""'`“„«(])?[*_`""'“„«(]{0,3}(?<v>[^\s""'`“”„«»()]{4,40})" + Closing + "(?:" + NameAfter + ")",
            "use ⟦hunter2⟧ as the password", "let's take ⟦k{d2}N!{a5}⟧ as my new admin password", "nimm ⟦b{d2}Xy{a4}⟧ als Passwort", "utilise ⟦s{d2}Q{a5}⟧ comme mot de passe", "⟦T{d2}rz!{a3}⟧ is the wifi password",
            "!use email as the password", "!what is the password", "!use SHA-256 as the password hash", "!see step2 for the password") with
        { Confidence = 0.75, Lead = 44, LeadShape = static c => c != '\n', Needs = ToldValue.Marks, NeedsWithin = 44, Accepts = ToldValue.IsStrong },
        Free("spoken-before-quoted", "Is told to be a password by what follows.", "PASSWORD", BeforeTriggers, @"(?:[^\n]{0,40}[\s(])?[*_]{0,2}[""'`“„«](?<v>[\p{L}\d_\-!@#$%^&*]{5,40})[""'`”“»]" + NameAfter,
            "use '⟦swordfish⟧' as the password", "take \"⟦bluehorse⟧\" as my password", "!use 'required' as the password", "!use 'password' as the password") with
        { Confidence = 0.65, Lead = 44, LeadShape = static c => c != '\n', Needs = Quotes, NeedsWithin = 44, Accepts = value => ToldValue.IsPlainWord(value) || ToldValue.IsStrong(value) },
        Free("seed-phrase", "Is the recovery phrase of a wallet.", "SECRET", "seed phrase|recovery phrase|mnemonic|seed words|backup phrase|wallet phrase|secret phrase|frase semilla|phrase de récup|wiederherstellungsphrase|seed:",
            @"(?:(?:seed|recovery|backup|wallet|secret)[ ](?:phrase|words)|mnemonic|frase semilla|phrase de récupération|wiederherstellungsphrase|seed)[^\n:=]{0,40}?(?:[:=]|[ ]is|[ ]ist|[ ]est|[ ]es)\s{0,3}[""'`“]?(?<v>(?:[a-z]{3,8}[ ,]{1,2}){11,23}[a-z]{3,8})",
            "my seed phrase is: ⟦ocean lizard copper winter mango tunnel rocket velvet anchor spoon garlic puzzle⟧", "!the seed phrase is twelve words that you must write down and keep where nobody can find them ever", "!mnemonic: abc") with
        { Accepts = value => !value.Split(' ', ',').Any(FunctionWords.Contains) && value.Split(' ', ',').Distinct().Count() > 9 },
        Free("spoken-piped", "Is handed to a command that asks for a password.", "PASSWORD", "echo |sudo -S <<<", """(?:echo[ ](?:-n[ ])?["']?(?<v>[^\s"'|$<]{4,40})["']?[ ]?\|[ ]?(?:sudo[ ]-S|docker[ ]login|passwd|chpasswd)|sudo[ ]-S[ ]<<<[ ]?["']?(?<v>[^\s"'|$<]{4,40}))""",
            "echo ⟦swordfish⟧ | sudo -S apt update", "!echo hello | sudo tee x", "!echo $PASS | sudo -S ls") with
        { Confidence = 0.75, Accepts = value => ToldValue.IsPlainWord(value) || ToldValue.IsStrong(value) },
    ];
}
