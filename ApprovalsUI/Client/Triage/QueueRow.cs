using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client.Triage;

/// <summary>A review and its place in the queue as of one moment: the place stays what it was until all are placed anew, so that passing time unsorts nothing.</summary>
/// <param name="Until">From then on the place may be another: a band ends, or somebody's claim.</param>
/// <param name="Arrived">When this console first heard of it.</param>
public sealed record QueueRow(ReviewSummary Review, Standing Standing, TimeBand Band, DateTimeOffset Until, DateTimeOffset Arrived)
{
    public string Id => Review.Id;

    /// <param name="person">Null until it is known who looks; then nothing is known to be another's.</param>
    /// <param name="voted">They have said yes in the stage in force.</param>
    internal static QueueRow Place(ReviewSummary review, PersonView? person, bool voted, DateTimeOffset now, DateTimeOffset arrived)
    {
        var band = TimeBands.Of(review.DeadlineAt, now);
        var until = TimeBands.Ends(review.DeadlineAt, band);
        var taken = review.Claim is { } claim && claim.Until > now && claim.Person.Subject != person?.Subject ? claim : null;
        var standing = (review, person) switch
        {
            ({ Status: not ApprovalStatus.Pending }, _) => Standing.Approved,
            (_, null) => Standing.Yours,
            _ when review.Caller.MayBe(person.Subject) => Standing.Own,
            _ when !review.Groups.Any(group => person.Groups.Contains(group)) => Standing.OtherGroups,
            _ when voted => Standing.Voted,
            _ when taken is not null => Standing.Taken,
            _ => Standing.Yours,
        };
        return new(review, standing, band, taken is not null && taken.Until < until ? taken.Until : until, arrived);
    }
}
