using Contracts.Messages;
using MassTransit;

namespace Gateway.Parking;

/// <summary>The only ear for <see cref="ReviewDecided"/> on the bus, as <see cref="TicketSteps.DecideAsync"/> is within one process: nothing else releases or refuses a ticket.</summary>
internal sealed class ReviewDecidedConsumer(TicketSteps steps) : IConsumer<ReviewDecided>
{
    public Task Consume(ConsumeContext<ReviewDecided> context) => steps.DecideAsync(context.Message, context.CancellationToken);
}
