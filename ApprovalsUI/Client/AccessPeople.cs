using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>What a person may do with keys, grants and kept data. The gateway decides; this is what the console offers.</summary>
internal static class AccessPeople
{
    internal static bool MayManageKeys(this PersonView person) => person.Permissions.Contains(Permissions.ManageKeys);

    internal static bool MayReadGrants(this PersonView person) => person.MayReadTrail() || person.Permissions.Intersect(Permissions.AnyReview).Any();

    /// <summary>Make, agree to and revoke them, where the review was asked of one of their groups.</summary>
    internal static bool MayGrant(this PersonView person) => person.Permissions.Contains(Permissions.Review);

    internal static bool MayResend(this PersonView person) => person.Permissions.Contains(Permissions.Resend);

    /// <summary>Erase texts for good, and keep them from being erased.</summary>
    internal static bool MayManageData(this PersonView person) => person.Permissions.Contains(Permissions.ManageData);

    /// <summary>See a masked value in the clear.</summary>
    internal static bool MayReveal(this PersonView person) => person.Permissions.Contains(Permissions.Reveal);
}
