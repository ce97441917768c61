using System.Net;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace Approvals.Tests.Alerts;

/// <summary>A message that cannot be handled is not lost in silence.</summary>
public sealed class Poison : IAsyncLifetime
{
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test
    private HttpClient overseer = null!;

    public async ValueTask InitializeAsync()
    {
        host = await ApprovalsHost.StartAsync(file);
        overseer = host.As("olga", permissions: Permissions.ReadTrail);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    [Fact]
    public async Task A_prompt_that_nobody_could_ever_serve_becomes_an_alert_and_no_review()
    {
        var prompt = Given.Prompt(stages: []);

        await host.PublishAsync(prompt);

        var alert = Assert.Single(await AlertsAsync(1));
        Assert.Equal((nameof(PromptParked), prompt.TicketId, "System.ArgumentException"), (alert.Message, alert.TicketId, alert.Fault));
        Assert.Empty((await host.As("ann").GetAsync<ReviewPage>("/api/reviews")).Items);
    }

    [Fact]
    public async Task A_fault_of_another_service_is_heard_as_well()
    {
        await host.PublishAsync(new ReviewDecided { TicketId = Heard.Poison, Outcome = ApprovalStatus.Rejected, Digest = "d", DecidedBy = [], DecidedAt = Given.Start });

        var alert = Assert.Single(await AlertsAsync(1));
        Assert.Equal((nameof(ReviewDecided), Heard.Poison, "System.FormatException"), (alert.Message, alert.TicketId, alert.Fault));
    }

    [Fact]
    public async Task Who_has_looked_dismisses_it_once_and_the_trail_hears_who_it_was()
    {
        await host.PublishAsync(Given.Prompt(stages: []));
        var alert = Assert.Single(await AlertsAsync(1));

        var first = await overseer.PostAsync($"/api/alerts/{alert.Id}/dismiss", null, TestContext.Current.CancellationToken);
        var second = await host.As("other", permissions: Permissions.ReadTrail).PostAsync($"/api/alerts/{alert.Id}/dismiss", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode));
        Assert.Empty(await AlertsAsync(0));
        var acted = await host.Heard.WaitAsync<PersonActed>(act => act.Action == "alert.dismissed");
        Assert.Equal(("olga", alert.TicketId), (Assert.Single(acted).Person.Subject, acted[0].TicketId));
        Assert.Equal(HttpStatusCode.NotFound, (await overseer.PostAsync($"/api/alerts/{Guid.NewGuid()}/dismiss", null, TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task<AlertView[]> AlertsAsync(int count)
    {
        AlertView[] alerts = [];
        await Eventually.Async(async () => (alerts = await overseer.GetAsync<AlertView[]>("/api/alerts")).Length == count);
        return alerts;
    }
}
