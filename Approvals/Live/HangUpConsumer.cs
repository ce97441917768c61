using Approvals.Storage;
using Contracts.Messages;
using MassTransit;
using Shared;

namespace Approvals.Live;

/// <summary>Every instance closes the lines of somebody who signed out everywhere, and takes no new one from them.</summary>
internal sealed class HangUpConsumer(Watchers watchers, SignOuts<ApprovalsStore> signOuts) : IConsumer<PersonSignedOut>
{
    public Task Consume(ConsumeContext<PersonSignedOut> context)
    {
        signOuts.Remember(context.Message.Subject, context.Message.At);
        watchers.HangUp(context.Message.Subject);
        return Task.CompletedTask;
    }
}
