using Approvals.Identity;
using Approvals.Storage;
using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Tests.Overview;

/// <summary>Reviews as they would have gone, put into the store at once.</summary>
internal sealed class History(ApprovalsHost host)
{
    private const int Long = 2 * 24 * 60;
    private readonly List<Review> reviews = [];
    private long number;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Review Open(DateTimeOffset at, string rule = "park-secrets", string groups = "reviewers", int people = 1, int minutes = Long, int undoSeconds = 0) =>
        Open(at, rule, undoSeconds, Given.Stage(groups, people, minutes));

    /// <summary>One whose right answer is known.</summary>
    public Review Open(DateTimeOffset at, KnownCase known)
    {
        var review = Review.Open(Given.Prompt(stages: [Given.Stage(minutes: Long)], at: at) with { Known = known }, ++number, at);
        reviews.Add(review);
        return review;
    }

    public Review Open(DateTimeOffset at, string rule, int undoSeconds, params ReviewStage[] stages)
    {
        var review = Review.Open(Given.Prompt(stages: stages, undoSeconds: undoSeconds, at: at) with { Rule = rule }, ++number, at);
        reviews.Add(review);
        return review;
    }

    public async Task KeepAsync()
    {
        await using var store = await host.Services.GetRequiredService<IDbContextFactory<ApprovalsStore>>().CreateDbContextAsync(Ct);
        foreach (var review in reviews)
        {
            review.Stamp(review.Number);
            store.Add(review);
            store.AddRange(review.AllGroups.Select(group => new Audience(review.Id, group)));
        }
        await store.SaveChangesAsync(Ct);
        reviews.Clear();
    }
}

internal static class Deeds
{
    public static Review Yes(this Review review, string person, double after, string group = "reviewers") => review.Vote(person, approve: true, after, group);

    public static Review No(this Review review, string person, double after, string group = "reviewers") => review.Vote(person, approve: false, after, group);

    public static Review Undo(this Review review, string person, double after)
    {
        Assert.Equal(ReviewAnswer.Accepted, review.Undo(Given.Person(person), review.OpenedAt.AddMinutes(after)));
        return review;
    }

    public static Review BreakGlass(this Review review, double after)
    {
        Assert.Equal(ReviewAnswer.Accepted, review.BreakGlass(Given.Emergency(), "Nobody of the group answers.", Given.Digest, review.OpenedAt.AddMinutes(after)));
        return review;
    }

    public static Task<OverviewReport> OverviewAsync(this HttpClient client, string query = "") => client.GetAsync<OverviewReport>($"/api/overview?{query}");

    private static Review Vote(this Review review, string person, bool approve, double after, string group)
    {
        Assert.Equal(ReviewAnswer.Accepted, review.Cast(Given.Person(person, group), approve, "Because.", Given.Digest, review.OpenedAt.AddMinutes(after)));
        return review;
    }
}
