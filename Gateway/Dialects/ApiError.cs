namespace Gateway.Dialects;

/// <summary>A refusal or failure the caller's SDK will turn into its own exception. README's status table lists every code.</summary>
/// <param name="Code">Stable, e.g. <c>approval_rejected</c>.</param>
/// <param name="Message">For a developer's eyes: what happened and what to do. Never quotes the prompt.</param>
internal sealed record ApiError(int Status, string Code, string Message)
{
    /// <summary>For a caller in the middle of a stream, who could make nothing of the plain body that came instead.</summary>
    public static ApiError NotStreamed(int status, string? ticketId) => new(status, "upstream_not_streaming",
        $"The prompt was released, but was answered with status {status} and not with a stream.{(ticketId is null ? "" : $" GET /v1/approvals/{ticketId}/result has the body.")}");

    /// <summary>Says whose failure it is, so that the caller can look further.</summary>
    public ApiError About(string? ticketId) => ticketId is null ? this : this with { Message = $"{Message} Ticket {ticketId}." };

    public static ApiError Invalid(string message, string code = "invalid_body") => new(StatusCodes.Status400BadRequest, code, message);
}
