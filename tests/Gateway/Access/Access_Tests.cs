using System.Net;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Gateway.Access;
using Gateway.Audit;
using Gateway.Storage;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Tests.Access;

public sealed class Access_Tests(SharedGateway shared)
{
    [Fact]
    public void Every_permission_of_the_catalogue_is_described() =>
        Assert.All(Permissions.All, permission => Assert.NotEmpty(PermissionWords.Of(permission)));

    [Fact]
    public async Task Somebody_sees_what_they_may_and_nothing_of_others()
    {
        var view = await GetAsync(await shared.Host.PersonAsync("sam"), "/api/access");

        Assert.Equal(("sam", false, true), (view.You.Subject, view.Whole, view.ByPerson));
        Assert.Equal([Permissions.Review], view.You.Granted.Select(grant => grant.Permission));
        Assert.Equal(["sam"], view.Givers);
        Assert.Empty(view.People);
        Assert.Equal(Permissions.All, view.Permissions.Select(permission => permission.Name));
        Assert.All(view.Permissions, permission => Assert.Empty(permission.Givers.Except(["sam"])));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shared.Host.PersonAsync("sam")).GetReplyAsync("/api/access?subject=ada")).Status);
    }

    [Fact]
    public async Task Whoever_reads_the_trail_sees_everybody_and_may_ask_why()
    {
        var ada = await shared.Host.PersonAsync();
        var view = await GetAsync(ada, "/api/access?subject=riley");

        Assert.True(view.Whole);
        Assert.Equal(["ada", "riley", "sam"], view.People.Select(person => person.Subject));
        Assert.Equal(["ada", "riley"], view.Permissions.Single(permission => permission.Name == Permissions.Reveal).Givers);
        Assert.Equal([Permissions.Review, Permissions.Reveal, Permissions.ApprovePolicy], view.Asked!.Granted.Select(grant => grant.Permission));
        Assert.All(view.Asked.Granted, grant => Assert.Equal(["riley"], grant.Through));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetReplyAsync("/api/access?subject=nobody")).Status);
    }

    [Fact]
    public async Task A_providers_people_are_known_by_their_last_sign_in_and_may_what_their_groups_give()
    {
        var stores = shared.Host.Services.GetRequiredService<IDbContextFactory<GatewayStore>>();
        var directory = new ProviderAccess(Options.Create(new PeopleOptions
        {
            Permissions = new() { [Permissions.Review] = ["reviewers", "leads"], [Permissions.ReadTrail] = ["auditors"] },
        }), stores);
        var ct = TestContext.Current.CancellationToken;
        var at = DateTimeOffset.UnixEpoch.AddYears(90);
        await stores.SeeAsync(new SeenPerson { Subject = "quinn", Name = "Quinn", Groups = ["reviewers"], At = at.AddDays(-1) }, ct);
        await stores.SeeAsync(new SeenPerson { Subject = "quinn", Name = "Quinn Ito", Groups = ["leads", "visitors"], At = at }, ct);

        var (person, groups, seenAt) = (await directory.FindAsync("quinn", ct))!.Value;

        Assert.Equal((new KnownPerson("quinn", "Quinn Ito"), at), (person, seenAt!.Value));
        Assert.Equal(["leads"], directory.GiversTo(person, groups));
        Assert.Equal(["auditors", "leads", "reviewers"], directory.Givers);
        Assert.Contains(person, await directory.PeopleAsync(ct));
        Assert.Null(await directory.FindAsync("nobody", ct));
    }

    private static async Task<AccessView> GetAsync(HttpClient person, string path) =>
        (await person.GetFromJsonAsync<AccessView>(path, JsonWire.Options, TestContext.Current.CancellationToken))!;
}
