using Microsoft.Extensions.Options;
using Shared;

namespace ApprovalsUI.Pages.SigningIn;

/// <summary>The OpenID Connect provider that people sign in to the console with, and this console as its client.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "People";

    /// <summary>The issuer, as its discovery document names it; browsers are sent there.</summary>
    public string Authority { get; set; } = "";

    /// <summary>Where the console itself finds the discovery document when that is not below <see cref="Authority"/>.</summary>
    public string? MetadataAddress { get; set; }

    /// <summary>The provider is reached over plain http. For trying things out on one machine.</summary>
    public bool AllowHttp { get; set; }
    public string ClientId { get; set; } = "";
    public string? ClientSecret { get; set; }

    /// <summary>Separated by spaces. Whatever makes the provider put name, groups and our audience into the access token.</summary>
    public string Scopes { get; set; } = "openid profile";

    /// <summary>As the services': no cookie outlives it, and a sign-in that the provider remembers for longer is asked for again.</summary>
    public TimeSpan LongestSession { get; set; } = SigningInOptions.DefaultSession;

    /// <summary>For providers that give a token for one API only to who names it (RFC 8707).</summary>
    public string? Resource { get; set; }
}

internal sealed class ProviderRules : IValidateOptions<ProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, ProviderOptions options)
    {
        var errors = new List<string>();
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            errors.Add($"{ProviderOptions.Section}:Authority must be the address of an OpenID Connect provider, or nobody could sign in.");
        else if (url.Scheme == "http" && !options.AllowHttp)
            errors.Add($"{ProviderOptions.Section}:Authority is plain http, so sign-ins could be read and forged on the way; use https, or set {ProviderOptions.Section}:AllowHttp to try things out.");
        if (options.ClientId.Length == 0) errors.Add($"{ProviderOptions.Section}:ClientId is empty; the provider would not know this console.");
        if (options.LongestSession < SigningInOptions.ShortestSession || options.LongestSession > SigningInOptions.LongestOfAll)
            errors.Add($"{ProviderOptions.Section}:LongestSession ({options.LongestSession}) must be {SigningInOptions.ShortestSession} to {SigningInOptions.LongestOfAll}, or a session would end at once or outlive its person's leave.");
        if (!options.Scopes.Split(' ').Contains("openid")) errors.Add($"{ProviderOptions.Section}:Scopes ({options.Scopes}) must hold openid, or there is no sign-in.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
