using Contracts.Messages;
using MassTransit;

namespace Approvals.Workflow;

/// <summary>What the gateway says about a ticket, in one queue that all instances share.</summary>
internal sealed class DeskConsumer(ReviewDesk desk) : IConsumer<PromptParked>, IConsumer<CancelReview>, IConsumer<ReleaseSettled>, IConsumer<TextErased>, IConsumer<CallerAnswered>
{
    public Task Consume(ConsumeContext<PromptParked> context) => desk.OpenAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<CancelReview> context) => desk.CancelAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<ReleaseSettled> context) => desk.SettleAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<CallerAnswered> context) => desk.AnsweredAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<TextErased> context) => desk.EraseAsync(context.Message.TicketId, context.CancellationToken);
}
