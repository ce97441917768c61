using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>What a person may do with keys and grants. The gateway decides; this is what the console offers.</summary>
internal static class AccessPeople
{
    internal static bool MayManageKeys(this PersonView person) => person.Permissions.Contains(Permissions.ManageKeys);

    internal static bool MayReadGrants(this PersonView person) => person.MayReadTrail() || person.Permissions.Intersect(Permissions.AnyReview).Any();

    /// <summary>Make, agree to and revoke them, where the review was asked of one of their groups.</summary>
    internal static bool MayGrant(this PersonView person) => person.Permissions.Contains(Permissions.Review);
}
