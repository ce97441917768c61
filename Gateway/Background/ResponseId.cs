using System.Diagnostics.CodeAnalysis;
using Gateway.Parking;

namespace Gateway.Background;

/// <summary>The provider's name for a ticket: <c>resp_</c> and the digits behind <c>apr_</c>.</summary>
internal static class ResponseId
{
    private const string Prefix = "resp_";
    private const string TicketPrefix = "apr_";
    private const int Digits = 32;

    public static string Of(Ticket ticket) => Prefix + (ticket.Origin ?? ticket.Id)[TicketPrefix.Length..];

    public static bool TryTicketId(string responseId, [NotNullWhen(true)] out string? ticketId)
    {
        var ours = responseId.Length == Prefix.Length + Digits && responseId.StartsWith(Prefix, StringComparison.Ordinal);
        ticketId = ours ? string.Concat(TicketPrefix, responseId.AsSpan(Prefix.Length)) : null;
        return ours;
    }
}
