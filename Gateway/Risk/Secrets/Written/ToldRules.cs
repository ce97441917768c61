using System.Buffers;
using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Written;

/// <summary>
/// Credentials in sentences of several languages. What says so stands to the left; words alone are no values here, as what
/// follows may only be read in whole prompts (see <see cref="SpokenDetector"/>).
/// </summary>
internal static class ToldRules
{
    public const string PasswordTriggers = "^pass|^pwd|^pw|kennw|mot de passe|^mdp|contrase|^clave|^parola|^senha|palavra|wachtwoord|^hasł|^haslo|пароль|şifre|^sifre|lösenord|adgangskode|salasana|heslo|jelszó|wifi key|wi-fi key|network key|wlan-schlüssel|log-?in key";

    public const string Password =
        @"(?:pass[ \-]?word|pass[ \-]?code|passwd|pass[ \-]?phrase|pwd|pw|pass(?:w(?:ort|örter))?|kennw(?:ort|örter)|mot de passe|mdp|contrase[ñn]a|clave|parola(?: d['’]ordine)?|senha|palavra[ \-]passe|wachtwoord|has[łl][oa]|пароль|şifre|sifre|lösenord(?:et)?|adgangskode|passord|salasana|heslo|jelszó|(?:wi-?fi|network) key|wlan-schlüssel)";

    /// <summary>
    /// "… for the old staging database": what it opens. The shortest that fits, here and wherever a pattern has a choice: what
    /// stands to the right must never change what is found to its left.
    /// </summary>
    public const string Purpose =
        @"(?:['’]?s)?(?:[ \t]\([^()\n]{1,24}\))?(?:[ \t]+(?:for|of|on|to|in|at|from|under|für|fuer|von|vom|zum|zur|zu|im|beim|pour|du|de|del|des|da|do|das|dos|para|per|di|della|al|voor|van|bij|dla|na|til|för|für)[ \t][^\n.;!?]*?)??";

    /// <summary>"is now", "lautet:", "=", an arrow.</summary>
    public const string Being =
        @"(?:[ \t]+c['’]est|[ \t]+(?:is|was|are|be|ist|war|lautet|lauten|heißt|heisst|est|es|era|è|é|e'|será|sarà|jest|brzmi|är|er|je|remains|stays|equals)(?:[ \t]+(?:now|still|just|simply|currently|set to|changed to|called|jetzt|nun|ahora|maintenant|désormais|agora|adesso|ora|nu|teraz|the word|the following|following)){0,2}(?:[ \t]{0,2}[:=])?|[*_`""']{0,3}[ \t]{0,3}[:=：]{1,2}[*_]{0,3}|[ \t](?:->|→|=>|-|–|—))\s{0,3}";

    public const string Opening = @"(?:```[a-z]{0,10}\s{1,2})?(?:«[ \t\u00a0])?[*_`""'“”„«»‹›‘’‚「『(\[\\]{0,5}";
    public const string Value = @"(?<v>[^\s""`“”„«»‹›「」『』<]{4,256})";

    private const string Secret =
        @"(?:(?:api|access|secret|private|encryption|licen[sc]e|client|master|signing|auth|service|app|consumer|recovery|backup|product|activation|security|session|refresh|bearer)[ _\-]?(?:key|token|secret|code)s?|token|secret|bearer|jeton|cl[ée] (?:d['’]api|api|secrète|d['’]accès)|(?:api-|zugangs|lizenz|geheim)?schlüssel|(?:clave|chave|chiave|sleutel|klucz)(?: (?:de |di |d['’])?(?:api|secreta|segreta|acceso|acesso))?|llave)";

    private const string Code =
        @"(?:pin(?:[ \-]?(?:number|nummer))?|pass ?code|(?:access|unlock|door|gate|alarm|entry|safe|vault|lock|security|verification|confirmation|authentication|one[ \-]time|otp|2fa|mfa|sms|login|keypad|garage|locker|phone|screen|card|voicemail|bank|atm|entrance|building)[ \-](?:pin|code|combo|combination|passcode)|otp|geheimzahl|code (?:pin|secret|d['’]accès)|codice (?:pin|segreto)|código (?:pin|de acceso|de acesso|secreto)|(?:zugangs|tür|tan-?)code|kod pin|toegangscode)";

