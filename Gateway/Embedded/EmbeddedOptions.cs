using System.ComponentModel.DataAnnotations;
using Contracts;

namespace Gateway.Embedded;

/// <summary>Everything in one process, for trying out and for one machine.</summary>
internal sealed class EmbeddedOptions
{
    public const string Section = "Embedded";

    /// <summary>Where the stores and keys live; relative to the content root.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>The demo caller's key. Unset: made once and kept in the data folder.</summary>
    [MinLength(16)]
    public string? CallerKey { get; set; }

    /// <summary>The console's sign-in token. Unset: a new one-time token at each start. Set: works until the process ends, for scripts.</summary>
    [MinLength(16)]
    public string? SignInToken { get; set; }

    /// <summary>Who can sign in; unset: three people to try things out with.</summary>
    public List<LocalPerson> People { get; set; } = [];
}

internal sealed class LocalPerson
{
    public string Subject { get; set; } = "";
    public string Name { get; set; } = "";
    public List<string> Groups { get; set; } = [];
    public List<string> Permissions { get; set; } = [];

    public static List<LocalPerson> Defaults() =>
    [
        new()
        {
            Subject = "ada", Name = "Ada Brandt", Groups = ["reviewers", "admins"],
            Permissions = [Contracts.Permissions.Review, Contracts.Permissions.Reveal, Contracts.Permissions.BreakGlass, Contracts.Permissions.ReadTrail, Contracts.Permissions.EditPolicy, Contracts.Permissions.ApprovePolicy, Contracts.Permissions.ManageKeys, Contracts.Permissions.ManageData, Contracts.Permissions.Resend],
        },
        new() { Subject = "riley", Name = "Riley Chen", Groups = ["reviewers"], Permissions = [Contracts.Permissions.Review, Contracts.Permissions.Reveal, Contracts.Permissions.ApprovePolicy] },
        new() { Subject = "sam", Name = "Sam Okafor", Groups = ["reviewers"], Permissions = [Contracts.Permissions.Review] },
    ];
}
