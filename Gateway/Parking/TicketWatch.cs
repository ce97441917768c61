using System.Collections.Concurrent;
using Contracts.Messages;
using Gateway.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Parking;

/// <summary>Lets callers of this instance wait for a ticket to change. Woken by messages; never trusts them without the row.</summary>
internal sealed class TicketWatch(IDbContextFactory<GatewayStore> stores, IOptions<ParkingOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> bells = new();

    /// <summary>The ticket as soon as <paramref name="enough"/> holds, or as it is after <paramref name="atMost"/>.</summary>
    public async Task<Ticket> WaitAsync(string ticketId, Func<Ticket, bool> enough, TimeSpan atMost, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            // The bell is hung before the row is read: a change in between rings it.
            var bell = bells.GetOrAdd(ticketId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var ticket = await ReadAsync(ticketId, ct);
            var left = atMost - clock.GetElapsedTime(started);
            if (enough(ticket) || left <= TimeSpan.Zero) return ticket;

            var look = left < options.Value.LookAgain ? left : options.Value.LookAgain;
            try
            {
                await bell.Task.WaitAsync(look, clock, ct);
            }
            catch (TimeoutException)
            {
                // Nobody rang; the row is looked at all the same.
            }
        }
    }

    public async Task<Ticket> ReadAsync(string ticketId, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Set<Ticket>().AsNoTracking().SingleAsync(t => t.Id == ticketId, ct);
    }

    public void Ring(string ticketId)
    {
        if (bells.TryRemove(ticketId, out var bell)) bell.TrySetResult();
    }
}

/// <summary>Each instance hears of every change, on a queue of its own that goes when the instance goes.</summary>
internal sealed class TicketChangedConsumer(TicketWatch watch) : IConsumer<TicketChanged>
{
    public Task Consume(ConsumeContext<TicketChanged> context)
    {
        watch.Ring(context.Message.TicketId);
        return Task.CompletedTask;
    }
}
