using System.Net;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Storage;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Tests.Servers;

namespace Gateway.Tests.Callers;

/// <summary>Issuing and revoking: by those who may, once, and never without the trail's word of it.</summary>
public sealed class KeysApi_Tests(SharedGateway shared, Databases databases)
{
    private readonly GatewayHost host = shared.Host;

    [Fact]
    public async Task Issuing_and_revoking_is_for_people_with_the_permission()
    {
        var riley = await host.PersonAsync("riley");
        var issued = await (await host.PersonAsync()).IssueAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await riley.TryIssueAsync(Keys.Asked())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await riley.RevokeAsync(issued.View.Id)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await riley.GetReplyAsync("/api/keys")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Caller().GetReplyAsync("/api/keys")).Status); // a caller is no person
    }

    [Fact]
    public async Task Each_deed_is_an_entry_that_says_who_which_key_and_why()
    {
        var ada = await host.PersonAsync();
        var issued = await ada.IssueAsync(Keys.Asked("recorded"));
        Assert.Equal(HttpStatusCode.OK, (await ada.RevokeAsync(issued.View.Id, "It leaked.")).Status);

        var id = issued.View.Id.ToString("N");
        var entries = await host.TrailAsync(e => e.Reason!.Contains(id));

        Assert.Equal([("key.issued", "ada", "issued"), ("key.revoked", "ada", "revoked")], entries.Select(e => (e.Kind, e.Actor, e.Outcome)));
        Assert.All(entries, entry => Assert.Contains($"(ends in {issued.Key[^4..]}) of account/recorded", entry.Reason, StringComparison.Ordinal));
        Assert.EndsWith("It leaked.", entries[1].Reason, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task On_each_database_a_key_is_issued_used_and_revoked_by_one_of_many(string provider)
    {
        var settings = (await databases.NewAsync(provider)).Settings("Storage").Concat((await databases.NewAsync(provider)).Settings("Approvals:Storage")).ToDictionary();
        await using var own = await GatewayHost.StartAsync(shared.Upstream, settings);
        var (ada, model) = (await own.PersonAsync(), shared.Upstream.Model(Answers.Chat("hello")));
        var issued = await ada.IssueAsync(Keys.Asked() with { Groups = ["g"], Models = ["m-*"] });

        Assert.Equal(HttpStatusCode.OK, (await own.ChatAsync(issued.Key, model)).Status);
        Assert.NotNull(Assert.Single(await ada.ListAsync()).LastUsedAt);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ada.RevokeAsync(issued.View.Id)));

        Assert.Single(await own.TrailAsync(e => e.Kind == "key.revoked"));
        await Eventually.TrueAsync(async () => (await own.ChatAsync(issued.Key, model)).Status == HttpStatusCode.Unauthorized, "the key is refused");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var ada = await host.PersonAsync();

        var reply = await ada.TryIssueAsync(new IssueKey
        {
            OperationId = Guid.Empty, Account = "a/b", Name = " ", Owner = "", Groups = [""], Models = [new string('m', 201)], Routes = ["v1/chat"],
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(367), Reason = "x",
        });

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal(["account", "expiresAt", "groups", "models", "name", "operationId", "owner", "reason", "routes"], reply.Json["errors"]!.AsObject().Select(e => e.Key).Order());
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("demo")]
    public async Task An_account_is_never_named_like_a_caller_of_the_configuration(string account)
    {
        var reply = await (await host.PersonAsync()).TryIssueAsync(Keys.Asked(account));

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.NotNull(reply.Json["errors"]!["account"]);
    }

    [Fact]
    public async Task An_operation_that_is_sent_twice_issues_one_key()
    {
        var ada = await host.PersonAsync();
        var asked = Keys.Asked("once");

        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ada.TryIssueAsync(asked)));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.OK);
        Assert.All(replies.Where(reply => reply.Status != HttpStatusCode.OK), reply => Assert.Equal(HttpStatusCode.Conflict, reply.Status));
        Assert.Single(await ada.ListAsync(), key => key.Subject == "account/once");
        Assert.Single(await host.TrailAsync(e => e.Reason!.Contains("account/once")));
    }

    [Fact]
    public async Task Revoking_is_done_once_however_often_it_is_asked_for()
    {
        var ada = await host.PersonAsync();
        var id = (await ada.IssueAsync(Keys.Asked("revoked-once"))).View.Id;

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ada.RevokeAsync(id, $"Reason {i}.")));

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
        Assert.Single(replies.Select(reply => (string?)reply.Json["revokedAt"]).Distinct());
        Assert.Single(await host.TrailAsync(e => e.Kind == "key.revoked" && e.Reason!.Contains("account/revoked-once")));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.RevokeAsync(Guid.NewGuid())).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.RevokeAsync(id, " ")).Status);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_done()
    {
        var full = new FullDisk();
        await using var own = await GatewayHost.StartAsync(shared.Upstream, services: services => services.ConfigureDbContext<GatewayStore>(options => options.AddInterceptors(full)));
        var ada = await own.PersonAsync();
        var issued = await ada.IssueAsync();
        full.Fails = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ada.TryIssueAsync(Keys.Asked("never"))).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ada.RevokeAsync(issued.View.Id)).Status);

        var key = Assert.Single(await ada.ListAsync());
        Assert.Null(key.RevokedAt);
        Assert.Empty(own.Logs.Unhandled);
    }

    private sealed class FullDisk : SaveChangesInterceptor
    {
        public bool Fails { get; set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Fails && eventData.Context!.ChangeTracker.Entries<TrailEntry>().Any() ? throw new DbUpdateException("The disk is full.") : ValueTask.FromResult(result);
    }
}
