using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Records;

/// <summary>Makes the store itself refuse entries, whichever way they come.</summary>
internal sealed class FailingTrail(GatewayHost host)
{
    /// <param name="kind">Only entries of this kind; null for all.</param>
    public Task RefuseAsync(string? kind = null) => RunAsync(
        $"CREATE TRIGGER Refuse BEFORE INSERT ON Trail {(kind is null ? "" : $"WHEN NEW.Kind = '{kind}'")} BEGIN SELECT RAISE(ABORT, 'The disk is full.'); END");

    public Task TakeAgainAsync() => RunAsync("DROP TRIGGER Refuse");

    private Task<int> RunAsync(string statement) => host.ReadAsync(store => store.Database.ExecuteSqlRawAsync(statement));
}
