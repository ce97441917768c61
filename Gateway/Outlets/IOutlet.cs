namespace Gateway.Outlets;

/// <summary>A way out of the trail. One batch at a time, in order; each batch may come twice, none is left out.</summary>
internal interface IOutlet
{
    string Name { get; }

    /// <summary>Returns when the receiver has all of it, as far as its protocol lets anybody know; throws otherwise.</summary>
    Task SendAsync(OutletBatch batch, CancellationToken ct);
}

/// <summary>The receiver answered, and did not accept.</summary>
internal sealed class OutletRefusedException(string message) : Exception(message);
