using Shared;

namespace Gateway.Audit;

/// <summary>Makes entries links of a chain for whoever saves them past the change tracker; everybody else's are made such as they are saved.</summary>
internal interface IEntryChains
{
    /// <summary>Takes a chain and stores the entries as its next links, in the transaction under way.</summary>
    Links Continue(PlainConnection connection, IReadOnlyList<TrailEntry> entries);

    /// <summary>The transaction has committed, so the chain may go on.</summary>
    void GiveBack(Links saved);
}

/// <summary>The end of a chain behind what was stored as its links.</summary>
internal sealed record Links(Guid Chain, long Position, byte[] Head);
