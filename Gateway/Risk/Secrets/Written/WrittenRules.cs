namespace Gateway.Risk.Secrets.Written;

/// <summary>Secrets without a vendor: what is called a password, key or token, whatever it looks like.</summary>
internal static class WrittenRules
{
    private const string Names = "password|passwd|passphrase|^pwd|passwort|kennwort|contraseña|contrasena|mot de passe|motdepasse|passcode|^pass|^pw|^mdp|^clave|^senha|wachtwoord|^hasł|^haslo|^parola|пароль|密码|密碼|パスワード|비밀번호|^şifre|lösenord|adgangskode|salasana|^heslo";
    private const string Name = "password|passwd|passphrase|passwort|kennwort|pwd|contrase[ñn]a|mot de passe|motdepasse|passcode|pass|pw|mdp|clave|senha|wachtwoord|has[łl]o|parola|пароль|密[码碼]|パスワード|비밀번호|şifre|lösenord|adgangskode|salasana|heslo";
    private const string Quoted = """(?<v>[^\s"'`<]{4,})""";

    public static IReadOnlyList<SecretRule> All { get; } =
    [
        SecretRule.Free("password", "Stands where a password is given.", "PASSWORD", Names,
            $$"""(?:{{Name}})(?:e|s|d|word)?(?:[_\-.][\w\-.]{0,18}|\d{1,2})?(?:{{SecretRule.Assignment}}|{{SecretRule.Argument}}|[ \t]["'“„«]|["']\)\.(?:type|fill|send_keys|sendKeys|val|setValue)\(["']){{Quoted}}""",
            "password = \"⟦h{a7}!{a3}⟧\"", "db_pass: ⟦Tr{d2}b{a4}#9⟧", "The password is ⟦k{d2}N!{a5}⟧.", "Server=db;User Id=sa;Password=⟦p{d2}S$w{d3}⟧;Encrypt=true", "kennwort: ⟦Q{d2}x{a5}⟧", "hasło = ⟦Q{d2}x{a5}⟧",
            "!password = os.environ['DB_PASSWORD']", "!password: ${DB_PASSWORD}", "!the password is required", "!password = <your-password>", "!password = changeme",
            "!type=\"password\" name=\"password\"", "!password: string;", "!$password = $_POST['password'];", "!What is the password policy? Is 12 characters enough?",
            "!'password' => 'required|min:8',", "!password=hash_password(form.password1)", "!bypass = value2go", "!Pass-Nr.: C01X00T47") with
        {
            Confidence = 0.9,
            NotAt = ToldRules.OtherPasses,
            Accepts = AssignedValue.IsPassword,
        },
        SecretRule.Free("password-word", "Is the word a program or a setting uses as its password.", "PASSWORD", "password|passwd|passphrase|^pwd|^pass|passwort|kennwort|contrase|senha",
            """(?:(?:password|passwd|passphrase|pwd|pass|passwort|kennwort|contrase[ñn]a|senha)(?:[_\-]?\w{1,12})?["'\])]{0,3}[ \t]{0,3}(?:=|:=|=>)[ \t]{0,3}["'](?<v>[A-Za-z]{6,24})["']|(?-i:PASSWORD|PASSWD|PWD|PASS|PASSPHRASE)(?-i:_[A-Z0-9_]{1,16})?=["']?(?<v>[A-Za-z]{6,24})(?:["'\s]|$))""",
            "password = '⟦swordfish⟧'", "DB_PASSWORD=⟦bluemonday⟧", "!password = 'required'", "!PASSWORD=changeme", "!password == 'invalid'", "!$password = $request;", "!passwordField = 'password'", "!PASSWORD=hidden") with
        {
            Confidence = 0.7,
            MayFit = Beginnings.IsQuotedOrLoud,
            Accepts = ToldValue.IsPlainWord,
        },
        SecretRule.Free("assigned", "Stands where a key or token is given, and looks random.", "SECRET",
            "secret|token|api_key|apikey|api-key|api key|access_key|accesskey|access-key|access key|private_key|privatekey|auth_key|authkey|encryption_key|signing_key|account_key|accountkey|credential|authorization|_key|-key|.key|^cred|^auth|clientkey|masterkey|secretkey|appkey|bearer|^jwt|^otp|^mfa|webhook",
            $$"""(?:secret|token|api[_\- ]?key|access[_\- ]?key|private_?key|auth_?key|encryption_key|signing_key|account_?key|(?:client|master|secret|app)key|credential|authorization|[_\-.]key|cred|auth|bearer|jwt|otp|mfa|webhook)(?:s|e)?(?:[_\-.]?[\w\-.]{1,18})?(?:{{SecretRule.Assignment}}|{{SecretRule.Argument}})(?:(?:bearer|basic|token|api-token|apikey|key)[ \t]{1,2})?{{Quoted}}""",
            "api_key = '⟦{a32}⟧'", "\"client_secret\": \"⟦{h40}⟧\"", "X-Auth-Token: ⟦{l30}⟧", "Authorization: Bearer ⟦{b40}⟧", "var fooToken string = \"⟦{l24}⟧\"", "&quot;api_key&quot;:&quot;⟦{a32}⟧&quot;", "%22token%22%3A%22⟦{a32}⟧",
            "!secret = production", "!token: string", "!max_tokens = 4096", "!token = tokenizer.next_token()", "!api_key = \"YOUR_API_KEY\"", "!api_key=$API_KEY",
            "!secret: The recipe of grandmother", "!token = get_token(user_id=12345678)", "!Authorization: Bearer <token>", "!primary_key=True", "!the secret is out") with
        {
            Confidence = 0.88,
            Accepts = AssignedValue.IsKey,
        },
        SecretRule.Free("key", "Stands where a key is given, and is random all through.", "SECRET", "^key",
            """keys?["'\])]{0,2}[ \t]{0,2}(?:=|:|=>|:=|[ \t]is[ \t:])[ \t]{0,3}["'`]{0,2}(?<v>[A-Za-z0-9+/_\-]{20,}={0,2})""",
            "Using Key=⟦{a40}⟧", "key: '⟦{l36}⟧'", "!key: some-long-name-of-a-thing-2024", "!key={h8}-{h4}-{h4}-{h4}-{h12}", "!cache key: {h40}", "!public key = {s44}") with
        {
            Confidence = 0.8, MinEntropy = 3.5,
            NotAfter = ["public", "cache", "primary", "foreign", "partition", "sort", "object", "idempotency", "row", "s3", "hash", "storage", "etag", "translation", "react", "map", "pub", "unique", "bucket", "record", "event", "issue", "file"],
            Accepts = value => AssignedValue.IsKey(value) && value.Count(char.IsAsciiDigit) >= 3 && !Words.IsUuid(value) && value.Count(c => c is '/' or '-' or '_') < 3,
        },
        SecretRule.Free("url-credentials", "Stands as the password of a URL.", "PASSWORD", "://",
            """://[^\s/?#@:"'<>`]{0,60}:(?<v>[^\s/?"'<>@`]{2,})@[\w\-.\[%{$]""",
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
            MayFit = Beginnings.IsSecretOption,
            Accepts = value => AssignedValue.IsKey(value) || AssignedValue.IsPassword(value),
        },
        SecretRule.Free("terraform-default", "Is the default of a secret variable.", "PASSWORD", "password\" {|secret\" {|token\" {|_key\" {",
            """(?:password|secret|token|_key)" \{[^{}]*?default\s*=\s*"(?<v>[^"\s]{5,})""", "variable \"db_password\" { default = \"⟦k{d2}N!{a5}⟧\" }", "!variable \"db_password\" { type = string }") with
        {
            Accepts = value => AssignedValue.IsPassword(value),
        },
        SecretRule.Free("xml-password", "Stands as the password or key of a settings file.", "PASSWORD", "password\" value=|key\" value=|token\" value=|secret\" value=|pwd\" value=",
            """(?:password|key|token|secret|pwd)" value="(?<v>[^"'<\s]{3,})""",
            "<add key=\"ClearTextPassword\" value=\"⟦{a9}!⟧\" />", "!<add key=\"ClearTextPassword\" value=\"%PASS%\" />") with
        {
            Accepts = value => !AssignedValue.IsCommonWord(value),
        },
        SecretRule.Free("jwt", "Is a signed token: its header decodes to JSON that names an algorithm.", "JWT", "eyJ",
            """(?<v>eyJ[\w\-]{10,}\.[\w\-]{4,}(?:\.[\w\-]*)?)""",
            "Bearer ⟦" + JsonWebTokens.MadeUp() + "⟧", "!eyJhbGciOiJIUzI1NiJ9", "!eyJub3QiOiJhIGhlYWRlciJ9.eyJzdWIiOiIxIn0.abcd") with
        {
            MayFit = Beginnings.IsDottedRun,
            Accepts = JsonWebTokens.IsSigned,
        },
    ];
}
