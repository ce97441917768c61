using Contracts.Messages;
using Gateway.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Audit;

/// <summary>What people do in the approvals service becomes entries of the same trail; told twice, recorded once.</summary>
internal sealed class PersonActedConsumer(IDbContextFactory<GatewayStore> stores) : IConsumer<PersonActed>
{
    public async Task Consume(ConsumeContext<PersonActed> context)
    {
        await using var store = await stores.CreateDbContextAsync(context.CancellationToken);
        store.Add(TrailEntry.Of(context.Message));
        try
        {
            using var turn = await store.TakeTurnAsync(context.CancellationToken);
            await store.SaveChangesAsync(context.CancellationToken);
        }
        catch (DbUpdateException again) when (again.IsDuplicate())
        {
            // Told twice.
        }
    }
}
