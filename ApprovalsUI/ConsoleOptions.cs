using Microsoft.Extensions.Options;

namespace ApprovalsUI;

/// <summary>Where the console finds the services it shows. Read at first use: a host may fill them in after it has started.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>Base address of the approvals API and hub; required before the first page is shown.</summary>
    public Uri? ApprovalsUrl { get; set; }

    /// <summary>Base address of the gateway's prompts and trail; required before the first page is shown.</summary>
    public Uri? GatewayUrl { get; set; }

    /// <summary>Where the console's own files are served: below the host's when another process hosts it, at the root when it is its own.</summary>
    internal string Files { get; set; } = "_content/ApprovalsUI/";

    internal Uri Approvals => Required(ApprovalsUrl, nameof(ApprovalsUrl));

    internal Uri Gateway => Required(GatewayUrl, nameof(GatewayUrl));

    private static Uri Required(Uri? url, string name) => url is { IsAbsoluteUri: true }
        ? new Uri(url.AbsoluteUri.TrimEnd('/') + "/")
        : throw new InvalidOperationException($"{Section}:{name} is not set to an absolute address; the console has nothing to show without it.");
}

/// <summary>For a console alone: nobody fills the addresses in later.</summary>
internal sealed class ConsoleRules : IValidateOptions<ConsoleOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsoleOptions options)
    {
        var errors = new[] { (nameof(options.ApprovalsUrl), options.ApprovalsUrl), (nameof(options.GatewayUrl), options.GatewayUrl) }
            .Where(url => url.Item2 is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            .Select(url => $"{ConsoleOptions.Section}:{url.Item1} must be an http or https address; the console has nothing to show without it.").ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
