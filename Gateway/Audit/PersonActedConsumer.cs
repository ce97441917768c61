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
        var act = context.Message;
        await using var store = await stores.CreateDbContextAsync(context.CancellationToken);
        store.Add(new TrailEntry
        {
            FactId = act.ActionId,
            At = act.At,
            Kind = act.Action,
            Actor = act.Person.Subject,
            ActorName = act.Person.Name,
            TicketId = act.TicketId,
            Reason = act.Reason,
        });
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
