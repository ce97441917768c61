using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Approvals.Notifications.Surfaces;

/// <summary>Hands mail to a server, encrypted unless that is on this machine.</summary>
internal sealed class MailCourier(IOptions<NotificationsOptions> options, TimeProvider clock) : ICourier
{
    public IReadOnlyList<ChannelKind> Kinds { get; } = [ChannelKind.Mail];

    public async Task<Delivery> SendAsync(Channel channel, NoticeMessage message, CancellationToken ct)
    {
        var smtp = options.Value.Smtp;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.Patience);
        try
        {
            using var mail = MailText.Of(message, smtp.From!, channel.To, clock.GetUtcNow()); // the rules ask for a sender
            using var server = new SmtpClient();
            await server.ConnectAsync(smtp.Host!, smtp.Port, Security(smtp), patience.Token); // and for a server
            if (!string.IsNullOrEmpty(smtp.Username)) await server.AuthenticateAsync(smtp.Username, Channel.Secret(smtp.Password, smtp.PasswordFile) ?? "", patience.Token);
            await server.SendAsync(mail, patience.Token);
        }
        catch (Exception fault) when (IsOfTheWay(fault) || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new Delivery(false, fault.GetType().Name);
        }
        return Delivery.Done; // the server has it; how the connection ends changes nothing
    }

    private static bool IsOfTheWay(Exception fault) => fault
        is SocketException or IOException or AuthenticationException or SslHandshakeException or CommandException or ProtocolException or NotSupportedException or ServiceNotAuthenticatedException;

    private static SecureSocketOptions Security(SmtpOptions smtp) => Enum.Parse<SmtpSecurity>(smtp.Security, ignoreCase: true) switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
