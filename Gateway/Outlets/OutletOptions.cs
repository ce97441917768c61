namespace Gateway.Outlets;

/// <summary>How an outlet's lines travel.</summary>
internal enum OutletKind
{
    File,
    Syslog,
    Otlp,
    Webhook,
}

/// <summary>What an outlet sends.</summary>
internal enum OutletContent
{
    Both,
    Entries,
    Checkpoints,
}

/// <summary>Where a new outlet starts.</summary>
internal enum OutletStart
{
    /// <summary>With the first checkpoint there is.</summary>
    Beginning,

    /// <summary>With the first one that is made after the outlet was set.</summary>
    Now,
}

internal enum SyslogTransport
{
    Tcp,
    Tls,

    /// <summary>Loses what the network or the receiver drops; nobody learns of it.</summary>
    Udp,
}

/// <summary>Other systems that are sent the trail: <c>Outlets:{n}</c>. Words are read by <see cref="OutletRules"/>, so that a mistake is told and not thrown.</summary>
internal sealed class OutletOptions
{
    public const string Section = "Outlets";

    /// <summary>Names the outlet's place in the trail: under another name it begins anew.</summary>
    public string Name { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Send { get; set; } = nameof(OutletContent.Both);
    public string From { get; set; } = nameof(OutletStart.Beginning);

    /// <summary>For one batch, connecting included: 1 second to 1 minute.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After the first failure, 0.1 seconds to 1 minute; doubled after each further one, to 5 minutes at most.</summary>
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>From this age of what was not sent on, the gateway is <c>Degraded</c>.</summary>
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Of a File.</summary>
    public string? Path { get; set; }

    /// <summary>In bytes; what comes then begins a new file.</summary>
    public long LargestFile { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many older ones stay beside it.</summary>
    public int KeepFiles { get; set; } = 10;

    /// <summary>Of a Syslog server.</summary>
    public string? Host { get; set; }

    /// <summary>By default what the transport's RFC says: 6514 for Tls, else 514.</summary>
    public int? Port { get; set; }
    public string Transport { get; set; } = nameof(SyslogTransport.Tcp);

    /// <summary>13 is "log audit".</summary>
    public int Facility { get; set; } = 13;

    /// <summary>The authorities whose certificates a Tls server may have, as a file in PEM; null for those of the machine.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Of a Webhook.</summary>
    public string? Url { get; set; }

    /// <summary>Signs what a Webhook is sent: itself, or better the name of an environment variable in <see cref="SecretFrom"/>. At least 16 characters, or <c>whsec_</c> and base64.</summary>
    public string? Secret { get; set; }
    public string? SecretFrom { get; set; }

    /// <summary>The <c>source</c> of a Webhook's CloudEvents: tells one installation's from another's.</summary>
    public string Source { get; set; } = "/approvals/trail";

    /// <summary>Of an OTLP collector over HTTP, without <c>/v1/logs</c>; null for the standard variable's.</summary>
    public string? Endpoint { get; set; }

    /// <summary>What an OTLP collector wants to see besides, such as <c>Authorization</c>.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    internal OutletKind KindOf => Enum.Parse<OutletKind>(Kind, ignoreCase: true);
    internal OutletContent SendOf => Enum.Parse<OutletContent>(Send, ignoreCase: true);
    internal OutletStart FromOf => Enum.Parse<OutletStart>(From, ignoreCase: true);
    internal SyslogTransport TransportOf => Enum.Parse<SyslogTransport>(Transport, ignoreCase: true);
    internal int PortOf => Port ?? (TransportOf == SyslogTransport.Tls ? 6514 : 514);

    internal string? ResolveSecret() => string.IsNullOrEmpty(SecretFrom) ? Secret : Environment.GetEnvironmentVariable(SecretFrom);
}

internal sealed class OutletList
{
    public List<OutletOptions> Outlets { get; set; } = [];
}
