namespace Gateway.Identity;

/// <summary>What became of a credential. Reasons are for the caller's eyes: plain ASCII, and never anything of the credential.</summary>
internal abstract record CallerAnswer
{
    private CallerAnswer()
    {
    }

    public sealed record Known(Caller Caller) : CallerAnswer;

    /// <summary>It is none of this kind; another source may know it.</summary>
    public sealed record NotMine : CallerAnswer;

    /// <param name="Code">Stable, e.g. <c>invalid_token</c>; README's status table lists every code.</param>
    public sealed record Refused(string Code, string Reason) : CallerAnswer;

    /// <summary>Nobody can say now who that is, so it is not let through, and not told that it is wrong either.</summary>
    public sealed record Unavailable(string Code, string Reason) : CallerAnswer;
}
