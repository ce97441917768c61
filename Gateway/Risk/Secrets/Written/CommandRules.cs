using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Written;

/// <summary>Secrets on command lines and in statements.</summary>
internal static class CommandRules
{
    private const string Given = """(?<v>[^\s"'`<;|&]{3,})""";

    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Free("command-password", "Stands as the password of a command.", "PASSWORD",
            "sshpass|mysql|mariadb|docker login|podman login|helm registry|redis-cli|ldapsearch|ldapadd|smbclient|7z |unzip |zip |htpasswd |net use|xfreerdp|keytool|mongosh|mongo |az login|openssl |pg_dump|rabbitmqctl|wget |sqlcmd|bcp |psexec|crackmapexec|evil-winrm|impacket|kinit|vncviewer|ftp |lftp|mount ",
            $"""(?:(?:sshpass)[ ]-p|(?:mysql(?:dump|admin|import)?|mariadb(?:-dump)?)\b[^\n|;]*?[ ]-p|(?:docker|podman|helm registry)[ ]login\b[^\n|;]*?[ ](?:-p|--password)|redis-cli\b[^\n|;]*?[ ]-a|ldap(?:search|add)\b[^\n|;]*?[ ]-w|smbclient\b[^\n|;]*?[ ]-U[ ]?[\w\\/.]*%|(?:7z|unzip|zip)\b[^\n|;]*?[ ]-[pP]|htpasswd[ ]-\w*b\w*[ ]\S+[ ]\S+|net[ ]use\b[^\n|;]*?[ ]/user:\S+|xfreerdp\b[^\n|;]*?[ ]/p:|keytool\b[^\n|;]*?-(?:store|key)pass|(?:mongosh|mongo)\b[^\n|;]*?[ ]-p|az[ ]login\b[^\n|;]*?[ ]-p|openssl\b[^\n|;]*?(?:pass:|-k)|sqlcmd\b[^\n|;]*?[ ]-P|bcp\b[^\n|;]*?[ ]-P|psexec\b[^\n|;]*?[ ]-p|(?:crackmapexec|evil-winrm)\b[^\n|;]*?[ ]-p|rabbitmqctl[ ](?:add_user|change_password)[ ]\S+|lftp\b[^\n|;]*?-u[ ]\w+,|mount\b[^\n|;]*?pass(?:word)?=)[ ]?["']?{Given}""",
            "sshpass -p '⟦S{d2}cr{a4}⟧' ssh bob@host", "mysql -u root -p⟦k{d2}Nn{a5}⟧ shop", "docker login -u bob -p ⟦{a10}4⟧ registry.io", "redis-cli -h cache -a ⟦{a12}9⟧ ping",
            "!mysql -u root -p shop", "!docker login -u bob --password-stdin", "!unzip -p archive.zip", "!mysql -uroot -p$PASS", "!docker login -u bob -p $TOKEN") with
        { Confidence = 0.88, Accepts = value => value.Length >= 5 && ToldValue.IsStrong(value) },
        Free("sql-password", "Stands as the password of a database user.", "PASSWORD", "identified by|with password|encrypted password|identified with|login password|password '|password \"|password n'",
            """(?:identified[ ](?:with[ ][\w']+[ ])?by|(?:with[ ]|encrypted[ ]|login[ ])?password)[ ]{0,2}=?[ ]{0,2}N?["'](?<v>[^\s"'`]{4,})["']""",
            "CREATE USER bob IDENTIFIED BY '⟦s{d2}Kr{a4}⟧';", "ALTER ROLE app WITH PASSWORD '⟦{a9}7⟧';", "!IDENTIFIED BY 'password'", "!WITH PASSWORD '${PASS}'", "!IDENTIFIED BY '<password>'", "!the password 'required' rule") with
        { Confidence = 0.9, Accepts = value => ToldValue.IsStrong(value) || (ToldValue.IsPlainWord(value) && value.Length > 5) },
        Free("powershell-password", "Is made a secure string out in the open.", "PASSWORD", "ConvertTo-SecureString", """ConvertTo-SecureString[ ](?:-String[ ])?["'](?<v>[^\s"']{4,})["']""",
            "ConvertTo-SecureString '⟦W{d2}nt{a4}⟧' -AsPlainText -Force", "!ConvertTo-SecureString $plain -AsPlainText", "!ConvertTo-SecureString '<password>' -AsPlainText") with
        { Accepts = value => !AssignedValue.IsCommonWord(value) },
        Free("piped-password", "Is handed to a command that asks for a password.", "PASSWORD", "echo ", """echo[ ](?:-n[ ])?["']?(?<v>[^\s"'|$<]{5,40})["']?\|sudo""",
            "echo '⟦k{d3}Tt{a3}⟧'|sudo -S ls", "!echo hello|sudo tee x", "!echo $PASS|sudo -S ls", "!echo a1b2c3d4|base64") with
        { Confidence = 0.7, Accepts = ToldValue.IsStrong },
        Free("oracle-login", "Is the password of a database login.", "PASSWORD", "sqlplus |expdp |impdp |jdbc:oracle:thin:|exp ", """(?:(?:sqlplus|expdp|impdp|exp)[ ](?:-\w+[ ])?|jdbc:oracle:thin:)["']?\w{2,30}/(?<v>[^\s"'@/]{4,})@""",
            "sqlplus scott/⟦t{d2}Gr{a4}⟧@db1:1521/orcl", "!sqlplus scott/tiger@db", "!sqlplus user/password@db", "!sqlplus / as sysdba") with
        { Accepts = value => ToldValue.IsStrong(value) },
        Free("query-key", "Is a key in an address.", "SECRET", "?key=|&key=|?apikey=|&apikey=|?appid=|&appid=|?sig=|&sig=|?code=|?access=|&access=|?auth=|&auth=|?t=|?sid=", """[?&](?:key|apikey|appid|sig|code|access|auth|t|sid)=(?<v>[\w\-%.~+/]{16,}={0,2})""",
            "https://api.site.io/v1?q=1&key=⟦{a32}⟧", "!https://site.io/?key=next-page-of-results", "!https://youtu.be/x?t=120", "!?code={h8}") with
        { Confidence = 0.8, MinEntropy = 3.2, Accepts = value => AssignedValue.IsKey(value) && HasDigits(value) && !Words.IsUuid(value) },
    ];
}
