using Contracts;
using Gateway.Risk.Secrets.Vendors;
using Gateway.Risk.Secrets.Written;

namespace Gateway.Risk.Secrets;

/// <summary>Finds credentials by a table of rules, each tried only where one of its trigger words stands.</summary>
internal sealed class SecretDetector : IRiskDetector
{
    /// <summary>Shapes that vendors have published, one rule each.</summary>
    public static IReadOnlyList<SecretRule> Vendors { get; } =
        [.. CloudRules.All, .. HostingRules.All, .. CodeHostingRules.All, .. BuildRules.All, .. MessagingRules.All, .. ChannelRules.All, .. ServiceRules.All,
         .. PaymentRules.All, .. ModelRules.All, .. DataRules.All, .. AccountRules.All];

    private static readonly SecretRule[] Rules = [.. Vendors, .. WrittenRules.All, .. ToldRules.All, .. CommandRules.All, .. FileRules.All, .. HashRules.All];

    /// <summary>Also what others look through who have decoded something.</summary>
    public static RuleTable Table { get; } = new(Rules);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = Table.Profiles;

    public void Detect(InspectedText text, List<Finding> found) => Table.Detect(text, found.Add);
}
