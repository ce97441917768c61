namespace Contracts;

/// <summary>What each permission means, in one sentence that follows "may".</summary>
public static class PermissionWords
{
    public static string Of(string permission) => permission switch
    {
        Permissions.Review => "decide about parked prompts of every kind of risk, where their groups are asked",
        Permissions.ReviewSecrets => "decide about parked prompts in which secrets were found",
        Permissions.ReviewPersonal => "decide about parked prompts in which personal data was found",
        Permissions.ReviewAttacks => "decide about parked prompts that look like an attack",
        Permissions.ReviewCode => "decide about parked prompts in which code was found",
        Permissions.ReviewConfidential => "decide about parked prompts in which confidential text was found",
        Permissions.Reveal => "see a masked value in the clear, one at a time, for a recorded reason",
        Permissions.BreakGlass => "release a prompt alone, whoever else was asked, for a recorded reason",
        Permissions.ReadTrail => "read the trail, every review and the alerts",
        Permissions.EditPolicy => "write policy drafts, and tighten in an emergency",
        Permissions.ApprovePolicy => "approve policy drafts that somebody else wrote",
        Permissions.ManageKeys => "issue and revoke callers' API keys",
        Permissions.ManageData => "erase texts for good, and place legal holds that keep them",
        Permissions.Resend => "send a recorded prompt to its model again, as a prompt of their own",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
