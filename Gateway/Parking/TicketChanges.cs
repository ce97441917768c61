using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Parking;

/// <summary>The one way in which a ticket becomes another: a conditional write, with whatever else is to be stored with it.</summary>
internal sealed class TicketChanges(IDbContextFactory<GatewayStore> stores, KeptStores<GatewayStore> kept, TicketWriter writer)
{
    private const int Tries = 8;

    private readonly Func<GatewayStore, string, CancellationToken, Task<Ticket>> read =
        EF.CompileAsyncQuery((GatewayStore store, string id, CancellationToken _) => store.Set<Ticket>().AsNoTracking().Single(ticket => ticket.Id == id));

    /// <summary>One conditional write; on a lost race the change is made again on what is there now.</summary>
    /// <param name="change">Says whether to write, and adds the rows that are stored with the ticket.</param>
    /// <param name="known">The ticket as it was read before: only should it be another by now, it is read again.</param>
    public async Task MakeAsync(string ticketId, Func<List<object>, Ticket, bool> change, CancellationToken ct, Ticket? known = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var store = await stores.CreateDbContextAsync(ct);
            var ticket = known is not null && attempt == 1 ? store.Attach(known).Entity : await store.Set<Ticket>().SingleAsync(t => t.Id == ticketId, ct);
            List<object> rows = [];
            if (!change(rows, ticket))
            {
                if (ticket == known) continue; // a no counts only of what is there now
                return;
            }
            store.AddRange(rows);
            try
            {
                using var turn = await store.TakeTurnAsync(ct);
                await store.SaveChangesAsync(ct);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Tries)
            {
                // Somebody else was first: decide again on their row.
            }
        }
    }

    /// <summary>
    /// The same for what a release goes through: who decides, claims and settles changes none but the columns that <see cref="TicketWriter"/> writes, and
    /// only adds other rows. By the hundred a second, on SQLite these are written past the mapper.
    /// </summary>
    public async Task StepAsync(string ticketId, Func<List<object>, Ticket, bool> change, CancellationToken ct, Ticket? known = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var ticket = attempt == 1 ? known : null;
            bool plain;
            await using (var lent = await kept.LendAsync(ct)) // and given back before the write is waited for
            {
                plain = lent.Store.IsOnSqlite();
                if (plain) ticket ??= await read(lent.Store, ticketId, ct);
            }
            if (ticket is not { Known: null } || !plain) // the decision of a known case is its end, which changes more
            {
                await MakeAsync(ticketId, change, ct, plain ? null : known);
                return;
            }
            var version = ticket.Version;
            List<object> rows = [];
            if (!change(rows, ticket))
            {
                if (ticket == known) continue;
                return;
            }
            if (await writer.WriteAsync(new TicketChange(ticket, version, rows))) return;
            if (attempt >= Tries) throw new DbUpdateConcurrencyException($"Ticket {ticketId} was changed by somebody else each of {Tries} times.");
        }
    }
}