    /// <summary>Passports and tickets.</summary>
    public static IReadOnlyList<string> OtherPasses { get; } = ["pass-nr", "pass nr", "passnr", "passnummer", "pass-nummer", "pass no", "pass number", "pass-id", "pass id", "passport"];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Told("told-password", "Is told to be a password.", "PASSWORD", PasswordTriggers, Password, "(?:" + Being + @"|['’]s[ \t]{1,2})" + Opening + Value,
            "the password for the staging db is ⟦k{d2}N!{a5}⟧, ok?", "Das Passwort für den Server lautet ⟦b{d2}Xy{a4}⟧.", "le mot de passe est «⟦s{d2}Q{a5}⟧»", "la contraseña es ⟦m{d3}R{a4}⟧",
            "A senha é ⟦x{d3}Qr{a3}⟧", "het wachtwoord is **⟦t{d3}Wq{a3}⟧**", "hasło brzmi ⟦z{d3}Ab{a3}⟧", "the password to access the db is ⟦w{d3}Kl{a3}⟧", "pw → ⟦r{d3}Gh{a3}⟧",
            "!the password is case-sensitive", "!the password is 12 characters long", "!the password is SHA-256 hashed", "!the password is in config.py", "!the password was sent to bob@site.org", "!Das Passwort ist falsch.") with
        { Confidence = 0.88, NotAt = OtherPasses, Needs = ToldValue.Marks, Accepts = ToldValue.IsStrong },
        Told("told-password-to", "Is what a password is told to be set to.", "PASSWORD", PasswordTriggers, Password, @"[ \t](?:to|auf|naar|sur|en|in)[ \t]{1,2}" + Opening + Value,
            "hasło to ⟦z{d3}Ab{a3}⟧", "set the password to ⟦w{d3}Kl{a3}⟧", "set the password for bob to ⟦w{d3}Kl{a3}⟧", "!the password to use is yours", "!change the password to something stronger") with
        { Confidence = 0.85, NotAt = OtherPasses, Needs = ToldValue.Marks, MayFit = Beginnings.HasSpace, Accepts = ToldValue.IsStrong },
        Free("told-password-after", "Stands right after the word password and looks like one.", "PASSWORD", PasswordTriggers, Password + @"[ \t]{1,3}(?:of[ \t])?" + Opening + Value,
            "log in with user bob and password ⟦h{d2}Tr{a4}⟧ please", "user admin, pw ⟦S{d3}er!{a2}⟧", "!password sha256 or bcrypt", "!the password field2 is empty", "!pass by reference", "!the password's length") with
        { Confidence = 0.8, NotAt = OtherPasses, Needs = ToldValue.Marks, NeedsWithin = 96, MayFit = Beginnings.HasSpaceBehindName, Accepts = ToldValue.IsStrongAlone },
        Told("told-secret", "Is told to be a key or token, and looks random.", "SECRET",
            "^key|token|secret|bearer|jeton|^clé|schlüssel|^clave|^chave|^chiave|sleutel|klucz|^llave|^api |^api_|^access |^api-|licen|recovery code|backup code|activation code|security code|^client |^encryption |^master |^signing ",
            Secret, Being + Opening + Value,
            "my api key for the weather service is ⟦{h20}⟧", "the token is ⟦{a18}7x⟧.", "Der API-Schlüssel lautet ⟦{a20}4y⟧", "recovery code: ⟦{l5}-{l5}-4x7q⟧",
            "!the token is invalid", "!the secret is patience", "!the key is to stay calm", "!the token is JWT-based", "!key: value", "!the access token is refreshed every 15min") with
        { Confidence = 0.85, Needs = Digits, Accepts = ToldValue.IsKey },
        Told("told-pin", "Is told to be a PIN or an access code.", "PASSWORD",
            "^pin|passcode|pass code|^access |^access-|^unlock |^door |^gate |^alarm |^entry |^safe |^vault |^lock |^security |^verification |^confirmation |^authentication |^one-time |^one time |^otp|^2fa |^mfa |^sms |^login |^keypad |^garage |^locker |^phone |^screen |^card |^voicemail |^bank |^atm |^entrance |^building |geheimzahl|code pin|code secret|code d|^codice |^código |zugangscode|türcode|tan-code|tancode|^kod pin|toegangscode",
            Code, Being + Opening + Value,
            "my pin is ⟦{d4}⟧", "PIN: ⟦{d4}⟧", "the door code is ⟦{d6}⟧.", "Meine PIN lautet ⟦{d4}⟧", "!the pin is 12.5 mm", "!pin: 13", "!the error code is 4001", "!pin code: 560001") with
        { Confidence = 0.8, Needs = Digits, NeedsWithin = 100, Accepts = ToldValue.IsPin },
        Told("told-code", "Is told to be a PIN or an access code.", "PASSWORD", "^pincode|^pin-code|^pin code", @"pin[ \-]?code", Being + Opening + Value,
            "mijn pincode is ⟦{d4}⟧", "pin code: ⟦{d5}⟧", "!pin code: 560001", "!the pin code is wrong") with
        { Confidence = 0.75, Needs = Digits, NeedsWithin = 100, Accepts = value => value.Length is 4 or 5 or 8 && ToldValue.IsPin(value) },
        Free("told-code-after", "Stands right after what names an access code.", "PASSWORD", "passcode|pass code|access code|door code|gate code|alarm code|unlock code|entry code|keypad code|otp|PIN number", @"(?:pass ?code|(?:access|door|gate|alarm|unlock|entry|keypad)[ ]code|otp|pin number)[ \t]{1,2}(?:of[ ])?[*_`""'“]{0,3}(?<v>[\d\-]{4,11})",
            "unlock it with the passcode ⟦{d6}⟧", "!passcode 12", "!access code page 1234") with
        { Confidence = 0.75, Needs = Digits, NeedsWithin = 40, EndsWord = true, Accepts = ToldValue.IsPin },
        Free("told-secret-after", "Stands right after the word key or token and looks random.", "SECRET", "token|^key|secret", @"(?:token|key|secret)[ \t]{1,2}" + Opening + Value,
            "here is the token ⟦{h20}⟧ for the bot", "!the token abc is invalid", "!key press-and-hold-5s") with
        { Confidence = 0.8, Needs = Digits, NeedsWithin = 80, MinEntropy = 3, Accepts = value => value.Length >= 14 && ToldValue.IsKey(value) && AssignedValue.IsKey(value) },
        Told("told-login", "Is the password of a user name and password that are told together.", "PASSWORD",
            "^cred|^login|^log in|^logon|^sign in|^account|zugang|anmeldedaten|identifiants|^credenci|^credenzi|inloggegevens|^user|^acces",
            @"(?:credenciales|credenciais|credenziali|cred(?:ential)?s?|log ?[io]ns?|sign in|accounts?|zugangsdaten|zugang|anmeldedaten|identifiants|inloggegevens|user(?:name)?[ \t]?[/&+:][ \t]?pass(?:word)?|user[ \t]?/[ \t]?pw|access)(?:[ \t](?:data|details?|info))?", @"(?:[ \t]{0,2}[:=]|[ \t](?:are|is|with|as|sind|sont|son|sono|zijn))[ \t]{0,3}[*_`""'“„«(]{0,3}[\w.@+\-]{2,32}[`""'”“»]?[ \t]{0,2}[/:|][ \t]{0,2}[*_`""'“„«]{0,3}" + Value,
            "creds: admin / ⟦P{d2}ss!{a4}⟧", "the login is bob:⟦k{d3}Zz{a3}⟧", "!login: bob/home", "!accounts: checking, savings", "!sign in with google, facebook") with
        { Confidence = 0.8, Needs = ToldValue.Marks, Accepts = value => value.Length >= 7 && ToldValue.IsStrong(value) },
    ];
}
