using System.Data.Common;
using Gateway.Audit;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Parking;

/// <summary>A ticket as it is to be, if it is still as it was read, with what is to be stored with it.</summary>
/// <param name="Read">The version that was read.</param>
internal sealed record TicketChange(Ticket Ticket, int Read, IReadOnlyList<object> Rows);

/// <summary>
/// On SQLite, changes of tickets that wait while one commit is under way share the next: each is a conditional write of its own, in statements that
/// stay prepared on one kept connection, and what they share is the way to the disk. A group in which anything goes wrong is stored by none of
/// it and written again one by one.
/// </summary>
internal sealed partial class TicketWriter(IDbContextFactory<GatewayStore> stores, IEntryChains chains, OutboxSignal<GatewayStore> outbox, ILogger<TicketWriter> logger) : IAsyncDisposable
{
    private const int LongestGroup = 16;

    /// <summary>What <see cref="Ticket.Version"/> stands for. Who counts joins or notes that a caller is there names no version, and is left alone.</summary>
    internal static readonly string[] Columns =
    [
        nameof(Ticket.Status), nameof(Ticket.Version), nameof(Ticket.DecidedDigest), nameof(Ticket.DecidedAt), nameof(Ticket.DecidedBy), nameof(Ticket.Reason), nameof(Ticket.Cause),
        nameof(Ticket.AnnounceAt), nameof(Ticket.LivesUntil), nameof(Ticket.LeaseUntil), nameof(Ticket.Attempts), nameof(Ticket.ResultStatus), nameof(Ticket.ResultType), nameof(Ticket.ResultText),
    ];

    private readonly Queue<Pending> waiting = [];
    private bool writing;
    private Kept? kept;

    /// <returns>False when somebody else was first; then none of it is stored.</returns>
    /// <exception cref="DbUpdateException">The store refused.</exception>
    public Task<bool> WriteAsync(TicketChange change)
    {
        var pending = new Pending(change);
        lock (waiting)
        {
            waiting.Enqueue(pending);
            if (writing) return pending.Answer.Task;
            writing = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static writer => _ = writer.WriteWaitingAsync(), this, preferLocal: false); // each learns how its own ended
        return pending.Answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (kept is not { } over) return;
        kept = null;
        await over.Inserts.DisposeAsync();
        over.Update.Dispose();
        await over.Store.Database.CloseConnectionAsync(); // a transaction that was left goes with it
        await over.Store.DisposeAsync();
    }

    private async Task WriteWaitingAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            if (group.Count > 1 && await TryStoreAsync(group) is null) continue;
            foreach (var pending in group)
            {
                if (await TryStoreAsync([pending]) is { } fault) pending.Answer.SetException(fault is DbException ? new DbUpdateException("A ticket could not be written.", fault) : fault);
            }
        }
    }

    private List<Pending> Next()
    {
        lock (waiting)
        {
            var group = new List<Pending>(LongestGroup);
            while (group.Count < LongestGroup && waiting.TryDequeue(out var pending)) group.Add(pending);
            writing = group.Count > 0;
            return group;
        }
    }

    /// <returns>What went wrong; null when each has its answer.</returns>
    private async Task<Exception?> TryStoreAsync(IReadOnlyList<Pending> group)
    {
        try
        {
            kept ??= await OpenAsync();
            var won = await StoreAsync(kept, group);
            foreach (var pending in group) pending.Answer.SetResult(won.Contains(pending));
            return null;
        }
        // Whosever fault it was: the connection is given up, in whatever state it is.
        catch (Exception fault)
        {
            if (group.Count > 1) LogApart(fault, group.Count);
            await TryGiveUpAsync();
            return fault;
        }
    }

    private async Task<IReadOnlySet<Pending>> StoreAsync(Kept open, IReadOnlyList<Pending> group)
    {
        using var turn = await open.Store.TakeTurnAsync(CancellationToken.None);
        await using var transaction = await open.Store.Database.BeginTransactionAsync();
        var won = group.Where(pending => open.Update.TryWrite(pending.Change.Ticket, pending.Change.Read)).ToHashSet();
        var rows = won.SelectMany(pending => pending.Change.Rows).ToList();
        var entries = rows.OfType<TrailEntry>().ToList();
        var links = entries.Count > 0 ? await chains.ContinueAsync(open.Store, entries) : null;
        foreach (var row in rows.Where(row => row is not TrailEntry)) open.Inserts.Add(row);
        foreach (var entry in links?.Entries ?? []) open.Inserts.Add(entry);
        await transaction.CommitAsync();
        if (links is not null) chains.GiveBack(links);
        if (rows.Exists(row => row is OutboxMessage)) outbox.Ring();
        return won;
    }

    private async Task TryGiveUpAsync()
    {
        try
        {
            await DisposeAsync();
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException)
        {
            LogNotClosed(fault);
        }
    }

    private async Task<Kept> OpenAsync()
    {
        var store = await stores.CreateDbContextAsync();
        await store.Database.OpenConnectionAsync();
        SqliteStatements.Keep(store.Database.GetDbConnection());
        return new Kept(store, new PlainUpdate(store, typeof(Ticket), Columns), new PlainInserts(store));
    }

    [LoggerMessage(1, LogLevel.Information, "{Changes} changes of tickets could not be stored together; each is written again by itself.")]
    private partial void LogApart(Exception fault, int changes);

    [LoggerMessage(2, LogLevel.Warning, "A connection that a write had failed on could not be closed.")]
    private partial void LogNotClosed(Exception fault);

    private sealed record Kept(GatewayStore Store, PlainUpdate Update, PlainInserts Inserts);

    private sealed class Pending(TicketChange change)
    {
        public TicketChange Change { get; } = change;
        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
