using System.Text.Json;
using Gateway.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tokens;

/// <summary>Reads who somebody is out of a token that was found good.</summary>
internal sealed class TokenCaller(CallerProviderOptions provider, bool bare, RightsByGroup rights)
{
    /// <summary>What fits into the trail, beside the provider's name.</summary>
    private const int LongestSubject = 200;
    private const int LongestName = 200;
    private const int LongestGroup = 200;
    private const int MostGroups = 200;

    /// <param name="fault">Why that is nobody.</param>
    public Caller? TryRead(JsonWebToken token, out string? fault)
    {
        var subject = Text(token, provider.SubjectClaim);
        var groups = GroupsOf(token);
        fault = subject is null ? "The token does not say who that is (subject)."
            : subject.Length > LongestSubject || subject.Any(char.IsControl) ? "The token's subject is longer than 200 characters, or has control characters in it."
            : HasOverage(token) ? "The token has too many groups to list them (groups overage). At the provider, emit only the groups that are assigned to the application, or a claim of roles."
            : groups.Count > MostGroups || groups.Any(group => group.Length > LongestGroup) ? "The token has more than 200 groups, or one that is longer than 200 characters. At the provider, emit only the groups that are assigned to the application."
            : null;
        return fault is null ? Make(SubjectOf(subject!), NameOf(token) ?? subject!, groups, owner: null) : null; // no fault: it is there
    }

    public Caller Make(string subject, string name, IReadOnlyList<string> groups, string? owner) => new()
    {
        Subject = subject, Name = name, Groups = groups, Models = [], Rights = rights.Of(groups), BoundByRights = rights.AreDrawn,
        Owner = owner, Credential = $"{TokenCallers.SourceName}:{provider.Name}",
    };

    private string SubjectOf(string subject) => bare ? subject : $"{provider.Name}/{subject}";

    private string? NameOf(JsonWebToken token) =>
        (Text(token, provider.NameClaim) ?? Text(token, "client_id") ?? Text(token, "azp")) is { } name ? Cut(name) : null;

    /// <summary>Not through the middle of a character: no database keeps half of one.</summary>
    private static string Cut(string name) => name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)];

    private List<string> GroupsOf(JsonWebToken token) =>
        provider.GroupsClaim.Length == 0 ? [] : [.. token.Claims.Where(claim => claim.Type == provider.GroupsClaim && claim.Value.Length > 0).Select(claim => claim.Value).Distinct(StringComparer.Ordinal)];

    /// <summary>A provider that leaves the groups out, and says where else they are, must not be taken for one that gives none.</summary>
    private bool HasOverage(JsonWebToken token)
    {
        using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload)); // the library parsed it too, but gives no objects out
        return (claims.RootElement.TryGetProperty("_claim_names", out var elsewhere) && elsewhere.ValueKind == JsonValueKind.Object && elsewhere.TryGetProperty(provider.GroupsClaim, out _))
            || (claims.RootElement.TryGetProperty("hasgroups", out var some) && some.ToString() is "True" or "true");
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var text) && text.Length > 0 ? text : null;
}
