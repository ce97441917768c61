using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>A review that somebody holds for as long as it is on their screen; see <see cref="ClaimLease"/>.</summary>
public interface ILeased
{
    string Id { get; }

    PersonView Person { get; }

    ReviewDetail? Detail { get; }

    /// <summary>The person writes a reason or another text.</summary>
    bool IsWriting { get; }

    /// <summary>Done the next time <see cref="IsWriting"/> changes.</summary>
    Task WritingChanged { get; }

    Task LoadDetailAsync();

    void Take(ReviewDetail detail);
}

internal static class LookRule
{
    /// <summary>From the start of one's own claim on; null where no look is asked for, and never while it is nobody's or another's.</summary>
    internal static DateTimeOffset? MayReleaseFrom(this ReviewDetail detail, PersonView person) => detail.Look == TimeSpan.Zero ? null
        : detail.Summary.Claim is { Since: { } since } claim && claim.Person.Subject == person.Subject ? since + detail.Look : DateTimeOffset.MaxValue;
}
