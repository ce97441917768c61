using System.Net;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Gateway.Parking;
using Gateway.Tests.Support;
using Gateway.Waiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Known;

/// <summary>Whatever people decide about a known case, no model is called.</summary>
public sealed class NeverSent_Tests : IAsyncLifetime
{
    private MockUpstream upstream = null!; // set before every test, like the rest
    private GatewayHost host = null!;
    private HttpClient ada = null!;
    private HttpClient sam = null!;
    private string model = "";
    private string folder = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        upstream = await MockUpstream.StartAsync();
        folder = Directory.CreateTempSubdirectory("known-test-").FullName;
        model = upstream.Model(Answers.Chat("Never to be seen."));
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await upstream.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Released_by_a_vote_it_ends_and_nobody_is_called()
    {
        var ticket = await host.PlantedAsync(ada, KnownRoom.Case(model));

        var voted = await sam.VoteAsync(ticket.Id, ticket.Digest);

        await EndsUncalledAsync(ticket.Id);
        Assert.Equal((KnownAnswer.Reject, KnownRoom.Why, false), (voted.Known!.Expected, voted.Known.Why, voted.Known.Right));
    }

    [Fact]
    public async Task Released_by_broken_glass_it_ends_and_nobody_is_called()
    {
        var ticket = await host.PlantedAsync(ada, KnownRoom.Case(model));

        using var broken = await ada.PostAsJsonAsync($"/api/reviews/{ticket.Id}/break-glass", new BreakGlass { OperationId = Guid.NewGuid(), Digest = ticket.Digest, Reason = "Nobody of the group answers." }, JsonWire.Options, Stop);

        Assert.Equal(HttpStatusCode.OK, broken.StatusCode);
        await EndsUncalledAsync(ticket.Id);
        using var past = await ada.PostAsJsonAsync("/api/questions/who-got-past", new WhoGotPast(), JsonWire.Options, Stop);
        Assert.DoesNotContain(ticket.Id, await past.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Released_as_changed_it_ends_and_nobody_is_called_and_it_measures_nobody()
    {
        var ticket = await host.PlantedAsync(ada, KnownRoom.Case(model, caller: "somebody made up"));
        var view = (await sam.GetFromJsonAsync<PromptView>($"/api/prompts/{ticket.Id}", JsonWire.Options, Stop))!; // the API answers with a body
        using var edited = await sam.PostAsJsonAsync($"/api/prompts/{ticket.Id}/edits", new EditPrompt { OperationId = Guid.NewGuid(), From = view.Digest, Parts = [new EditedPart(view.Parts[0].Path, "Why does [the key] not work?")] }, JsonWire.Options, Stop);
        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
        var digest = (await edited.Content.ReadFromJsonAsync<PromptView>(JsonWire.Options, Stop))!.Digest; // it has a body
        await Eventually.TrueAsync(async () => (string?)(await sam.GetReplyAsync($"/api/reviews/{ticket.Id}")).Json["digest"] == digest, "the review knows the text");

        var voted = await sam.VoteAsync(ticket.Id, digest);

        await EndsUncalledAsync(ticket.Id);
        Assert.Null(voted.Known!.Right);
    }

    [Fact]
    public async Task Released_after_a_restart_it_ends_and_nobody_is_called()
    {
        var ticket = await host.PlantedAsync(ada, KnownRoom.Case(model));
        await host.DisposeAsync();
        await StartAsync();

        await sam.VoteAsync(ticket.Id, ticket.Digest);
        await EndsUncalledAsync(ticket.Id);
        await host.DisposeAsync();
        await StartAsync();

        Assert.Empty(upstream.All);
        Assert.Equal(ApprovalStatus.Completed, (await host.TicketAsync(ticket.Id)).Status);
    }

    [Fact]
    public async Task Even_one_that_was_left_released_is_not_picked_up_and_the_executor_refuses_it()
    {
        var ticket = await host.PlantedAsync(ada, KnownRoom.Case(model));
        await host.ReadAsync(store => store.Set<Ticket>().Where(t => t.Id == ticket.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, ApprovalStatus.Releasing), Stop));
        var real = await host.ParkAsync(host.Caller(), upstream.Model(Answers.Chat("Fine.")), "a real one");
        await host.DecideAsync(real);
        await host.TicketWhenAsync(real.Id, t => t.Status == ApprovalStatus.Completed); // whoever looks for what is released has looked

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Services.GetRequiredService<Release>().TryRunAsync(ticket.Id, caller: null));

        Assert.Contains("known case", fault.Message, StringComparison.Ordinal);
        Assert.Empty(upstream.For(model));
        Assert.Single(upstream.All);
    }

    [Fact]
    public async Task It_can_be_sent_again_by_nobody_and_is_no_interaction()
    {
        var ticket = await host.PlantedAsync(ada, KnownRoom.Case(model));
        await sam.VoteAsync(ticket.Id, ticket.Digest);
        await EndsUncalledAsync(ticket.Id);

        foreach (var id in new[] { ticket.Id, ticket.InteractionId })
        {
            using var again = await ada.PostAsJsonAsync($"/api/interactions/{id}/resend", new OpenInteraction("To see what it says."), JsonWire.Options, Stop);
            Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await ada.GetReplyAsync($"/api/interactions/{id}")).Status);
        }
        Assert.Empty(upstream.All);
    }

    [Fact]
    public async Task No_judge_is_asked_about_it_either()
    {
        await host.DisposeAsync();
        var judge = upstream.Model(Answers.Chat("""{"risk":0}"""));
        await StartAsync(new()
        {
            ["Detectors:Judges:0:Name"] = "strict", ["Detectors:Judges:0:Type"] = "PROMPT_INJECTION", ["Detectors:Judges:0:Upstream"] = "mock-openai",
            ["Detectors:Judges:0:Model"] = judge, ["Detectors:Judges:0:Question"] = "Is it an attack?",
        });

        var ticket = await host.PlantedAsync(ada, KnownRoom.Case(model));
        var view = (await sam.GetFromJsonAsync<PromptView>($"/api/prompts/{ticket.Id}", JsonWire.Options, Stop))!; // the API answers with a body
        using var edited = await sam.PostAsJsonAsync($"/api/prompts/{ticket.Id}/edits", new EditPrompt { OperationId = Guid.NewGuid(), From = view.Digest, Parts = [new EditedPart(view.Parts[0].Path, "Why does it not work?")] }, JsonWire.Options, Stop);

        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
        Assert.Empty(upstream.All);
    }

    private async Task StartAsync(Dictionary<string, string?>? settings = null)
    {
        host = await GatewayHost.StartAsync(upstream, settings, data: folder);
        (ada, sam) = (await host.PersonAsync(), await host.PersonAsync("sam"));
    }

    /// <summary>On both sides, with nothing left for anybody to execute.</summary>
    private async Task EndsUncalledAsync(string id)
    {
        var ticket = await host.TicketWhenAsync(id, t => t.Status.IsSettled());
        await Eventually.TrueAsync(async () => (string?)(await ada.GetReplyAsync($"/api/reviews/{id}")).Json["summary"]!["status"] == "completed", "the review's end");
        Assert.Equal((ApprovalStatus.Completed, 204, 0), (ticket.Status, ticket.ResultStatus, ticket.Attempts));
        Assert.False(await host.Services.GetRequiredService<Release>().TryRunAsync(id, caller: null));
        Assert.Empty(upstream.All);
        Assert.Empty(await host.TrailAsync(e => e.TicketId == id && e.Kind == "execution"));
    }
}
