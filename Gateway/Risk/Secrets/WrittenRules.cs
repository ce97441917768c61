namespace Gateway.Risk.Secrets;

/// <summary>Secrets without a vendor: what is called a password, key or token, whatever it looks like.</summary>
internal static class WrittenRules
{
    private const string Quoted = """(?<v>[^\s"'`<]{4,})""";

    public static IReadOnlyList<SecretRule> All { get; } =
    [
        SecretRule.Free("password", "Stands where a password is given.", "PASSWORD",
            "password|passwd|passwort|passphrase|pwd|contraseña|mot de passe|passcode|^pass|^pw",
            $$"""(?:password|passwd|passwort|passphrase|pwd|contraseña|mot de passe|passcode|pass|pw)(?:e|s|d|word)?(?:[_\-.][\w\-.]{0,18}|\d{1,2})?(?:{{SecretRule.Assignment}}|[ \t]"|\(["'`]){{Quoted}}""",
            "password = \"⟦h{a7}!{a3}⟧\"", "db_pass: ⟦Tr{d2}b{a4}#9⟧", "The password is ⟦k{d2}N!{a5}⟧.", "Server=db;User Id=sa;Password=⟦p{d2}S$w{d3}⟧;Encrypt=true",
            "!password = os.environ['DB_PASSWORD']", "!password: ${DB_PASSWORD}", "!the password is required", "!password = <your-password>", "!password = changeme",
            "!type=\"password\" name=\"password\"", "!password: string;", "!$password = $_POST['password'];", "!What is the password policy? Is 12 characters enough?",
            "!'password' => 'required|min:8',", "!password=hash_password(form.password1)", "!bypass = value2go") with
        {
            Confidence = 0.9,
            Accepts = AssignedValue.IsPassword,
        },
        SecretRule.Free("assigned", "Stands where a key or token is given, and looks random.", "SECRET",
            "secret|token|api_key|apikey|api-key|api key|access_key|accesskey|access-key|access key|private_key|privatekey|auth_key|authkey|encryption_key|signing_key|account_key|accountkey|credential|authorization|_key|-key|.key|^cred|^auth",
            $$"""(?:secret|token|api[_\- ]?key|access[_\- ]?key|private_?key|auth_?key|encryption_key|signing_key|account_?key|credential|authorization|[_\-.]key|cred|auth)(?:s|e)?(?:[_\-.]?[\w\-.]{1,18})?(?:{{SecretRule.Assignment}}|{{SecretRule.Argument}})(?:(?:bearer|basic|token|api-token|apikey|key)[ \t]{1,2})?{{Quoted}}""",
            "api_key = '⟦{a32}⟧'", "\"client_secret\": \"⟦{h40}⟧\"", "X-Auth-Token: ⟦{l30}⟧", "Authorization: Bearer ⟦{b40}⟧", "var fooToken string = \"⟦{l24}⟧\"",
            "!secret = production", "!token: string", "!max_tokens = 4096", "!token = tokenizer.next_token()", "!api_key = \"YOUR_API_KEY\"", "!api_key=$API_KEY",
            "!secret: The recipe of grandmother", "!token = get_token(user_id=12345678)", "!Authorization: Bearer <token>", "!primary_key=True", "!the secret is out") with
        {
            Confidence = 0.88,
            Accepts = AssignedValue.IsKey,
        },
        SecretRule.Free("url-credentials", "Stands as the password of a URL.", "PASSWORD", "://",
            """://[^\s/?#@:"'<>`]{0,50}:(?<v>[^\s/?#"'<>@`]{2,})@[\w\-.\[%{$]""",
            "postgres://app:⟦s{a9}⟧@db.internal:5432/app", "https://bot:⟦{h24}⟧@git.site.io/x.git", "!postgres://user:password@localhost/app", "!https://user:${PASS}@host.io",
            "!https://url:8000 @something", "!http://host:8080/@path", "!https://user:pass@host.io", "!redis://:password@cache:6379") with
        {
            Confidence = 0.93,
            Accepts = value => !AssignedValue.IsCommonWord(value),
        },
        SecretRule.Free("command-line-user", "Stands as the password of a command line's user option.", "PASSWORD", "-u|--user",
            """-{1,2}u(?:ser)?[ =]{1,2}["']{0,2}[^\s:"'$]{1,40}["']?:["']?(?<v>[^\s"'`]{3,})""",
            "curl -u 'api:⟦d{a12}⟧' https://api.site.io", "curl --user bob:⟦{a9}!⟧ https://x.io", "!curl -u \"${USER}:${PASS}\"", "!curl --user user:password https://x.io", "!docker run -u 1000:1000 image") with
        {
            Confidence = 0.88,
            Accepts = value => !AssignedValue.IsCommonWord(value) && !value.All(char.IsAsciiDigit),
        },
        SecretRule.Free("command-line-option", "Stands as the value of a command line's secret option.", "SECRET", "--",
            """--[\w\-]{0,24}(?:token|secret|key|password|passwd|pwd)[ =]["']?(?<v>[^\s"'`]{6,})""",
            "tool --api-key ⟦{h32}⟧ run", "mysql --password=⟦q{a9}4⟧", "!tool --api-key $KEY", "!tool --password-stdin login", "!--token <token>") with
        {
            Confidence = 0.88,
            Accepts = value => AssignedValue.IsKey(value) || AssignedValue.IsPassword(value),
        },
        SecretRule.Free("xml-password", "Stands as the password of a settings file.", "PASSWORD", "Password\" value=",
            """Password" value="(?<v>[^"'<\s]{3,})""",
            "<add key=\"ClearTextPassword\" value=\"⟦{a9}!⟧\" />", "!<add key=\"ClearTextPassword\" value=\"%PASS%\" />") with
        {
            Accepts = value => !AssignedValue.IsCommonWord(value),
        },
        SecretRule.Free("jwt", "Is a signed token: its header decodes to JSON that names an algorithm.", "JWT", "eyJ",
            """(?<v>eyJ[\w\-]{10,}\.[\w\-]{4,}(?:\.[\w\-]*)?)""",
            "Bearer ⟦" + JsonWebTokens.MadeUp() + "⟧", "!eyJhbGciOiJIUzI1NiJ9", "!eyJub3QiOiJhIGhlYWRlciJ9.eyJzdWIiOiIxIn0.abcd") with
        {
            Accepts = JsonWebTokens.IsSigned,
        },
    ];
}
