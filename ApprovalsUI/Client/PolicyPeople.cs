using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>What a person may do with the policy. The gateway decides; this is what the console offers.</summary>
internal static class PolicyPeople
{
    internal static bool MayReadPolicy(this PersonView person) => person.MayEditPolicy() || person.MayApprovePolicy() || person.MayReadTrail();

    internal static bool MayEditPolicy(this PersonView person) => person.Permissions.Contains(Permissions.EditPolicy);

    internal static bool MayApprovePolicy(this PersonView person) => person.Permissions.Contains(Permissions.ApprovePolicy);

    internal static bool MayReadTrail(this PersonView person) => person.Permissions.Contains(Permissions.ReadTrail);
}
