using System.Globalization;
using System.Text;
using Contracts;
using Gateway.Dialects;
using Gateway.Parking;

namespace Gateway.Waiting;

/// <summary>What a caller is told of its ticket: headers on every reply, and one error per way it can end.</summary>
internal static class Replies
{
    public static async Task WriteErrorAsync(HttpContext http, Dialect dialect, ApiError error)
    {
        http.Response.StatusCode = error.Status;
        http.Response.ContentType = "application/json";
        // SDKs retry some of these by themselves; a person's or a rule's no stays a no.
        if (error.Status is StatusCodes.Status403Forbidden) http.Response.Headers["x-should-retry"] = "false";
        await http.Response.Body.WriteAsync(dialect.Error(error), http.RequestAborted);
    }

    public static void WriteTicket(HttpResponse response, Ticket ticket)
    {
        response.Headers["x-approval-id"] = ticket.Id;
        response.Headers["x-approval-status"] = ticket.Status.Word();
        response.Headers.Location = $"/v1/approvals/{ticket.Id}";
    }

    /// <summary>What is known of the caller's turn, as headers.</summary>
    public static void WriteOutlook(HttpResponse response, Outlook? outlook)
    {
        if (outlook is null) return;
        response.Headers["x-approval-position"] = outlook.Position.ToString(CultureInfo.InvariantCulture);
        response.Headers["x-approval-deadline"] = outlook.DeadlineAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (outlook.TypicalWait is { } wait) response.Headers["x-approval-typical-wait"] = Seconds(wait);
    }

    /// <summary>Why this ticket gives no answer; null when it does or may yet.</summary>
    /// <param name="tellReason">Whether the reviewer's words may be shown to the caller.</param>
    public static ApiError? Refusal(Ticket ticket, bool tellReason)
    {
        ApiError Refused(string code, string message) => new(StatusCodes.Status403Forbidden, code, $"{message} Ticket {ticket.Id}.");
        return ticket.Status switch
        {
            ApprovalStatus.Rejected => Refused("approval_rejected",
                tellReason && !string.IsNullOrWhiteSpace(ticket.Reason) ? $"A reviewer rejected this prompt: {ticket.Reason.Trim()}." : "A reviewer rejected this prompt."),
            ApprovalStatus.Expired => Refused("approval_expired", "Nobody decided about this prompt in time, so it was not sent."),
            ApprovalStatus.Cancelled => Refused("approval_cancelled", "This prompt was cancelled by its caller."),
            ApprovalStatus.Revoked => Refused("approval_revoked", "The approval of this prompt was taken back before it was sent."),
            _ => null,
        };
    }

    /// <summary>408 makes every SDK ask again by itself, which is how it waits longer than its own time-out.</summary>
    public static ApiError StillPending(Ticket ticket) => new(StatusCodes.Status408RequestTimeout, "approval_pending",
        $"This prompt waits for a person's approval. Ticket {ticket.Id}; send the same request again to go on waiting, or poll GET /v1/approvals/{ticket.Id}.");

    public static string Seconds(TimeSpan span) => Math.Max(0, (int)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
