using Approvals.Storage;
using Contracts.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Approvals.Alerts;

/// <summary>Hears, from every service, of each message that went to an error queue; keeps it until somebody has looked.</summary>
internal sealed partial class MessageFaultConsumer(IDbContextFactory<ApprovalsStore> stores, MessageFaultMetrics metrics, ILogger<MessageFaultConsumer> logger)
    : IConsumer<Fault<PromptParked>>, IConsumer<Fault<CancelReview>>, IConsumer<Fault<ReleaseSettled>>, IConsumer<Fault<ReviewDecided>>, IConsumer<Fault<PersonActed>>,
        IConsumer<Fault<PersonSignedOut>>, IConsumer<Fault<CallerAsked>>, IConsumer<Fault<CallerAnswered>>
{
    private const int LongestName = 300;

    public Task Consume(ConsumeContext<Fault<PromptParked>> context) => KeepAsync(context, context.Message.Message.TicketId);

    public Task Consume(ConsumeContext<Fault<CancelReview>> context) => KeepAsync(context, context.Message.Message.TicketId);

    public Task Consume(ConsumeContext<Fault<ReleaseSettled>> context) => KeepAsync(context, context.Message.Message.TicketId);

    public Task Consume(ConsumeContext<Fault<ReviewDecided>> context) => KeepAsync(context, context.Message.Message.TicketId);

    public Task Consume(ConsumeContext<Fault<PersonActed>> context) => KeepAsync(context, context.Message.Message.TicketId);

    public Task Consume(ConsumeContext<Fault<CallerAsked>> context) => KeepAsync(context, context.Message.Message.TicketId);

    public Task Consume(ConsumeContext<Fault<CallerAnswered>> context) => KeepAsync(context, context.Message.Message.TicketId);

    /// <summary>About no ticket: somebody's old tokens count on here until the message has been seen to.</summary>
    public Task Consume(ConsumeContext<Fault<PersonSignedOut>> context) => KeepAsync(context, ticketId: "");

    private async Task KeepAsync<T>(ConsumeContext<Fault<T>> context, string ticketId) where T : class
    {
        var fault = context.Message;
        await using var store = await stores.CreateDbContextAsync(context.CancellationToken);
        store.Add(new MessageFault
        {
            Id = fault.FaultId,
            Message = typeof(T).Name,
            TicketId = ticketId.Length <= 64 ? ticketId : ticketId[..64],
            Fault = (fault.Exceptions.FirstOrDefault()?.ExceptionType ?? "unknown") is var type && type.Length > LongestName ? type[..LongestName] : type,
            At = new DateTimeOffset(fault.Timestamp.ToUniversalTime()),
        });
        try
        {
            await store.SaveChangesAsync(context.CancellationToken);
        }
        catch (DbUpdateException again) when (again.IsDuplicate())
        {
            return; // told twice
        }
        metrics.Count(typeof(T).Name);
        LogPoison(typeof(T).Name, ticketId);
    }

    [LoggerMessage(1, LogLevel.Error, "A message {Message} about ticket {TicketId} could not be handled and is in an error queue; its ticket waits for somebody to look.")]
    private partial void LogPoison(string message, string ticketId);
}
