using System.Security.Claims;
using Contracts;
using Contracts.Messages;

namespace Approvals.Identity;

/// <summary>A signed-in person as the rules of a review see them.</summary>
/// <param name="Kinds">What of the prompts that wait for their groups they may decide about.</param>
/// <param name="ReadsAll">May read every review, whoever it waits for; says nothing about voting.</param>
/// <param name="BreaksGlass">May release alone, whoever was asked. Who may must be able to read what they would release.</param>
internal sealed record Reviewer(string Subject, string Name, IReadOnlySet<string> Groups, ReviewKinds Kinds, bool ReadsAll, bool BreaksGlass)
{
    public PersonRef Ref => new(Subject, Name);

    public bool IsIn(IEnumerable<string> groups) => groups.Any(Groups.Contains);

    /// <summary>The policies let nobody in without a subject.</summary>
    public static Reviewer Of(ClaimsPrincipal person)
    {
        var subject = person.FindFirstValue(PersonClaims.Subject)
            ?? throw new InvalidOperationException("A person without a subject got past the door.");
        return new Reviewer(
            subject,
            person.FindFirstValue(PersonClaims.Name) ?? subject,
            person.FindAll(PersonClaims.Group).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal),
            ReviewKinds.Of(person),
            person.HasClaim(claim => claim is { Type: PersonClaims.Permission, Value: Permissions.ReadTrail or Permissions.BreakGlass }),
            person.HasClaim(PersonClaims.Permission, Permissions.BreakGlass));
    }
}
