using System.Globalization;
using Approvals.Notifications.Buttons;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Approvals.Notifications;

/// <summary>Tells all that is wrong at once. Addresses of webhooks and passwords are secrets, so no sentence repeats one.</summary>
internal sealed class NotificationsRules(IConfiguration configuration) : IValidateOptions<NotificationsOptions>
{
    private const string Section = NotificationsOptions.Section;
    private static readonly HashSet<string> Known = typeof(ChannelOptions).GetProperties().Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public ValidateOptionsResult Validate(string? name, NotificationsOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Channels.Count == 0) return ValidateOptionsResult.Success;

        if (!Channel.IsSafe(options.ConsoleUrl)) errors.AddError($"{Section}:ConsoleUrl ({options.ConsoleUrl}) must be the https address of the console, or http on this machine; without it no message could lead anywhere.");
        if (options.MostAttempts is < 1 or > 30) errors.AddError($"{Section}:MostAttempts ({options.MostAttempts}) must be 1 to 30.");
        CheckSpan(errors, $"{Section}:FirstBackoff", options.FirstBackoff, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        CheckSpan(errors, $"{Section}:Patience", options.Patience, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        CheckSpan(errors, $"{Section}:LookEvery", options.LookEvery, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        for (var i = 0; i < options.Channels.Count; i++) CheckChannel(errors, $"{Section}:Channels:{i}", options.Channels[i]);
        foreach (var slip in configuration.GetSection($"{Section}:Channels").GetChildren().SelectMany(channel => channel.GetChildren()).Where(setting => !Known.Contains(setting.Key)))
            errors.AddError($"{slip.Path} is no setting of a channel; it would have no effect.");
        foreach (var twice in options.Channels.GroupBy(channel => channel.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            errors.AddError($"{Section}:Channels: the name '{twice.Key}' is given {twice.Count()} times; each would take the other's notices for its own.");
        if (options.Channels.Any(channel => Channel.KindOf(channel.Kind) == ChannelKind.Mail)) CheckSmtp(errors, options.Smtp);
        return errors.Build();
    }

    private static void CheckChannel(ValidateOptionsResultBuilder errors, string key, ChannelOptions channel)
    {
        if (channel.Name.Length is 0 or > NoticeChannel.LongestName || !channel.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            errors.AddError($"{key}:Name ({channel.Name}) must have 1 to {NoticeChannel.LongestName} lower-case letters, digits or dashes; it tells this channel's notices from others'.");
        if (Channel.KindOf(channel.Kind) is not { } kind) errors.AddError($"{key}:Kind ({channel.Kind}) must be {string.Join(", ", Enum.GetNames<ChannelKind>())}.");
        else if (kind == ChannelKind.Mail) CheckReceivers(errors, key, channel);
        else CheckUrl(errors, key, channel);

        CheckButtons(errors, key, channel);

        if (channel.LeastScore is < 0 or > 100) errors.AddError($"{key}:LeastScore ({channel.LeastScore}) must be 0 to 100.");
        CheckSpan(errors, $"{key}:After", channel.After, TimeSpan.Zero, TimeSpan.FromDays(1));
        CheckSpan(errors, $"{key}:Digest", channel.Digest, TimeSpan.Zero, TimeSpan.FromHours(1));
        if (channel.RemindBefore is { } before) CheckSpan(errors, $"{key}:RemindBefore", before, TimeSpan.FromSeconds(10), TimeSpan.FromDays(7));
        if (channel.Groups.Any(string.IsNullOrWhiteSpace)) errors.AddError($"{key}:Groups has an empty name; leave Groups out to be told of all.");
        if (channel.Rules.Any(string.IsNullOrWhiteSpace)) errors.AddError($"{key}:Rules has an empty name; leave Rules out to be told of all.");
        if (channel.Quiet is { } quiet) CheckQuiet(errors, $"{key}:Quiet", quiet);
    }

    private static void CheckUrl(ValidateOptionsResultBuilder errors, string key, ChannelOptions channel)
    {
        if (string.IsNullOrEmpty(channel.Url) == string.IsNullOrEmpty(channel.UrlFile)) errors.AddError($"{key} needs either Url or UrlFile: the address that {channel.Kind} gave out for this channel.");
        else if (!Channel.IsSafe(Channel.Secret(channel.Url, channel.UrlFile)))
            errors.AddError($"{key}:{(string.IsNullOrEmpty(channel.Url) ? "UrlFile" : "Url")} must be an https address; anybody on the way could read another one and post as we do.");
    }

    private static void CheckButtons(ValidateOptionsResultBuilder errors, string key, ChannelOptions channel)
    {
        var (byValue, byFile) = (!string.IsNullOrEmpty(channel.SigningSecret), !string.IsNullOrEmpty(channel.SigningSecretFile));
        if (!byValue && !byFile && channel.People.Count == 0) return;

        if (Channel.KindOf(channel.Kind) is { } kind and not ChannelKind.Slack)
        {
            errors.AddError($"{key}:SigningSecret and {key}:People are for Slack; nothing that {kind} sends proves who pressed a button, so there are none. Leave both out.");
            return;
        }
        if (byValue && byFile) errors.AddError($"{key} needs only one of SigningSecret and SigningSecretFile.");
        else if (!byValue && !byFile) errors.AddError($"{key}:People is set without a SigningSecret, so no click could be told from a forged one; copy it from the Slack app's Basic Information, or leave People out.");
        else if (Channel.Secret(channel.SigningSecret, channel.SigningSecretFile) is not { Length: >= SlackButtons.ShortestSecret })
            errors.AddError($"{key}:{(byValue ? "SigningSecret" : "SigningSecretFile")} must be the signing secret from the Slack app's Basic Information, of {SlackButtons.ShortestSecret} characters at least.");
        if ((byValue || byFile) && channel.People.Count == 0) errors.AddError($"{key}:SigningSecret is set, but People names nobody whose clicks would count; add them, such as {key}:People:U0123ABC = their subject, or leave the secret out.");
        foreach (var (user, subject) in channel.People)
        {
            if (!SlackButtons.IsUser(user)) errors.AddError($"{key}:People ({user}) must be a Slack member id such as U0123ABC, in capitals: in Slack, a profile's menu copies it.");
            if (string.IsNullOrWhiteSpace(subject)) errors.AddError($"{key}:People:{user} names nobody; give the subject that they sign in with.");
        }
    }

    private static void CheckReceivers(ValidateOptionsResultBuilder errors, string key, ChannelOptions channel)
    {
        if (channel.To.Count == 0) errors.AddError($"{key}:To names nobody; no mail of this channel would reach anybody.");
        foreach (var address in channel.To.Where(address => !IsAddress(address))) errors.AddError($"{key}:To ({address}) must be a mail address.");
    }

    private static void CheckSmtp(ValidateOptionsResultBuilder errors, SmtpOptions smtp)
    {
        if (Uri.CheckHostName(smtp.Host) == UriHostNameType.Unknown) errors.AddError($"{Section}:Smtp:Host ({smtp.Host}) must be the name or address of a mail server.");
        if (smtp.Port is < 1 or > 65_535) errors.AddError($"{Section}:Smtp:Port ({smtp.Port}) must be 1 to 65535.");
        if (!IsAddress(smtp.From)) errors.AddError($"{Section}:Smtp:From ({smtp.From}) must be a mail address.");
        if (!Enum.TryParse<SmtpSecurity>(smtp.Security, ignoreCase: true, out var security) || !Enum.IsDefined(security))
            errors.AddError($"{Section}:Smtp:Security ({smtp.Security}) must be {string.Join(", ", Enum.GetNames<SmtpSecurity>())}.");
        else if (security == SmtpSecurity.None && !Channel.IsHere(smtp.Host))
            errors.AddError($"{Section}:Smtp:Security is None, so anybody on the way could read mail and password; that is only for a server on this machine.");
        if (!string.IsNullOrEmpty(smtp.Password) && !string.IsNullOrEmpty(smtp.PasswordFile)) errors.AddError($"{Section}:Smtp needs only one of Password and PasswordFile.");
        var password = Channel.Secret(smtp.Password, smtp.PasswordFile);
        if (!string.IsNullOrEmpty(smtp.PasswordFile) && password is null) errors.AddError($"{Section}:Smtp:PasswordFile ({smtp.PasswordFile}) cannot be read, or is empty.");
        else if (string.IsNullOrEmpty(smtp.Username) != password is null) errors.AddError($"{Section}:Smtp:Username and a password belong together; with one of them nobody can sign in.");
    }

    private static void CheckQuiet(ValidateOptionsResultBuilder errors, string key, QuietOptions quiet)
    {
        var from = TimeOnly.TryParseExact(quiet.From, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start);
        var to = TimeOnly.TryParseExact(quiet.To, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end);
        if (!from) errors.AddError($"{key}:From ({quiet.From}) must be a time of day such as 22:00.");
        if (!to) errors.AddError($"{key}:To ({quiet.To}) must be a time of day such as 07:00.");
        if (from && to && start == end) errors.AddError($"{key}:From and {key}:To are both {quiet.From}; the channel would be quiet for ever or never.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(quiet.TimeZone, out _)) errors.AddError($"{key}:TimeZone ({quiet.TimeZone}) must be the name of a time zone such as Europe/Vienna.");
        if (quiet.ExceptFrom is < 0 or > 101) errors.AddError($"{key}:ExceptFrom ({quiet.ExceptFrom}) must be 0 to 101; 101 is never reached.");
    }

    private static void CheckSpan(ValidateOptionsResultBuilder errors, string key, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most) errors.AddError($"{key} ({value}) must be {least} to {most}.");
    }

    private static bool IsAddress(string? address) => MailboxAddress.TryParse(address, out var mailbox) && mailbox.Address.Contains('@', StringComparison.Ordinal);
}
