using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Shared;

/// <summary>
/// Says 401 with its reason to people whose sign-in counts no more, or not for this (RFC 9470). Knows the reasons by their
/// words: in one process it answers for both services.
/// </summary>
internal sealed class PersonAnswers(IOptions<SigningInOptions> options) : IAuthorizationMiddlewareResultHandler
{
    public const string FreshSignInNeeded = "urn:approvals:fresh-sign-in-needed";
    public const string SessionOver = "urn:approvals:session-over";
    private readonly AuthorizationMiddlewareResultHandler usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var reasons = authorizeResult.AuthorizationFailure?.FailureReasons.Select(reason => reason.Message).ToList() ?? [];
        if (reasons.Contains(SessionOver))
            return RefuseAsync(context, SessionOver, "Signed out", "This session is over. Sign in again.", "invalid_token", null);
        if (reasons.Contains(FreshSignInNeeded))
        {
            var within = options.Value.StepUpWithin;
            return RefuseAsync(context, FreshSignInNeeded, "A fresh sign-in is needed",
                string.Create(CultureInfo.InvariantCulture, $"This needs a sign-in of the last {within.TotalMinutes:0.#} minute(s)."), "insufficient_user_authentication", within);
        }
        return usual.HandleAsync(next, context, policy, authorizeResult);
    }

    private static Task RefuseAsync(HttpContext context, string type, string title, string sentence, string error, TimeSpan? within)
    {
        var challenge = $"Bearer error=\"{error}\", error_description=\"{sentence}\"";
        if (within is { } span) challenge += string.Create(CultureInfo.InvariantCulture, $", max_age=\"{span.TotalSeconds:0}\"");
        context.Response.Headers[HeaderNames.WWWAuthenticate] = challenge;
        return TypedResults.Problem(sentence, statusCode: StatusCodes.Status401Unauthorized, title: title, type: type).ExecuteAsync(context);
    }
}
