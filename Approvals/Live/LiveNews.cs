using Approvals.Workflow;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.AspNetCore.SignalR;
using Shared;

namespace Approvals.Live;

/// <summary>Every instance is told, and an engine that keeps its own timers.</summary>
internal sealed class NewsByBus(TimeProvider clock) : IReviewNews
{
    public void Tell(Turn turn, Review review, DateTimeOffset now) => turn.Store.Publish(new ReviewChanged(review.Summary(now)), clock);
}

/// <summary>Where there is one process and no such engine, the consoles connected to it are all there is to tell.</summary>
internal sealed partial class NewsHere(IHubContext<ReviewHub, IReviewFeed> hub, Watchers watchers, ILogger<NewsHere> logger) : IReviewNews
{
    /// <summary>So many hints may be under way to consoles that are slow to take them; one more is none.</summary>
    private const int Most = 4096;

    private int underWay;

    public void Tell(Turn turn, Review review, DateTimeOffset now)
    {
        if (watchers.IsEmpty) return;
        var (summary, groups) = (review.Summary(now), AudienceOf(turn, review));
        turn.WhenStored(() => _ = ShowAsync(summary, groups));
    }

    /// <summary>Of one that was passed on, the rows know best who was asked.</summary>
    private static List<string> AudienceOf(Turn turn, Review review)
    {
        var asked = review.Stages.SelectMany(stage => stage.Groups);
        return review.Notes.Any(note => note.Kind == ReviewNoteKind.Passed)
            ? [.. turn.Store.Audience.Where(a => a.ReviewId == review.Id).Select(a => a.Group).AsEnumerable().Union(asked)] : [.. asked.Distinct()];
    }

    private async Task ShowAsync(ReviewSummary review, IReadOnlyCollection<string> groups)
    {
        try
        {
            if (Interlocked.Increment(ref underWay) <= Most) await hub.Clients.Clients(watchers.Entitled(groups)).ReviewChanged(review);
        }
        // A console that did not hear of it reads it when it looks again.
        catch (Exception fault)
        {
            LogNotShown(fault, review.Id);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Consoles could not be told that ticket {TicketId} has changed.")]
    private partial void LogNotShown(Exception fault, string ticketId);
}
