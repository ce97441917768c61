using System.Text.Json;
using Contracts;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Proof.Verification;

/// <summary>A checkpoint as it is sent elsewhere: whoever cuts the end off the trail cannot cut it off there.</summary>
internal sealed record Anchor(string Line, IReadOnlyList<CheckpointSignature> Signatures);

internal static class Anchors
{
    /// <summary>Each checkpoint that was sent elsewhere must be in the store, letter for letter.</summary>
    /// <param name="lines">Each an <see cref="Anchor"/> as JSON; others are passed over, for files that hold more.</param>
    public static async Task CheckAsync(IAsyncEnumerable<string> lines, IDbContextFactory<GatewayStore> stores, TrailReport report, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await foreach (var line in lines.WithCancellation(ct))
        {
            if (Read(line) is not { } statement) continue;
            var stored = await store.Set<Checkpoint>().AsNoTracking().Where(c => c.Number == statement.Number).Select(c => c.Line).SingleOrDefaultAsync(ct);
            if (stored is null)
                report.Add(new TrailFault(FaultKind.CutOff, $"Checkpoint {statement.Number} of {statement.At:u}, which was sent elsewhere, is not in the trail: its end was cut off, with {statement.Total:N0} entries until then.", Checkpoint: statement.Number));
            else if (stored != statement.ToLine())
                report.Add(new TrailFault(FaultKind.CheckpointChanged, $"Checkpoint {statement.Number} is not the one that was sent elsewhere.", Checkpoint: statement.Number));
        }
    }

    private static CheckpointStatement? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Anchor>(line, JsonWire.Options) is { Line: { } statement } ? CheckpointStatement.Read(statement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
