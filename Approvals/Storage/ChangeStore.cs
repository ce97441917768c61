using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Shared;

namespace Approvals.Storage;

/// <summary>What <see cref="SingleWriter"/> does in its transaction.</summary>
internal abstract class ChangeStore(ApprovalsStore store) : IAsyncDisposable
{
    public ApprovalsStore Store { get; } = store;

    /// <summary>Whether it goes on being of use after a transaction that committed.</summary>
    public abstract bool IsKept { get; }

    /// <summary>Holds the counter until the transaction ends.</summary>
    public abstract Task<long> NextNumberAsync(CancellationToken ct);

    public abstract Task SetNumberAsync(long last, CancellationToken ct);

    public abstract Task SaveAsync(CancellationToken ct);

    /// <summary>After the commit.</summary>
    public virtual void Committed()
    {
    }

    public virtual async ValueTask DisposeAsync() => await Store.DisposeAsync();
}

/// <summary>Where each statement is a round trip: the mapper sends many in one.</summary>
internal sealed class MappedChangeStore(ApprovalsStore store) : ChangeStore(store)
{
    private long taken;

    public override bool IsKept => false;

    public override async Task<long> NextNumberAsync(CancellationToken ct)
    {
        await Store.Counters.ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + 1), ct);
        return taken = await Store.Counters.Select(counter => counter.Value).SingleAsync(ct);
    }

    public override Task SetNumberAsync(long last, CancellationToken ct) => last == taken ? Task.CompletedTask : Store.Counters.ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, last), ct);

    public override Task SaveAsync(CancellationToken ct) => Store.SaveChangesAsync(ct);
}

/// <summary>On SQLite one connection is kept, with its statements prepared. After a failure it is given up, whatever state it is in.</summary>
internal sealed class SqliteChangeStore : ChangeStore
{
    private readonly PlainSaves saves;
    private readonly DbCommand next;
    private readonly DbCommand set;
    private readonly OutboxSignal<ApprovalsStore> outbox;
    private bool leaves;

    private SqliteChangeStore(ApprovalsStore store, OutboxSignal<ApprovalsStore> outbox) : base(store)
    {
        (saves, this.outbox) = (new PlainSaves(store), outbox);
        var connection = store.Database.GetDbConnection();
        next = connection.CreateCommand();
        next.CommandText = """SELECT "Value" + 1 FROM "Counters" """;
        set = connection.CreateCommand();
        set.CommandText = """UPDATE "Counters" SET "Value" = @last""";
        var last = set.CreateParameter();
        last.ParameterName = "@last";
        set.Parameters.Add(last);
    }

    public override bool IsKept => true;

    public static async Task<SqliteChangeStore> OpenAsync(ApprovalsStore store, OutboxSignal<ApprovalsStore> outbox, CancellationToken ct)
    {
        await SqliteStatements.KeepOpenAsync(store, ct);
        return new SqliteChangeStore(store, outbox);
    }

    /// <summary>The transaction has the file's one right to write, and with it the counter.</summary>
    public override Task<long> NextNumberAsync(CancellationToken ct)
    {
        leaves = false;
        next.Transaction = Store.Database.CurrentTransaction!.GetDbTransaction(); // the writer began it
        return Task.FromResult((long)next.ExecuteScalar()!); // its row is there from the first migration on
    }

    public override Task SetNumberAsync(long last, CancellationToken ct)
    {
        set.Transaction = Store.Database.CurrentTransaction!.GetDbTransaction();
        set.Parameters[0].Value = last;
        set.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public override void Committed()
    {
        if (leaves) outbox.Ring();
    }

    public override async ValueTask DisposeAsync()
    {
        await saves.DisposeAsync();
        await next.DisposeAsync();
        await set.DisposeAsync();
        await base.DisposeAsync(); // a transaction that was left goes with it
    }

    public override async Task SaveAsync(CancellationToken ct) => leaves |= (await saves.SaveAsync(ct)).Any(row => row is OutboxMessage);
}
