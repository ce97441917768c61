using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Identity;

namespace Gateway.Webhooks;

/// <summary>Writes notices with the change they speak of, and signs them.</summary>
internal sealed class WebhookNotices(CallerDirectory callers, TimeProvider clock)
{
    /// <summary>Adds a notice to what is to be stored, if this caller wants one.</summary>
    /// <param name="status">How the ticket ended, in the word callers know.</param>
    public void Note(ICollection<object> rows, string callerSubject, string ticketId, string status, int? statusCode) =>
        Note(rows, callerSubject, ticketId, "approval.settled", new { id = ticketId, status, statusCode, resultUrl = $"/v1/approvals/{ticketId}/result" });

    /// <summary>A reviewer has asked something; what, the ticket says.</summary>
    public void NoteQuestion(ICollection<object> rows, string callerSubject, string ticketId) =>
        Note(rows, callerSubject, ticketId, "approval.asked", new { id = ticketId, ticketUrl = $"/v1/approvals/{ticketId}", answerUrl = $"/v1/approvals/{ticketId}/answer" });

    private void Note(ICollection<object> rows, string callerSubject, string ticketId, string type, object data)
    {
        if (callers.BySubject(callerSubject)?.Webhook is null) return;
        var now = clock.GetUtcNow();
        rows.Add(new WebhookDelivery
        {
            Id = Guid.CreateVersion7(now),
            TicketId = ticketId,
            CallerSubject = callerSubject,
            Body = JsonSerializer.Serialize(new
            {
                type,
                timestamp = now,
                data,
            }),
            CreatedAt = now,
            DueAt = now,
        });
    }

    /// <summary>The three headers of Standard Webhooks.</summary>
    public static void AddSignature(HttpRequestMessage request, string secret, string id, DateTimeOffset at, string body)
    {
        var timestamp = at.ToUnixTimeSeconds();
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Sign(secret, id, timestamp, body));
    }

    /// <summary>The <c>webhook-signature</c> of Standard Webhooks: HMAC-SHA256 over id, time and body, so that a receiver can tell ours from anybody's.</summary>
    public static string Sign(string secret, string id, long timestamp, string body)
    {
        const string prefix = "whsec_";
        var key = secret.StartsWith(prefix, StringComparison.Ordinal) ? Convert.FromBase64String(secret[prefix.Length..]) : Encoding.UTF8.GetBytes(secret);
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
    }
}
