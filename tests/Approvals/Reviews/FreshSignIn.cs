using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;

namespace Approvals.Tests.Reviews;

/// <summary>Permissions that count only within minutes of a sign-in, and sessions that have an end (RFC 9470).</summary>
public sealed class FreshSignIn : IAsyncLifetime
{
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync() =>
        host = await ApprovalsHost.StartAsync(file, new("People:StepUp:0", Permissions.BreakGlass), new("People:StepUp:1", Permissions.ReviewAttacks), new("People:LongestSession", "08:00:00"));

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    private HttpClient Eve(int minutesAgo) => host.As("eve", "on-call", Permissions.BreakGlass, minutesAgo * 60);

    [Fact]
    public async Task A_sign_in_that_is_not_fresh_is_401_with_what_would_be()
    {
        var prompt = await host.ParkAsync();

        var response = await Eve(minutesAgo: 6).BreakGlassAsync(prompt.TicketId);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("""Bearer error="insufficient_user_authentication", error_description="This needs a sign-in of the last 5 minute(s).", max_age="300" """.TrimEnd(), response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal("urn:approvals:fresh-sign-in-needed", (string?)problem!["type"]);
        Assert.Equal(ApprovalStatus.Pending, (await host.ReviewAsync(prompt.TicketId)).Status);
    }

    [Fact]
    public async Task A_fresh_one_goes_through()
    {
        var prompt = await host.ParkAsync();

        Assert.Equal(HttpStatusCode.OK, (await Eve(minutesAgo: 5).BreakGlassAsync(prompt.TicketId)).StatusCode);
    }

    [Fact]
    public async Task Without_the_permission_nobody_is_sent_to_sign_in_for_it()
    {
        var prompt = await host.ParkAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await host.As("ann", secondsAgo: 3600).BreakGlassAsync(prompt.TicketId)).StatusCode);
    }

    [Fact]
    public async Task Looking_claiming_and_stopping_ask_for_no_fresh_sign_in()
    {
        var prompt = await host.ParkAsync(Given.Prompt(undoSeconds: 60, findings: [Given.Finding(RiskCategory.Attack)]));
        var ann = host.As("ann", permissions: Permissions.ReviewAttacks, secondsAgo: 3600);

        Assert.Single((await ann.GetAsync<ReviewPage>("/api/reviews?state=open")).Items);
        Assert.Equal(HttpStatusCode.OK, (await ann.AskAsync(prompt.TicketId, "claim")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.VoteAsync(prompt.TicketId, Given.Yes())).StatusCode);
        await Eve(minutesAgo: 1).BreakGlassAsync(prompt.TicketId);
        Assert.Equal(HttpStatusCode.OK, (await ann.AskAsync(prompt.TicketId, "undo")).StatusCode);
    }

    [Fact]
    public async Task Another_permission_for_the_same_door_opens_it()
    {
        var prompt = await host.ParkAsync();
        var ann = host.As("ann", permissions: $"{Permissions.Review},{Permissions.ReviewAttacks}", secondsAgo: 3600);

        Assert.Equal(HttpStatusCode.OK, (await ann.VoteAsync(prompt.TicketId, Given.Yes())).StatusCode);
    }

    [Fact]
    public async Task A_session_has_an_end_whatever_its_token_says()
    {
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(secondsAgo: 8 * 3600)).StatusCode);

        var over = await GetAsync(secondsAgo: 8 * 3600 + 1);

        Assert.Equal(HttpStatusCode.Unauthorized, over.StatusCode);
        Assert.Contains("invalid_token", over.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal("urn:approvals:session-over", (string?)(await over.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["type"]);
    }

    [Fact]
    public async Task A_sign_in_that_lies_in_the_future_is_none() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(secondsAgo: -60)).StatusCode);

    [Fact]
    public async Task A_sign_in_that_says_nothing_of_its_time_is_an_old_one()
    {
        using var answer = await host.As("ann", secondsAgo: HeaderPeople.NoTime).GetAsync(new Uri("/api/reviews", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private Task<HttpResponseMessage> GetAsync(int secondsAgo) =>
        host.As("ann", secondsAgo: secondsAgo).GetAsync(new Uri("/api/reviews", UriKind.Relative), TestContext.Current.CancellationToken);
}
