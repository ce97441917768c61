using System.Net;
using System.Net.Http.Json;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace Approvals.Tests.Reviews;

public sealed class Desk : IAsyncLifetime
{
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync() => host = await ApprovalsHost.StartAsync(file);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    private static Task<HttpResponseMessage> PostAsync<T>(HttpClient client, string id, string verb, T body) =>
        client.PostAsJsonAsync($"/api/reviews/{id}/{verb}", body, JsonWire.Options);

    [Fact]
    public async Task Passed_on_it_appears_for_the_other_group_and_is_on_the_record()
    {
        var prompt = await host.ParkAsync(Given.Prompt(stages: [Given.Stage() with { PassTo = ["legal"] }]));
        Assert.Empty((await host.As("lena", "legal").GetAsync<ReviewPage>("/api/reviews?state=open")).Items);

        var pass = new PassReview(Guid.NewGuid(), "legal", "A contract is quoted.");
        for (var i = 0; i < 2; i++) await (await PostAsync(host.As("ann"), prompt.TicketId, "pass", pass)).BodyAsync<ReviewDetail>();

        Assert.Equal(prompt.TicketId, Assert.Single((await host.As("lena", "legal").GetAsync<ReviewPage>("/api/reviews?state=open")).Items).Id);
        var acted = Assert.Single(await host.Heard.WaitAsync<PersonActed>(deed => deed.Action == "review.passed"));
        Assert.Equal(("ann", "A contract is quoted."), (acted.Person.Subject, acted.Reason));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes())).StatusCode);
        await (await host.As("lena", "legal").VoteAsync(prompt.TicketId, Given.Yes())).BodyAsync<ReviewDetail>();
    }

    [Fact]
    public async Task A_question_goes_to_the_caller_once_however_often_it_is_sent()
    {
        var prompt = await host.ParkAsync();
        var ask = new AskCaller(Guid.NewGuid(), "What is it for?");

        for (var i = 0; i < 3; i++) await (await PostAsync(host.As("ann"), prompt.TicketId, "questions", ask)).BodyAsync<ReviewDetail>();

        Assert.Equal(new CallerAsked(prompt.TicketId, ask.OperationId, "What is it for?", Given.Start), Assert.Single(await host.Heard.WaitAsync<CallerAsked>(asked => asked.TicketId == prompt.TicketId)));
        Assert.Single((await host.ReviewAsync(prompt.TicketId)).Notes);
    }

    [Fact]
    public async Task A_yes_too_soon_is_409_and_counts_for_nothing()
    {
        var prompt = await host.ParkAsync(Given.Prompt(stages: [Given.Stage() with { Look = TimeSpan.FromSeconds(20) }]) with { Length = 100_000 });

        await (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes())).ConflictAsync("not-looked");

        Assert.Empty((await host.ReviewAsync(prompt.TicketId)).Votes);
    }

    [Fact]
    public async Task Only_a_rejection_has_a_cause()
    {
        var prompt = await host.ParkAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes() with { Cause = RejectCause.Attack })).StatusCode);
        var detail = await (await host.As("ann").VoteAsync(prompt.TicketId, Given.No() with { Cause = RejectCause.Attack })).BodyAsync<ReviewDetail>();

        Assert.Equal(RejectCause.Attack, Assert.Single(detail.Votes).Cause);
        Assert.Equal(RejectCause.Attack, Assert.Single(await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId)).Cause);
    }

    [Fact]
    public async Task An_edit_that_arrives_by_message_makes_a_yes_to_the_old_text_a_409()
    {
        var prompt = await host.ParkAsync();
        await host.PublishAsync(prompt with { Edited = new EditedPrompt(1, "other", "echo", [], "[removed]", new PersonRef("bob", "Bob"), Given.Start) });
        await Eventually.Async(async () => (await host.ReviewAsync(prompt.TicketId)).Edition == 1);

        await (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes())).ConflictAsync("other-text");
        await (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes(digest: "other"))).BodyAsync<ReviewDetail>();

        Assert.Equal("other", Assert.Single(await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId)).Digest);
    }

    [Fact]
    public async Task A_review_comes_with_how_prompts_like_it_ended_and_what_else_its_caller_asked()
    {
        var alike = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var earlier = await host.ParkAsync(Given.Prompt() with { Pattern = "p" });
            await host.As("ann").VoteAsync(earlier.TicketId, i == 0 ? Given.Yes() : Given.No());
            alike.Add(earlier.TicketId);
        }
        var open = await host.ParkAsync(Given.Prompt());
        var foreign = await host.ParkAsync(Given.Prompt(caller: "dave"));
        var hidden = await host.ParkAsync(Given.Prompt(stages: [Given.Stage("security")]));
        var prompt = await host.ParkAsync(Given.Prompt() with { Pattern = "p" });

        var context = await host.As("ann").GetAsync<ReviewContext>($"/api/reviews/{prompt.TicketId}/context");

        Assert.Equal([open.TicketId, alike[1], alike[0]], context.OfCaller.Select(review => review.Id));
        Assert.Equal([(alike[1], ApprovalStatus.Rejected), (alike[0], ApprovalStatus.Releasing)], context.Alike.Select(review => (review.Id, review.Status)));
        Assert.True(context.SamePattern);
        Assert.Empty((await host.As("ann").GetAsync<ReviewContext>($"/api/reviews/{foreign.TicketId}/context")).Alike);
        Assert.Equal(HttpStatusCode.NotFound, (await host.As("ann").GetAsync(new Uri($"/api/reviews/{hidden.TicketId}/context", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }
}
