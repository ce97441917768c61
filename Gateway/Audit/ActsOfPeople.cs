using Contracts.Messages;
using Gateway.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Audit;

/// <summary>What people do in the approvals service becomes entries of the same trail; told twice, recorded once.</summary>
internal sealed class ActsOfPeople(IDbContextFactory<GatewayStore> stores)
{
    public async Task RecordAsync(PersonActed act, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        store.Add(TrailEntry.Of(act));
        try
        {
            using var turn = await store.TakeTurnAsync(ct);
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException again) when (again.IsDuplicate())
        {
            // Told twice.
        }
    }
}

/// <summary>Tells of them what the approvals service says from elsewhere.</summary>
internal sealed class PersonActedConsumer(ActsOfPeople acts) : IConsumer<PersonActed>
{
    public Task Consume(ConsumeContext<PersonActed> context) => acts.RecordAsync(context.Message, context.CancellationToken);
}
