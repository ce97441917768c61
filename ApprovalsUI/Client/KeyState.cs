using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>What a key is good for now.</summary>
public enum KeyState
{
    Active,

    /// <summary>Still good, and about to end: time to issue the next.</summary>
    ExpiringSoon,
    Expired,
    Revoked,
}

internal static class KeyStates
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    internal static KeyState StateAt(this ApiKeyView key, DateTimeOffset now) => key switch
    {
        { RevokedAt: not null } => KeyState.Revoked,
        _ when key.ExpiresAt <= now => KeyState.Expired,
        _ when key.ExpiresAt - now <= Soon => KeyState.ExpiringSoon,
        _ => KeyState.Active,
    };

    internal static bool IsGoodAt(this ApiKeyView key, DateTimeOffset now) => key.StateAt(now) is KeyState.Active or KeyState.ExpiringSoon;

    /// <summary>Whether somebody who looks for these words means this key: its account, name, groups, patterns, people and last four characters.</summary>
    internal static bool Has(this ApiKeyView key, string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            new[] { key.Subject, key.Name, key.Hint, key.Owner, key.IssuedBy.Name }.Concat(key.Groups).Concat(key.Models).Concat(key.Routes)
                .Any(part => part.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
