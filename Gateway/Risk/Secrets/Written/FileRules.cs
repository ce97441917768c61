using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Written;

/// <summary>Secrets where files, headers and signed addresses keep them.</summary>
internal static class FileRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Free("netrc", "Is the password of a .netrc entry.", "PASSWORD", "machine ", @"machine\s{1,4}[\w.\-]{1,30}\s{1,8}login\s{1,4}\S{1,24}?\s{1,8}password\s{1,4}(?<v>\S{3,})",
            "machine git.site.io\nlogin bob\npassword ⟦{a12}⟧", "!machine git.site.io login bob password <password>") with { Accepts = value => !AssignedValue.IsCommonWord(value) },
        Free("pgpass", "Is the password in a line of a .pgpass file.", "PASSWORD", ":5432:|:*:|:5433:|:6432:", @"[\w.\-*]{1,40}:(?:\d{4}|\*):[\w*\-]{1,24}:[\w\-*]{1,24}:(?<v>[^\s:]{4,})",
            "db.internal:5432:shop:app:⟦{a12}⟧", "*:*:*:app:⟦{a9}!⟧", "!localhost:5432:db:user:password", "!postgres:5432 is the port") with
        { StartsWord = true, Lead = 40, LeadShape = static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '*', Accepts = value => !AssignedValue.IsCommonWord(value) },
        Free("basic-auth", "Is a user name and password of basic authentication.", "PASSWORD", "Basic ", @"Basic\s(?<v>[A-Za-z0-9+/\-_]{8,}={0,2})",
            "Authorization: Basic ⟦" + EncodedPairs.MadeUp() + "⟧", "!Authorization: Basic <credentials>", "!Basic authentication is simple", "!Basic understanding of things") with { Accepts = EncodedPairs.IsUserAndPassword },
        Free("docker-auth", "Is a registry's user name and password.", "PASSWORD", "\"auth\"|_auth=|_auth =|_password=", """(?:\\?"auth\\?"\s{0,2}:\s{0,2}\\?"|_auth\s?=\s?"?|_password\s?=\s?"?)(?<v>[A-Za-z0-9+/]{8,}={0,2})""",
            "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"⟦" + EncodedPairs.MadeUp() + "⟧\"}}}", "!\"auth\": \"required\"", "!{\"auth\":\"basicauth\"}") with { Accepts = EncodedPairs.IsUserAndPassword },
        Free("npm-auth", "Is a registry's token.", "SECRET", "_authToken", """_authToken\s?=\s?"?(?<v>[^\s"'$]{8,})""", "//registry.site.io/:_authToken=⟦{h8}-{h4}-{h4}-{h4}-{h12}⟧", "!//registry.npmjs.org/:_authToken=${NPM_TOKEN}"),
        Free("kubernetes-key", "Is the private key of a cluster's user.", "PRIVATE_KEY", "client-key-data|tls.key", """(?:client-key-data|tls\.key)["']?\s{0,2}[:=]\s{0,2}["']?(?<v>[A-Za-z0-9+/]{40,}={0,2})""",
            "    client-key-data: ⟦LS0tLS1CRUdJTi{s120}=⟧", "!client-key-data: <base64>", "!client-certificate-data: LS0tLS1CRUdJTi{s64}"),
        Free("kubernetes-token", "Is the token of a cluster's user.", "SECRET", "id-token|refresh-token|service-account-token", """(?:id-token|refresh-token|service-account-token)["']?\s{0,2}[:=]\s{0,2}["']?(?<v>[\w\-.+/=]{20,})""",
            "refresh-token: ⟦{b40}⟧", "!id-token: write") with { Accepts = AssignedValue.IsKey },
        Free("session-cookie", "Is a session's cookie: who has it is signed in.", "SECRET",
            "sessionid|session_id|session=|sessid|sess=|connect.sid|.AspNetCore.|.ASPXAUTH|JSESSIONID|remember_|auth_cookie|sid=|_session|ssid=|csrftoken=|xsrf-token=|cf_clearance|__Secure-|__Host-|li_at=|sb-access",
            """(?:php|asp|j)?(?:sess(?:ion)?_?id(?:[A-Z]{8})?|session|sess|connect\.sid|\.AspNetCore\.[\w.\-]{4,30}|\.ASPXAUTH|remember_(?:me|token|user_token|web_[a-f0-9]{20,40})|auth_cookie|s?sid|\w{0,16}_session(?:_id)?|csrftoken|xsrf-token|cf_clearance|__(?:Secure|Host)-[\w\-.]{2,30}|li_at|sb-access-token)(?:=|["']?:\s?["'])(?<v>[\w\-%.+/=:!~*]{16,})""",
            "Cookie: theme=dark; sessionid=⟦{l32}⟧", "Set-Cookie: connect.sid=⟦s%3A{b32}.{a40}⟧; Path=/", "JSESSIONID=⟦{u32}⟧", "!sessionid=none", "!session_id: the identifier of the session", "!session=requests.Session()") with
        { Confidence = 0.85, MinEntropy = 3.2, Accepts = value => AssignedValue.IsKey(value) && HasDigits(value) },
        Free("signed-url", "Is the signature of an address that opens without a password.", "SECRET", "X-Amz-Signature=|X-Goog-Signature=|&Signature=|?Signature=|X-Amz-Security-Token=|X-Amz-Credential=|x-oss-signature=|X-Amz-Security-Token%3D|&sign=|&hmac=|&jwt=",
            """[?&]?(?:X-(?:Amz|Goog)-(?:Signature|Security-Token)|Signature|x-oss-signature|sign|hmac|jwt)=(?<v>[\w\-%+/~.]{24,}={0,2})""",
            "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=⟦{h64}⟧", "https://d1.cloudfront.net/f?Expires=1&Signature=⟦{b60}⟧&Key-Pair-Id=K1", "!X-Amz-Signature=<signature>", "!?Signature=none") with
        { MinEntropy = 3, Accepts = value => value.Any(char.IsAsciiDigit) },
        Free("connection-secret", "Is the secret of a connection string.", "CONNECTION_STRING", ";Secret=|SharedAccessSignature=|SharedSecret|;Pwd=|;Password=|AccessKey=|EntityPath", """(?:;Secret=|SharedAccessSignature=(?:sv=)?|SharedSecret(?:Value)?=|AccessKey=)(?<v>[A-Za-z0-9+/%=\-_]{20,})""",
            "Endpoint=https://x.azconfig.io;Id=abc;Secret=⟦{s43}=⟧", "endpoint=https://x.communication.azure.com/;accesskey=⟦{s86}==⟧", "!;Secret=<secret>"),
        Free("licence-key", "Is a product's key.", "SECRET", "product key|license key|licence key|serial number|activation key|cd key|lizenzschlüssel|product-key", @"(?:(?:product|licen[sc]e|activation|cd)[ \-]key|serial number|lizenzschlüssel)[^\n]{0,24}?[:= ][ \t]{0,2}[`""']?(?<v>[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){3,6})",
            "product key: ⟦{u5}-{u5}-{u5}-{u5}-7X4Q2⟧", "!license key: ABCD-EFGH", "!serial number 12345") with { Accepts = HasDigits },
    ];
}
