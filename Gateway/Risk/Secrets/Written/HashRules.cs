using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Written;

/// <summary>Stored passwords: whoever has the hash can guess at leisure.</summary>
internal static class HashRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Hash("hash-bcrypt", "$2a$|$2b$|$2y$|$2x$", @"\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}", "bob:⟦$2y$10${a53}⟧", "!$2y$10$short"),
        Hash("hash-crypt", "$1$|$5$|$6$|$y$|$7$|$apr1$|$gy$", @"\$(?:1|5|6|y|7|gy|apr1)\$(?:rounds=\d{1,9}\$|[./A-Za-z0-9]{1,8}\$)?[./A-Za-z0-9]{1,32}\$[./A-Za-z0-9]{22,86}", "root:⟦$6${a16}${a86}⟧:19000:0:99999:7:::", "bob:⟦$apr1${a8}${a22}⟧", "!costs $5$ or $6$ each"),
        Hash("hash-argon2", "$argon2", @"\$argon2(?:id|i|d)\$v=\d\d\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{8,}\$[A-Za-z0-9+/]{16,}", "⟦$argon2id$v=19$m=65536,t=3,p=4${s22}${s43}⟧", "!$argon2id$ is a format"),
        Hash("hash-phpass", "$P$|$H$|$S$", @"\$[PHS]\$[./A-Za-z0-9]{31,52}", "'⟦$P$B{a30}⟧'", "!$P$ and $H$"),
        Hash("hash-framework", "pbkdf2_sha|pbkdf2:sha|scrypt:|bcrypt_sha256$|sha1$|sha256$", @"(?:pbkdf2_sha\d+\$\d+\$|pbkdf2:sha\d+:\d+\$|scrypt:\d+:\d+:\d+\$|bcrypt_sha256\$|sha(?:1|256)\$)[^\s$""']{4,32}\$[A-Za-z0-9+/=$.]{24,128}", "⟦pbkdf2_sha256$600000${a22}${s43}=⟧", "⟦scrypt:32768:8:1${a16}${h128}⟧", "!pbkdf2:sha256 is slow"),
        Hash("hash-ldap", "{SSHA|{SHA}|{CRYPT}|{MD5}|{SMD5}", @"\{(?:SSHA(?:256|512)?|SHA|CRYPT|S?MD5)\}[A-Za-z0-9+/$.]{20,}={0,2}", "userPassword: ⟦{SSHA}{s40}⟧", "!{SSHA} is a scheme"),
    ];

    private static SecretRule Hash(string id, string triggers, string pattern, params string[] examples) =>
        Free(id, "Is the stored hash of a password.", "PASSWORD_HASH", triggers, $"(?<v>{pattern})", examples) with { Confidence = 0.9 };
}
