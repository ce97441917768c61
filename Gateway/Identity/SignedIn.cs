using System.Security.Claims;
using Contracts;
using Contracts.Messages;

namespace Gateway.Identity;

internal static class SignedIn
{
    /// <summary>Whose token a request of the console carries.</summary>
    public static PersonRef PersonOf(ClaimsPrincipal user)
    {
        var subject = user.FindFirstValue(PersonClaims.Subject) ?? throw new InvalidOperationException("A person without a subject got past the door.");
        return new PersonRef(subject, user.FindFirstValue(PersonClaims.Name) ?? subject);
    }
}
