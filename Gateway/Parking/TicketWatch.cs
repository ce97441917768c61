using System.Data.Common;
using Contracts.Messages;
using Gateway.Storage;
using Gateway.Telemetry;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Parking;

/// <summary>
/// Lets callers of this instance wait for a ticket to change. Woken by messages, and by a look at the rows of all that are
/// waited for, since a message can be lost; never trusts either without the row. When the process stops nobody is kept: who is
/// told "still pending" in time asks again, here or at another instance.
/// </summary>
internal sealed partial class TicketWatch(
    IDbContextFactory<GatewayStore> stores, KeptStores<GatewayStore> kept, GatewayMetrics metrics, IOptions<ParkingOptions> options, IHostApplicationLifetime host, TimeProvider clock, ILogger<TicketWatch> logger, OneProcess? alone = null) : BackgroundService
{
    /// <summary>Rows that one query looks at: ten thousand callers who wait are twenty queries.</summary>
    private const int AtOnce = 500;

    /// <summary>No timer tells less.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly Func<GatewayStore, string, CancellationToken, Task<Ticket>> read =
        EF.CompileAsyncQuery((GatewayStore store, string id, CancellationToken _) => store.Set<Ticket>().AsNoTracking().Single(ticket => ticket.Id == id));
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

    /// <summary>The ticket as soon as <paramref name="enough"/> holds, or as it is after <paramref name="atMost"/>. Nothing of it is kept meanwhile.</summary>
    /// <param name="runs">Who waits will run a release; it may be handed to them, claimed (<see cref="TryHand"/>).</param>
    public async Task<Ticket> WaitAsync(string ticketId, Func<Ticket, bool> enough, TimeSpan atMost, CancellationToken ct, Pulse? pulse = null, bool runs = false)
    {
        var started = clock.GetTimestamp();
        TimeSpan Left() => atMost - clock.GetElapsedTime(started);
        using var counted = metrics.Waiting();
        for (var next = ticketId; ;)
        {
            ticketId = next;
            // The bell is hung before the row is read: a change in between rings it.
            var bell = Hang(ticketId, runs);
            try
            {
                var ticket = await ReadAsync(ticketId, ct);
                next = ticket.Id;
                if (next != ticketId && !enough(ticket)) continue;
                bell.Saw(ticket.Version);
                if (enough(ticket) || Left() < Shortest || host.ApplicationStopping.IsCancellationRequested) return (runs && enough(ticket) ? bell.Take() : null) ?? ticket;

                while (Left() is var left && left >= Shortest && !await RingsAsync(bell, pulse?.Every < left ? pulse.Every : left, ct))
                    if (pulse is not null) await pulse.Beat();
                if (runs && bell.Take() is { } handed) return handed;
            }
            finally
            {
                TakeDown(ticketId, bell, runs);
            }
        }
    }

    /// <summary>The ticket, or the one that holds its answer.</summary>
    public async Task<Ticket> ReadAsync(string ticketId, CancellationToken ct)
    {
        await using var lent = await kept.LendAsync(ct);
        var ticket = await read(lent.Store, ticketId, ct);
        return ticket.ContinuedBy is { } next ? await read(lent.Store, next, ct) : ticket;
    }

    /// <summary>Ordinary waits end without a bell, by the thousand: no exception is thrown for that.</summary>
    private async Task<bool> RingsAsync(Bell bell, TimeSpan within, CancellationToken ct)
    {
        await bell.Rung.Task.WaitAsync(within, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (bell.Rung.Task.IsCompleted) return true;
        ct.ThrowIfCancellationRequested();
        return false;
    }

    /// <summary>Instances besides this one are told when <paramref name="rows"/> are stored; here it is for <see cref="Ring"/>, once that is done.</summary>
    public void TellOthers(ICollection<object> rows, string ticketId)
    {
        if (alone is null) rows.Publish(new TicketChanged(ticketId), clock);
    }

    public void Ring(string ticketId)
    {
        lock (gate)
        {
            if (bells.Remove(ticketId, out var bell)) bell.Rung.TrySetResult();
        }
    }

    /// <summary>Whether somebody here waits to run this ticket's release.</summary>
    public bool IsRunHere(string ticketId)
    {
        lock (gate) return bells.TryGetValue(ticketId, out var bell) && bell.Runners > 0;
    }

    /// <summary>Rings, and hands the ticket, as it was stored with its claim, to one of those who would run it.</summary>
    /// <param name="giveBack">Called where nobody takes it after all.</param>
    /// <returns>False when nobody is there; then nobody rang.</returns>
    public bool TryHand(Ticket claimed, Func<Task> giveBack)
    {
        lock (gate)
        {
            if (!bells.TryGetValue(claimed.Id, out var bell) || bell.Runners == 0) return false;
            bells.Remove(claimed.Id);
            bell.Bring(new Handed(claimed, giveBack));
            bell.Rung.TrySetResult();
            return true;
        }
    }

    /// <summary>The process stops: each has one last look.</summary>
    private void RingAll()
    {
        lock (gate)
        {
            foreach (var bell in bells.Values) bell.Rung.TrySetResult();
            bells.Clear();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stopping = host.ApplicationStopping.Register(RingAll);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Value.LookAgain, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is DbException or InvalidOperationException or TimeoutException)
            {
                LogFault(fault);
            }
        }
    }

    /// <summary>Rings for rows that are others than they were when somebody began to wait, and where an execution's time is over.</summary>
    private async Task LookAsync(CancellationToken ct)
    {
        Dictionary<string, Bell> watched;
        lock (gate) watched = new(bells);
        if (watched.Count == 0) return;
        await using var store = await stores.CreateDbContextAsync(ct);
        foreach (var ids in watched.Keys.Chunk(AtOnce))
        {
            var rows = await store.Set<Ticket>().AsNoTracking().Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Version, t.LeaseUntil }).ToListAsync(ct);
            foreach (var row in rows.Where(row => row.LeaseUntil <= clock.GetUtcNow() || watched[row.Id].IsOutOfDate(row.Version))) Ring(row.Id);
        }
    }

    private Bell Hang(string ticketId, bool runs)
    {
        lock (gate)
        {
            if (!bells.TryGetValue(ticketId, out var bell)) bells[ticketId] = bell = new Bell();
            bell.Listeners++;
            if (runs) bell.Runners++;
            return bell;
        }
    }

    private void TakeDown(string ticketId, Bell bell, bool runs)
    {
        Handed? left;
        lock (gate)
        {
            if (--bell.Listeners == 0 && bells.GetValueOrDefault(ticketId) == bell) bells.Remove(ticketId);
            left = runs && --bell.Runners == 0 ? bell.TakeAll() : null;
        }
        if (left is not null) _ = GiveBackAsync(left);
    }

    /// <summary>The last who would have run it has gone: others may, at once.</summary>
    private async Task GiveBackAsync(Handed left)
    {
        try
        {
            await left.GiveBack();
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
        {
            LogNotGivenBack(fault, left.Ticket.Id); // its lease lapses
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The tickets that callers wait for could not be looked at; the next look is soon.")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "The claim of ticket {TicketId}, whose caller has gone, could not be given back; it lapses by itself.")]
    private partial void LogNotGivenBack(Exception fault, string ticketId);

    private sealed record Handed(Ticket Ticket, Func<Task> GiveBack);

    private sealed class Bell
    {
        private const int Unread = -1;

        /// <summary>Of the row as the first listener read it; the others may know a later one.</summary>
        private int version = Unread;

        public void Saw(int read) => Interlocked.CompareExchange(ref version, read, Unread);

        public bool IsOutOfDate(int now) => Volatile.Read(ref version) is not Unread and var seen && seen != now;

        public TaskCompletionSource Rung { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int Listeners { get; set; }

        /// <summary>Of the listeners.</summary>
        public int Runners { get; set; }

        private Handed? handed;

        public void Bring(Handed claimed) => Volatile.Write(ref handed, claimed);

        /// <summary>By one of them: it is claimed once.</summary>
        public Ticket? Take() => TakeAll()?.Ticket;

        public Handed? TakeAll() => Interlocked.Exchange(ref handed, null);
    }
}

/// <summary>A sign of life to whoever waits, while nothing changes.</summary>
internal sealed record Pulse(TimeSpan Every, Func<Task> Beat);

/// <summary>Each instance hears of every change, on a queue of its own that goes when the instance goes.</summary>
internal sealed class TicketChangedConsumer(TicketWatch watch) : IConsumer<TicketChanged>
{
    public Task Consume(ConsumeContext<TicketChanged> context)
    {
        watch.Ring(context.Message.TicketId);
        return Task.CompletedTask;
    }
}
