namespace ApprovalsUI.Pages.SigningIn;

/// <summary>Why the sign-in page is shown again.</summary>
internal enum SignInProblem
{
    /// <summary>The token was wrong, used, or missing; which of them is not said.</summary>
    Token,
    Busy,
    Unreachable,

    /// <summary>The services no longer accept the session the cookie holds.</summary>
    Ended,

    /// <summary>The session counts, but not for what the person wants to do.</summary>
    Fresh,

    /// <summary>Signing out everywhere was not recorded, so nothing ended.</summary>
    NotEverywhere,

    /// <summary>The provider, or the gateway's look at what it gave, did not end in a sign-in.</summary>
    Provider,
}
