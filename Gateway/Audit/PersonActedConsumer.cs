using Contracts.Messages;
using Gateway.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Audit;

/// <summary>What people do in the approvals service becomes entries of the same trail; told twice, recorded once.</summary>
internal sealed class PersonActedConsumer(IDbContextFactory<GatewayStore> stores) : IConsumer<PersonActed>
{
    public async Task Consume(ConsumeContext<PersonActed> context)
    {
        var act = context.Message;
        await using var store = await stores.CreateDbContextAsync(context.CancellationToken);
        if (await store.Set<TrailEntry>().AnyAsync(e => e.FactId == act.ActionId, context.CancellationToken)) return;
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
        await store.SaveChangesAsync(context.CancellationToken);
    }
}
