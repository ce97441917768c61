using System.Security.Claims;
using Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Shared;

internal sealed record PersonRequirement(IReadOnlyList<string> AnyOf, bool Looking) : IAuthorizationRequirement;

/// <summary>
/// First whether the session still counts, then the permission, then how fresh the sign-in is: nobody is asked to sign in
/// again for what they may not do anyway. A token that does not say when it began is an old one.
/// </summary>
internal sealed class PersonHandler<TStore>(SignOuts<TStore> signOuts, IOptions<SigningInOptions> options, TimeProvider clock) : AuthorizationHandler<PersonRequirement>
    where TStore : DbContext
{
    /// <summary>How far the provider's clock may be ahead of ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PersonRequirement requirement)
    {
        var person = context.User;
        if (person.FindFirst(PersonClaims.Subject)?.Value is not { Length: > 0 } subject) return;

        if (await IsOverAsync(person, subject, (context.Resource as HttpContext)?.RequestAborted ?? CancellationToken.None))
            context.Fail(new AuthorizationFailureReason(this, PersonAnswers.SessionOver));
        else if (requirement.AnyOf.Count == 0)
            context.Succeed(requirement);
        else
            Judge(context, requirement, [.. requirement.AnyOf.Where(permission => person.HasClaim(PersonClaims.Permission, permission))]);
    }

    private async ValueTask<bool> IsOverAsync(ClaimsPrincipal person, string subject, CancellationToken ct)
    {
        var (signedIn, issued) = (person.TimeOf(PersonClaims.SignedInAt), person.TimeOf(PersonClaims.IssuedAt));
        return !IsWithin(signedIn ?? issued, options.Value.LongestSession) || await signOuts.CoverAsync(subject, (issued ?? signedIn)!.Value, ct); // one of them is there, or the first would be true
    }

    private void Judge(AuthorizationHandlerContext context, PersonRequirement requirement, IReadOnlyList<string> held)
    {
        if (held.Count == 0) return;

        if (requirement.Looking || held.Except(options.Value.StepUp).Any() || IsWithin(context.User.TimeOf(PersonClaims.SignedInAt), options.Value.StepUpWithin))
            context.Succeed(requirement);
        else
            context.Fail(new AuthorizationFailureReason(this, PersonAnswers.FreshSignInNeeded));
    }

    private bool IsWithin(DateTimeOffset? moment, TimeSpan span) => moment is { } at && clock.GetUtcNow() - at is var age && age <= span && age >= -Skew;
}
