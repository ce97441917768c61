namespace ApprovalsUI;

/// <summary>Where the console finds the services it shows. Read at first use: a host may fill them in after it has started.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>Base address of the approvals API and hub; required before the first page is shown.</summary>
    public Uri? ApprovalsUrl { get; set; }

    /// <summary>Base address of the gateway's prompts and trail; required before the first page is shown.</summary>
    public Uri? GatewayUrl { get; set; }

    internal Uri Approvals => Required(ApprovalsUrl, nameof(ApprovalsUrl));

    internal Uri Gateway => Required(GatewayUrl, nameof(GatewayUrl));

    private static Uri Required(Uri? url, string name) => url is { IsAbsoluteUri: true }
        ? new Uri(url.AbsoluteUri.TrimEnd('/') + "/")
        : throw new InvalidOperationException($"{Section}:{name} is not set to an absolute address; the console has nothing to show without it.");
}
