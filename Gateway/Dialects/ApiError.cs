namespace Gateway.Dialects;

/// <summary>A refusal or failure the caller's SDK will turn into its own exception. README's status table lists every code.</summary>
/// <param name="Code">Stable, e.g. <c>approval_rejected</c>.</param>
/// <param name="Message">For a developer's eyes: what happened and what to do. Never quotes the prompt.</param>
internal sealed record ApiError(int Status, string Code, string Message)
{
    public static ApiError Invalid(string message, string code = "invalid_body") => new(StatusCodes.Status400BadRequest, code, message);
}
