using Contracts.Messages;
using MassTransit;

namespace Gateway.Parking;

internal sealed class CallerAskedConsumer(ParkingLot lot) : IConsumer<CallerAsked>
{
    public Task Consume(ConsumeContext<CallerAsked> context) => lot.AskAsync(context.Message, context.CancellationToken);
}
