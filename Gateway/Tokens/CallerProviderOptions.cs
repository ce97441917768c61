using Gateway.Identity;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Tokens;

/// <summary>An OpenID Connect provider whose access tokens callers may send: <c>CallerProviders:{n}</c>.</summary>
internal sealed class CallerProviderOptions
{
    public const string Section = "CallerProviders";

    /// <summary>Goes before every subject, so that two providers' subjects are never the same caller.</summary>
    public string Name { get; set; } = "";

    /// <summary>The issuer, letter for letter as its discovery document and its tokens name it.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What a token must be meant for to be taken here.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Where this service finds the discovery document when that is not below <see cref="Authority"/>, e.g. inside a container network.</summary>
    public string? MetadataAddress { get; set; }

    /// <summary>The provider is reached over plain http. For trying things out on one machine.</summary>
    public bool AllowHttp { get; set; }

    public string SubjectClaim { get; set; } = "sub";

    /// <summary>Without it, as in tokens of client credentials, <c>client_id</c> or <c>azp</c> is the name.</summary>
    public string NameClaim { get; set; } = "name";
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>How far the provider's clock may be off.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    public string Metadata => string.IsNullOrEmpty(MetadataAddress) ? $"{Authority.TrimEnd('/')}/.well-known/openid-configuration" : MetadataAddress;

    /// <summary>Whether people sign in here too; then a person is one subject, whether calling or reviewing.</summary>
    public bool IsOf(PeopleOptions people) => Authority.Length > 0 && Authority.TrimEnd('/') == people.Authority.TrimEnd('/');
}

internal sealed class CallerProviderList
{
    public List<CallerProviderOptions> CallerProviders { get; set; } = [];

    /// <summary>The one that reviewers sign in with; empty where they do not.</summary>
    public PeopleOptions People { get; set; } = new();
}

internal sealed class CallerProviderRules : IValidateOptions<CallerProviderList>
{
    private static readonly TimeSpan LongestSkew = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, CallerProviderList options)
    {
        var errors = new List<string>();
        for (var i = 0; i < options.CallerProviders.Count; i++) errors.AddRange(ErrorsOf(options.CallerProviders[i], $"{CallerProviderOptions.Section}:{i}", options.People));
        foreach (var twice in options.CallerProviders.GroupBy(p => p.Name).Where(g => g.Count() > 1))
            errors.Add($"{CallerProviderOptions.Section}: the name '{twice.Key}' is given {twice.Count()} times; two providers' subjects would be the same caller.");
        foreach (var twice in options.CallerProviders.GroupBy(p => p.Authority).Where(g => g.Count() > 1))
            errors.Add($"{CallerProviderOptions.Section}: the authority '{twice.Key}' is configured {twice.Count()} times; a token could not be told to be one's or the other's.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> ErrorsOf(CallerProviderOptions provider, string key, PeopleOptions people)
    {
        if (provider.Name.Length is 0 or > 50 || !provider.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            yield return $"{key}:Name ({provider.Name}) must have 1 to 50 letters, digits, dots, dashes or underscores: it goes before its callers' subjects.";
        if (provider.Name + "/" == Caller.AccountPrefix) yield return $"{key}:Name ({provider.Name}) is kept for service accounts with issued keys; two callers would be one.";
        foreach (var error in AddressErrors(provider.Authority, $"{key}:Authority")) yield return error;
        if (!string.IsNullOrEmpty(provider.MetadataAddress))
        {
            foreach (var error in AddressErrors(provider.MetadataAddress, $"{key}:MetadataAddress")) yield return error;
        }
        if (provider.Audience.Length == 0) yield return $"{key}:Audience is empty; any token of the provider would be taken, whoever it was meant for.";
        if (provider.SubjectClaim.Length == 0) yield return $"{key}:SubjectClaim is empty; nobody could be told from anybody.";
        if (provider.ClockSkew < TimeSpan.Zero || provider.ClockSkew > LongestSkew)
            yield return $"{key}:ClockSkew ({provider.ClockSkew}) must be between 0 and {LongestSkew}: expired tokens are good for so long.";
        if (provider.IsOf(people) && provider.SubjectClaim != people.SubjectClaim)
            yield return $"{key}:SubjectClaim ({provider.SubjectClaim}) must be {PeopleOptions.Section}:SubjectClaim ({people.SubjectClaim}), for it is the same provider: people could review their own prompts under another name.";

        IEnumerable<string> AddressErrors(string address, string setting)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
                yield return $"{setting} ({address}) must be the address of an OpenID Connect provider, or no token could be checked.";
            else if (url.Scheme == "http" && !provider.AllowHttp)
                yield return $"{setting} is plain http, so keys could be forged on the way; use https, or set {key}:AllowHttp to try things out.";
        }
    }
}
