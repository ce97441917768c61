using Gateway.Storage;

namespace Gateway.Audit;

/// <summary>Makes entries links of a chain for whoever saves them past the change tracker; everybody else's are made such as they are saved.</summary>
internal interface IEntryChains
{
    /// <summary>Takes a chain and moves its end, in the transaction that the store is in.</summary>
    Task<Links> ContinueAsync(GatewayStore store, IReadOnlyList<TrailEntry> entries);

    /// <summary>The transaction has committed, so the chain may go on.</summary>
    void GiveBack(Links saved);
}

/// <summary>Entries as they are to be stored, and the end of their chain behind them.</summary>
internal sealed record Links(IReadOnlyList<TrailEntry> Entries, Guid Chain, long Position, byte[] Head);
