using Contracts;
using Microsoft.Extensions.Options;

namespace Shared;

/// <summary>The OpenID Connect provider that people sign in with, and what its groups may do.</summary>
internal sealed class PeopleOptions
{
    public const string Section = "People";

    /// <summary>The issuer, as its discovery document names it.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What an access token must be meant for to be taken here.</summary>
    public string Audience { get; set; } = "approvals";

    /// <summary>The provider is reached over plain http. For trying things out on one machine.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Where this service finds the provider's discovery document when that is not below <see cref="Authority"/>, e.g. inside a container network.</summary>
    public string? MetadataAddress { get; set; }

    public string SubjectClaim { get; set; } = "sub";
    public string NameClaim { get; set; } = "name";
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Permission → groups whose people have it: <c>People:Permissions:review:0 = reviewers</c>.</summary>
    public Dictionary<string, List<string>> Permissions { get; set; } = [];
}

internal sealed class PeopleRules : IValidateOptions<PeopleOptions>
{
    public ValidateOptionsResult Validate(string? name, PeopleOptions options)
    {
        var errors = new List<string>();
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            errors.Add($"{PeopleOptions.Section}:Authority must be the address of an OpenID Connect provider, or nobody could sign in.");
        else if (url.Scheme == "http" && !options.AllowHttp)
            errors.Add($"{PeopleOptions.Section}:Authority is plain http, so tokens could be read and forged on the way; use https, or set {PeopleOptions.Section}:AllowHttp to try things out.");
        if (options.Audience.Length == 0) errors.Add($"{PeopleOptions.Section}:Audience is empty; any token of the provider would be taken, whoever it was meant for.");
        foreach (var unknown in options.Permissions.Keys.Except(Contracts.Permissions.All))
            errors.Add($"{PeopleOptions.Section}:Permissions:{unknown} is no permission; there are {string.Join(", ", Contracts.Permissions.All)}.");
        if (!options.Permissions.Keys.Intersect(Contracts.Permissions.AnyReview).Any())
            errors.Add($"{PeopleOptions.Section}:Permissions:{Contracts.Permissions.Review} names no group; nobody could ever decide, and every parked prompt would expire.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
