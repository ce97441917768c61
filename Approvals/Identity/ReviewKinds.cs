using System.Collections.Frozen;
using System.Security.Claims;
using Contracts;

namespace Approvals.Identity;

/// <summary>Which kinds of risk a person may decide about: all, some, or none.</summary>
internal sealed record ReviewKinds
{
    private const double LeastConfidence = 0.5;
    private static readonly IReadOnlyList<(string Permission, RiskCategory Kind)> Single =
    [
        (Permissions.ReviewSecrets, RiskCategory.Secret),
        (Permissions.ReviewPersonal, RiskCategory.Personal),
        (Permissions.ReviewAttacks, RiskCategory.Attack),
        (Permissions.ReviewCode, RiskCategory.Code),
        (Permissions.ReviewConfidential, RiskCategory.Confidential),
    ];

    private readonly FrozenSet<RiskCategory> some;

    private ReviewKinds(bool all, params IEnumerable<RiskCategory> some) => (IsAll, this.some) = (all, some.ToFrozenSet());

    public static ReviewKinds All { get; } = new(all: true);

    public bool IsAll { get; }

    public bool IsNone => !IsAll && some.Count == 0;

    public static ReviewKinds Of(ClaimsPrincipal person) => person.HasClaim(PersonClaims.Permission, Permissions.Review)
        ? All
        : Only([.. Single.Where(one => person.HasClaim(PersonClaims.Permission, one.Permission)).Select(one => one.Kind)]);

    public static ReviewKinds Only(params RiskCategory[] kinds) => new(all: false, kinds);

    /// <summary>What nobody found anything in, or could not look through, is of no kind: only who decides about all decides about it.</summary>
    public bool Cover(IEnumerable<Finding> findings) => IsAll || (Held(findings) is { Count: > 0 } held && held.All(some.Contains));

    /// <summary>The kinds that these findings make a prompt one of. A fault counts however sure it is of itself; how a caller calls is no kind of text.</summary>
    public static IReadOnlyList<RiskCategory> Held(IEnumerable<Finding> findings) =>
        [.. findings.Where(finding => finding.Category != RiskCategory.Unusual && (finding.Category == RiskCategory.Fault || !(finding.Confidence < LeastConfidence))).Select(finding => finding.Category).Distinct().Order()];

    public override string ToString() => Words([.. some.Order()]);

    public static string Words(IReadOnlyList<RiskCategory> kinds) => kinds switch
    {
        [] => "nothing",
        [var only] => Word(only),
        _ => $"{string.Join(", ", kinds.SkipLast(1).Select(Word))} and {Word(kinds[^1])}",
    };

    private static string Word(RiskCategory kind) => kind switch
    {
        RiskCategory.Secret => "secrets",
        RiskCategory.Personal => "personal data",
        RiskCategory.Attack => "attacks",
        RiskCategory.Code => "code",
        RiskCategory.Confidential => "confidential text",
        _ => "what could not be looked through",
    };
}
