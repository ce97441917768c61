using Approvals.Live;
using Approvals.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Tests.Live;

internal static class Consoles
{
    /// <summary>Returns when the hub knows of the line, which is a moment after its other end has been told that it is open.</summary>
    public static async Task ConnectAsync(this ApprovalsHost host, HubConnection connection, string groups = "reviewers")
    {
        await connection.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.Async(() => Task.FromResult(host.Services.GetRequiredService<Watchers>().Entitled(groups.Split(',')).Contains(connection.ConnectionId!)));
    }
}
