using ApprovalsUI.Client;

namespace ApprovalsUI.Components.Keys;

/// <summary>A key's states for people.</summary>
internal static class KeyWords
{
    internal static string Of(KeyState state) => state switch
    {
        KeyState.Active => "Active",
        KeyState.ExpiringSoon => "Expiring soon",
        KeyState.Expired => "Expired",
        KeyState.Revoked => "Revoked",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>How the chip is coloured.</summary>
    internal static string Tone(KeyState state) => state switch
    {
        KeyState.Active => "completed",
        KeyState.ExpiringSoon => "pending",
        KeyState.Expired => "expired",
        KeyState.Revoked => "rejected",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
