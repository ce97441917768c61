using System.Net;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Gateway.Known;
using Gateway.Parking;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Known;

/// <summary>Known cases over the API, and put before people when a test wants it.</summary>
internal static class KnownRoom
{
    public const string Why = "contains a live AWS key";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static AddKnown Case(string model, string? words = null, KnownAnswer expected = KnownAnswer.Reject, string caller = "alice") => new()
    {
        OperationId = Guid.NewGuid(), Name = "The key in a log", Route = Calls.Chat, Body = Calls.Body(Calls.Chat, model, words ?? Tickets.Risky()), Caller = caller, Expected = expected, Why = Why,
    };

    public static Task<HttpResponseMessage> AddAsync(this HttpClient person, AddKnown known) => person.PostAsJsonAsync("/api/known", known, JsonWire.Options, Stop);

    public static async Task<KnownCaseView> AddedAsync(this HttpClient person, AddKnown known)
    {
        using var added = await person.AddAsync(known);
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        return (await added.Content.ReadFromJsonAsync<KnownCaseView>(JsonWire.Options, Stop))!; // it has a body
    }

    public static async Task<KnownCaseView> ViewAsync(this HttpClient person, Guid id) =>
        (await person.GetFromJsonAsync<KnownList>("/api/known", JsonWire.Options, Stop))!.Cases.Single(known => known.Id == id); // it has a body

    public static Task<bool> PlantAsync(this GatewayHost host, KnownCaseView known) => host.Services.GetRequiredService<KnownDesk>().PlantAsync(known.Id, Stop);

    /// <summary>Added, put before people, and known to them.</summary>
    public static async Task<Ticket> PlantedAsync(this GatewayHost host, HttpClient admin, AddKnown known)
    {
        Assert.True(await host.PlantAsync(await admin.AddedAsync(known)));
        var ticket = await host.ReadAsync(store => store.Set<Ticket>().AsNoTracking().SingleAsync(t => t.CallerSubject == KnownMark.OwnerOf(known.OperationId)));
        await Eventually.TrueAsync(async () => (await admin.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK, "the review");
        return ticket;
    }

    public static async Task<ReviewDetail> VoteAsync(this HttpClient person, string ticket, string digest, bool approve = true)
    {
        using var voted = await person.PostAsJsonAsync($"/api/reviews/{ticket}/votes", new CastVote { OperationId = Guid.NewGuid(), Approve = approve, Digest = digest, Reason = "Looked at." }, JsonWire.Options, Stop);
        Assert.Equal(HttpStatusCode.OK, voted.StatusCode);
        return (await voted.Content.ReadFromJsonAsync<ReviewDetail>(JsonWire.Options, Stop))!; // it has a body
    }
}
