namespace ApprovalsUI.Client;

/// <summary>How the console hears about changes. Decisions are taken only while <see cref="Live"/>.</summary>
public enum FeedState
{
    Connecting,
    Live,
    Reconnecting,

    /// <summary>Several attempts have failed; it keeps trying.</summary>
    Offline,
}
