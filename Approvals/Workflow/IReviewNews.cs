namespace Approvals.Workflow;

/// <summary>The port to whoever shows reviews. A hint: what gets lost, a console reads again.</summary>
internal interface IReviewNews
{
    /// <summary>Is told when <paramref name="turn"/> is stored, and not before.</summary>
    void Tell(Turn turn, Review review, DateTimeOffset now);
}
