using Approvals.Storage;
using Contracts.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Approvals.Identity;

/// <summary>Keeps who signed out everywhere, in one queue that all instances share: those that start later know it too.</summary>
internal sealed class SignedOutConsumer(IDbContextFactory<ApprovalsStore> stores) : IConsumer<PersonSignedOut>
{
    public async Task Consume(ConsumeContext<PersonSignedOut> context)
    {
        await using var store = await stores.CreateDbContextAsync(context.CancellationToken);
        await SignedOut.KeepAsync(store, context.Message.Subject, context.Message.At, context.CancellationToken);
        await store.SaveChangesAsync(context.CancellationToken); // two at once for the same person: one is told again
    }
}
