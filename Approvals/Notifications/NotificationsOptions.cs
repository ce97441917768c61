namespace Approvals.Notifications;

/// <summary>How a channel's messages travel.</summary>
internal enum ChannelKind
{
    /// <summary>An incoming webhook of Slack.</summary>
    Slack,

    /// <summary>A webhook of Teams Workflows.</summary>
    Teams,

    /// <summary>Mail over SMTP.</summary>
    Mail,
}

/// <summary>Who is told of what waits, and how: <c>Notifications</c>. Words are read by <see cref="NotificationsRules"/>, so that a mistake is told and not thrown.</summary>
internal sealed class NotificationsOptions
{
    public const string Section = "Notifications";

    /// <summary>Where people open the console, without <c>/console</c>; the links in messages begin with it.</summary>
    public string? ConsoleUrl { get; set; }

    /// <summary>Then a notice is given up, 1 to 30. The prompt waits on, and the console shows it.</summary>
    public int MostAttempts { get; set; } = 6;

    /// <summary>After the first failure, 1 second to 10 minutes; doubled after each further one, to 10 minutes at most.</summary>
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For one attempt, connecting included: 1 second to 1 minute.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a channel looks for what is due, 50 milliseconds to 1 minute.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    public SmtpOptions Smtp { get; set; } = new();
    public List<ChannelOptions> Channels { get; set; } = [];
}

/// <summary>One place that messages go to: <c>Notifications:Channels:{n}</c>.</summary>
internal sealed class ChannelOptions
{
    /// <summary>Names the channel's rows: under another name it begins anew.</summary>
    public string Name { get; set; } = "";
    public string Kind { get; set; } = "";

    /// <summary>Of Slack and Teams. Whoever knows it can post there, so it is a secret: no log and no message repeats it.</summary>
    public string? Url { get; set; }

    /// <summary>A file that holds it.</summary>
    public string? UrlFile { get; set; }

    /// <summary>Of Mail: who gets it.</summary>
    public List<string> To { get; set; } = [];

    /// <summary>Told when one of these is asked; empty for all.</summary>
    public List<string> Groups { get; set; } = [];

    /// <summary>Names of rules, with <c>*</c> for any letters; empty for all.</summary>
    public List<string> Rules { get; set; } = [];

    /// <summary>Prompts below it are left to the console.</summary>
    public int LeastScore { get; set; }

    /// <summary>How long a prompt waits before this channel is told of it, up to a day; by then it must still wait with nobody holding it.</summary>
    public TimeSpan After { get; set; }

    /// <summary>Told again so long before the deadline, up to 7 days; nothing for no reminder.</summary>
    public TimeSpan? RemindBefore { get; set; }

    /// <summary>Told when a later stage begins and asks people that this channel serves.</summary>
    public bool Escalate { get; set; } = true;

    /// <summary>At least so long between two messages, up to an hour; what comes meanwhile becomes one.</summary>
    public TimeSpan Digest { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether messages repeat the masked excerpt.</summary>
    public bool Excerpt { get; set; } = true;

    public QuietOptions? Quiet { get; set; }

    /// <summary>Of Slack: the app's signing secret. With it and <see cref="People"/> messages have buttons, and their clicks are taken.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>A file that holds it.</summary>
    public string? SigningSecretFile { get; set; }

    /// <summary>Of Slack: whose clicks count, from a member's id to the subject they sign in with. Nobody else's do.</summary>
    public Dictionary<string, string> People { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Clicks may be answered over http to this machine. For tests, where Slack is not Slack.</summary>
    public bool AnswerOnThisMachine { get; set; }
}

/// <summary>When a channel keeps still, each night; what is due meanwhile goes when it ends.</summary>
internal sealed class QuietOptions
{
    /// <summary><c>HH:mm</c>, in <see cref="TimeZone"/>.</summary>
    public string From { get; set; } = "";

    /// <summary>Not quiet any more; earlier than <see cref="From"/> for a night.</summary>
    public string To { get; set; } = "";

    /// <summary>IANA name, such as <c>Europe/Vienna</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>From this score on people are told at any hour; 101 for never.</summary>
    public int ExceptFrom { get; set; } = 101;
}

/// <summary>The server that takes mail: <c>Notifications:Smtp</c>.</summary>
internal sealed class SmtpOptions
{
    public string? Host { get; set; }
    public int Port { get; set; } = 587;

    /// <summary><c>StartTls</c>, <c>Tls</c> from the first byte, or <c>None</c>: only for a server on this machine.</summary>
    public string Security { get; set; } = nameof(SmtpSecurity.StartTls);
    public string? Username { get; set; }
    public string? Password { get; set; }

    /// <summary>A file that holds it.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Sender of every mail.</summary>
    public string? From { get; set; }
}

internal enum SmtpSecurity
{
    StartTls,
    Tls,
    None,
}
