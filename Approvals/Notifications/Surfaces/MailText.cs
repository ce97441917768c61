using System.Text;
using System.Text.Encodings.Web;
using MimeKit;
using MimeKit.Utils;

namespace Approvals.Notifications.Surfaces;

/// <summary>A message as mail. Its headers hold our words and those of the settings alone, so nothing a caller writes can add one.</summary>
internal static class MailText
{
    public static MimeMessage Of(NoticeMessage message, string from, IReadOnlyList<string> to, DateTimeOffset now)
    {
        var mail = new MimeMessage { Subject = message.Headline, Date = now };
        var sender = MailboxAddress.Parse(from);
        mail.From.Add(sender);
        mail.To.AddRange(to.Select(MailboxAddress.Parse));
        mail.MessageId = MimeUtils.GenerateMessageId(sender.Domain);
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // no machine answers it
        mail.Body = new BodyBuilder { TextBody = Plain(message), HtmlBody = Html(message) }.ToMessageBody();
        return mail;
    }

    private static string Plain(NoticeMessage message)
    {
        var text = new StringBuilder().Append(message.Headline).Append(".\n\n");
        if (message.Only is { } only)
        {
            foreach (var (label, words) in only.Facts()) text.Append(label).Append(": ").Append(words).Append('\n');
            return text.Append("\nOpen the review: ").Append(only.Link.AbsoluteUri).Append('\n').ToString();
        }

        foreach (var line in message.Named)
            text.Append("Risk ").Append(line.Score).Append(", ").Append(NoticeMessage.InWords(line.Left)).Append(" left: ").Append(line.Link.AbsoluteUri)
                .Append("\n  Caller: ").Append(line.Caller).Append("\n  Rule: ").Append(line.Rule).Append('\n');
        if (message.Unnamed > 0) text.Append("And ").Append(message.Unnamed).Append(" more.\n");
        return text.Append("\nOpen the queue: ").Append(message.Queue.AbsoluteUri).Append('\n').ToString();
    }

    private static string Html(NoticeMessage message)
    {
        var html = new StringBuilder("<!DOCTYPE html><html><body>").Append("<p><b>").Append(Escape(message.Headline)).Append("</b></p>");
        if (message.Only is { } only)
        {
            foreach (var (label, words) in only.Facts()) html.Append("<p>").Append(Escape(label)).Append(": ").Append(Theirs(words)).Append("</p>");
            return html.Append("<p>").Append(Link(only.Link, "Open the review")).Append("</p></body></html>").ToString();
        }

        html.Append("<ul>");
        foreach (var line in message.Named)
            html.Append("<li>").Append(Link(line.Link, $"Risk {line.Score}, {NoticeMessage.InWords(line.Left)} left")).Append("<br>Caller: ").Append(Theirs(line.Caller)).Append("<br>Rule: ").Append(Theirs(line.Rule)).Append("</li>");
        html.Append("</ul>");
        if (message.Unnamed > 0) html.Append("<p>And ").Append(message.Unnamed).Append(" more.</p>");
        return html.Append("<p>").Append(Link(message.Queue, "Open the queue")).Append("</p></body></html>").ToString();
    }

    private static string Link(Uri address, string words) => $"<a href=\"{Escape(address.AbsoluteUri)}\">{Escape(words)}</a>";

    /// <summary>Words of others keep their direction to themselves.</summary>
    private static string Theirs(string words) => $"<bdi>{Escape(words)}</bdi>";

    private static string Escape(string words) => HtmlEncoder.Default.Encode(words);
}
