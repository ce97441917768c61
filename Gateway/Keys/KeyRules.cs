using Contracts.Api;
using Gateway.Identity;

namespace Gateway.Keys;

/// <summary>What is wrong with a key that somebody wants to issue: all of it at once, by member.</summary>
internal sealed class KeyRules(ConfiguredCallers configured, TimeProvider clock)
{
    public const int ShortestReason = 3, LongestReason = 500;
    private const int LongestAccount = 100, LongestText = 200, MostInList = 50;
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    public static string SubjectOf(string account) => Caller.AccountPrefix + account;

    public Dictionary<string, string[]> FaultsOf(IssueKey key)
    {
        var faults = new Dictionary<string, string[]>();
        void Check(string member, bool wrong, string fault)
        {
            if (wrong) faults[member] = [fault];
        }

        Check("operationId", key.OperationId == Guid.Empty, "An operation needs an id of its own.");
        Check("account", key.Account is not { Length: > 0 and <= LongestAccount } || !key.Account.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'),
            $"An account has 1 to {LongestAccount} letters, digits, dots, dashes or underscores.");
        Check("account", !faults.ContainsKey("account") && configured.BySubject(key.Account) is not null,
            "A caller of the configuration has this name; people could not tell the two apart.");
        Check("name", !IsText(key.Name), $"A name has 1 to {LongestText} characters, none of them a control character.");
        Check("owner", key.Owner is not null && !IsText(key.Owner), $"An owner is a person's subject of 1 to {LongestText} characters.");
        Check("groups", !IsList(key.Groups, _ => true), $"At most {MostInList} groups of 1 to {LongestText} characters.");
        Check("models", !IsList(key.Models, _ => true), $"At most {MostInList} model patterns of 1 to {LongestText} characters.");
        Check("routes", !IsList(key.Routes, route => route[0] is '/' or '*'), $"At most {MostInList} route patterns of 1 to {LongestText} characters, each beginning with / or *.");
        Check("expiresAt", key.ExpiresAt <= clock.GetUtcNow() || key.ExpiresAt > clock.GetUtcNow() + LongestLife, $"A key expires after now, and within {LongestLife.Days} days.");
        Check("reason", !IsReason(key.Reason), ReasonNeeded);
        return faults;
    }

    public static string ReasonNeeded => $"A reason of {ShortestReason} to {LongestReason} characters.";

    public static bool IsReason(string? reason) => reason?.Trim().Length is >= ShortestReason and <= LongestReason;

    private static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= LongestText && !text.Any(char.IsControl);

    private static bool IsList(IReadOnlyList<string>? list, Func<string, bool> fits) => list is null || (list.Count <= MostInList && list.All(item => IsText(item) && fits(item)));
}
