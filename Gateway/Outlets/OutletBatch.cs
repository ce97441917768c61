namespace Gateway.Outlets;

/// <summary>One thing of the trail on its way out. It holds what the trail holds: never the text of a prompt or an answer.</summary>
/// <param name="Json">What is sent for it: one JSON object on one line, the same each time.</param>
internal abstract record OutletItem(DateTimeOffset At, ReadOnlyMemory<byte> Json)
{
    /// <summary>Tells it from every other of this installation.</summary>
    public abstract string Id { get; }

    /// <param name="Hash">As the checkpoint that covers it has it, in hexadecimal.</param>
    /// <param name="Kind">Null where the store no longer has the entry, though a checkpoint covers it.</param>
    internal sealed record Entry(DateTimeOffset At, ReadOnlyMemory<byte> Json, Guid Chain, long Position, string Hash, string? Kind, string? Interaction, string? Ticket) : OutletItem(At, Json)
    {
        public override string Id => $"{Chain:N}/{Position}";
    }

    internal sealed record Signed(DateTimeOffset At, ReadOnlyMemory<byte> Json, long Number) : OutletItem(At, Json)
    {
        public override string Id => $"checkpoint/{Number}";
    }
}

/// <summary>How far an outlet has come.</summary>
/// <param name="Checkpoint">The last that was sent with everything it covers; 0 before the first.</param>
/// <param name="Entries">How many of those that the next one covers were sent already.</param>
/// <param name="Hash">Of that last checkpoint's line: the next one must name it.</param>
internal sealed record OutletPlace(long Checkpoint, int Entries, string? Hash);

/// <param name="Until">Where the outlet is when all of them are accepted.</param>
/// <param name="Wrong">What of it is not as it was signed.</param>
internal sealed record OutletBatch(IReadOnlyList<OutletItem> Items, OutletPlace Until, IReadOnlyList<string> Wrong);
