using System.Security.Claims;
using Approvals.Identity;
using Approvals.Storage;
using Approvals.Tests.Support;
using Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shared;
using Tests.Servers;

namespace Approvals.Tests.Identity;

/// <summary>What is kept of the tokens that people show: the newest of each, as long as it counts.</summary>
public sealed class KeptSessions(Databases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => Databases.All;

    private static PersonSession Session(string name = "ann", string permission = Permissions.Review, int issuedAfter = 0, int minutes = 60) => new()
    {
        Subject = name, Name = name, Groups = ["reviewers"], Permissions = [permission], SignedInAt = Given.Start,
        IssuedAt = Given.Start.AddSeconds(issuedAfter), ExpiresAt = Given.Start.AddMinutes(minutes),
    };

    private static async Task<string?> MayAsync(ApprovalsHost host, string name = "ann") =>
        (await host.Services.GetRequiredService<Sessions>().FindAsync(name, Ct))?.FindFirstValue(PersonClaims.Permission);

    private static Task ShowAsync(ApprovalsHost host, PersonSession session) => host.Services.GetRequiredService<Sessions>().ShownAsync(session, Ct);

    [Theory, MemberData(nameof(All))]
    public async Task The_newest_counts_whichever_instance_it_is_shown_to_until_it_has_ended(string provider)
    {
        var database = await databases.NewAsync(provider);
        await using var first = await ApprovalsHost.StartAsync(database);
        await using var second = await ApprovalsHost.StartAsync(database, first.Clock);

        await ShowAsync(first, Session());
        Assert.Equal(Permissions.Review, await MayAsync(second));

        await ShowAsync(second, Session(permission: Permissions.ReadTrail, issuedAfter: 30));
        await ShowAsync(first, Session(permission: Permissions.Reveal, issuedAfter: 20)); // new to this one, and not the newest
        Assert.Equal((Permissions.ReadTrail, null), (await MayAsync(first), await MayAsync(first, "ANN")));

        first.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Null(await MayAsync(first));
        await ShowAsync(first, Session("bob", minutes: 90));
        Assert.Equal("bob", await first.ReadAsync(store => store.Set<PersonSession>().Select(session => session.Subject).SingleAsync()));
    }

    [Fact]
    public async Task The_same_one_is_written_once_a_minute_at_most()
    {
        using var file = new TempStore();
        await using var host = await ApprovalsHost.StartAsync(file);
        await ShowAsync(host, Session());
        await host.ReadAsync(store => store.Set<PersonSession>().ExecuteDeleteAsync());

        await ShowAsync(host, Session());
        Assert.Null(await MayAsync(host));
        await ShowAsync(host, Session(issuedAfter: -1)); // an older one is no news either
        Assert.Null(await MayAsync(host));

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await ShowAsync(host, Session());
        Assert.Equal(Permissions.Review, await MayAsync(host));
    }

    [Fact]
    public async Task What_groups_may_do_is_what_the_settings_say_now()
    {
        using var file = new TempStore();
        await using var host = await ApprovalsHost.StartAsync(file);
        await ShowAsync(host, Session());
        var rights = new GroupRights(Options.Create(new PeopleOptions { Permissions = { [Permissions.ReadTrail] = ["reviewers"], [Permissions.Review] = ["leads"] } }));
        var later = new Sessions(host.Services.GetRequiredService<IDbContextFactory<ApprovalsStore>>(), Options.Create(new SessionsOptions()), host.Clock, NullLogger<Sessions>.Instance, rights);

        var person = await later.FindAsync("ann", Ct);

        Assert.Equal([Permissions.ReadTrail], person!.FindAll(PersonClaims.Permission).Select(claim => claim.Value));
    }

    [Fact]
    public void A_token_that_does_not_say_whose_it_is_or_how_long_it_counts_is_not_kept()
    {
        var person = Session().ToPerson(null);

        Assert.True(PersonSession.Of(person, Given.Start.AddMinutes(60))!.IsSameAs(Session()));
        Assert.Null(PersonSession.Of(person, null));
        Assert.Null(PersonSession.Of(new ClaimsPrincipal(new ClaimsIdentity([new Claim(PersonClaims.Subject, "ann")], PersonClaims.Scheme)), Given.Start));
        Assert.Null(PersonSession.Of(new ClaimsPrincipal(new ClaimsIdentity([new Claim(PersonClaims.IssuedAt, "1")], PersonClaims.Scheme)), Given.Start));
    }
}
