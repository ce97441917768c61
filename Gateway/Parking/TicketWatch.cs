using Contracts.Messages;
using Gateway.Storage;
using Gateway.Telemetry;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Parking;

/// <summary>
/// Lets callers of this instance wait for a ticket to change. Woken by messages; never trusts them without the row. When the
/// process stops nobody is kept: who is told "still pending" in time asks again, here or at another instance.
/// </summary>
internal sealed class TicketWatch(IDbContextFactory<GatewayStore> stores, GatewayMetrics metrics, IOptions<ParkingOptions> options, IHostApplicationLifetime host, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Bell> bells = [];

    /// <summary>Tickets somebody waits for now.</summary>
    internal int Watched
    {
        get
        {
            lock (gate) return bells.Count;
        }
    }

    /// <summary>The ticket as soon as <paramref name="enough"/> holds, or as it is after <paramref name="atMost"/>.</summary>
    public async Task<Ticket> WaitAsync(string ticketId, Func<Ticket, bool> enough, TimeSpan atMost, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        using var counted = metrics.Waiting();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        for (var next = ticketId; ;)
        {
            ticketId = next;
            // The bell is hung before the row is read: a change in between rings it.
            var bell = Hang(ticketId);
            try
            {
                var ticket = await ReadAsync(ticketId, ct);
                next = ticket.Id;
                var left = atMost - clock.GetElapsedTime(started);
                if (enough(ticket) || left <= TimeSpan.Zero || host.ApplicationStopping.IsCancellationRequested) return ticket;

                await bell.Rung.Task.WaitAsync(left < options.Value.LookAgain ? left : options.Value.LookAgain, clock, waiting.Token);
            }
            catch (TimeoutException)
            {
                // Nobody rang; the row is looked at all the same.
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // The process stops: one last look.
            }
            finally
            {
                TakeDown(ticketId, bell);
            }
        }
    }

    /// <summary>The ticket, or the one that holds its answer.</summary>
    public async Task<Ticket> ReadAsync(string ticketId, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var ticket = await store.Set<Ticket>().AsNoTracking().SingleAsync(t => t.Id == ticketId, ct);
        return ticket.ContinuedBy is { } next ? await store.Set<Ticket>().AsNoTracking().SingleAsync(t => t.Id == next, ct) : ticket;
    }

    public void Ring(string ticketId)
    {
        lock (gate)
        {
            if (bells.Remove(ticketId, out var bell)) bell.Rung.TrySetResult();
        }
    }

    private Bell Hang(string ticketId)
    {
        lock (gate)
        {
            if (!bells.TryGetValue(ticketId, out var bell)) bells[ticketId] = bell = new Bell();
            bell.Listeners++;
            return bell;
        }
    }

    private void TakeDown(string ticketId, Bell bell)
    {
        lock (gate)
        {
            if (--bell.Listeners == 0 && bells.GetValueOrDefault(ticketId) == bell) bells.Remove(ticketId);
        }
    }

    private sealed class Bell
    {
        public TaskCompletionSource Rung { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int Listeners { get; set; }
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
