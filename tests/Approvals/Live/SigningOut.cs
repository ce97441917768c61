using System.Net;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Messages;
using Microsoft.AspNetCore.SignalR.Client;

namespace Approvals.Tests.Live;

/// <summary>Somebody signed out everywhere: their lines close, and no token from before counts, on any instance.</summary>
public sealed class SigningOut
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Lines_close_and_tokens_from_before_count_no_more_on_this_instance_and_on_one_that_starts_later()
    {
        using var file = new TempStore();
        await using var host = await ApprovalsHost.StartAsync(file);
        await using var ann = await ListenAsync(host, "ann");
        await using var ben = await ListenAsync(host, "ben");
        var closed = new TaskCompletionSource();
        ann.Closed += _ => { closed.TrySetResult(); return Task.CompletedTask; };

        await host.PublishAsync(new PersonSignedOut("ann", host.Clock.GetUtcNow()));

        await closed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "ann"));
        await Assert.ThrowsAsync<HttpRequestException>(() => ListenAsync(host, "ann"));
        Assert.Equal((HttpStatusCode.OK, HubConnectionState.Connected), (await StatusAsync(host, "ben"), ben.State));

        await Eventually.Async(async () => await host.ReadAsync(store => Task.FromResult(store.Set<Shared.SignedOut>().Any())));
        await using var later = await ApprovalsHost.StartAsync(file, host.Clock);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(later, "ann"));

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(later, "ann"));
    }

    [Fact]
    public async Task An_older_sign_out_that_is_told_late_lets_nobody_back_in()
    {
        using var file = new TempStore();
        await using var host = await ApprovalsHost.StartAsync(file);
        var now = host.Clock.GetUtcNow();

        await host.PublishAsync(new PersonSignedOut("ann", now));
        await Eventually.Async(async () => await StatusAsync(host, "ann") == HttpStatusCode.Unauthorized);
        await host.PublishAsync(new PersonSignedOut("ann", now.AddMinutes(-5)));
        await host.PublishAsync(new PersonSignedOut("ben", now));
        await Eventually.Async(async () => await host.ReadAsync(store => Task.FromResult(store.Set<Shared.SignedOut>().Count() == 2)));

        Assert.Equal(now, await host.ReadAsync(store => Task.FromResult(store.Set<Shared.SignedOut>().Single(s => s.Subject == "ann").At)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "ann"));
    }

    private static async Task<HubConnection> ListenAsync(ApprovalsHost host, string name)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(host.Address, "/hubs/reviews"), http => http.Headers.Add(HeaderPeople.Header, HeaderPeople.Describe(name))).Build();
        await host.ConnectAsync(connection);
        return connection;
    }

    private static async Task<HttpStatusCode> StatusAsync(ApprovalsHost host, string name)
    {
        using var answer = await host.As(name).GetAsync(new Uri("/api/reviews", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
