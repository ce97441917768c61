using System.Runtime.CompilerServices;
using System.Text.Json;
using Gateway.Proof;
using Gateway.Proof.Verification;

namespace Gateway.Evidence;

/// <summary>The trail of an exported bundle. Whoever sent it may have changed anything; each line says itself where it belongs.</summary>
internal sealed class BundleTrail : ITrailSource
{
    private const byte LineEnd = (byte)'\n';
    private readonly ReadOnlyMemory<byte> text;
    private readonly IReadOnlyList<Checkpoint> checkpoints;
    private readonly Dictionary<(Guid Chain, long Position), HeldLine> lines = [];

    /// <summary>In order, so that what is asked for is as much work as there are lines, whatever a checkpoint claims.</summary>
    private readonly Dictionary<Guid, List<long>> positions;
    private readonly List<TrailFault> unreadable = [];
    private readonly List<(Guid Chain, long Position, int Number)> twice = [];

    /// <summary>The line numbers in the order in which they were asked for.</summary>
    private readonly List<(int Number, Guid Chain, long Position)> asked = [];

    /// <param name="text">Lines of entries.</param>
    /// <param name="whole">Whether all entries of the checkpoints are claimed to be in it.</param>
    public BundleTrail(ReadOnlyMemory<byte> text, IReadOnlyList<Checkpoint> checkpoints, bool whole)
    {
        (this.text, this.checkpoints, Whole) = (text, checkpoints, whole);
        FromTheBeginning = checkpoints.Count > 0 && CheckpointStatement.Read(checkpoints[0].Line) is { Number: 1 };
        for (var (start, number) = (0, 1); start < text.Length; number++)
        {
            var end = text.Span[start..].IndexOf(LineEnd) is var found and >= 0 ? start + found : text.Length;
            Hold(start, end - start, number);
            start = end + 1;
        }
        positions = lines.Keys.GroupBy(place => place.Chain).ToDictionary(chain => chain.Key, chain => chain.Select(place => place.Position).Order().ToList());
    }

    public bool FromTheBeginning { get; }
    public bool Whole { get; }

    public async IAsyncEnumerable<Checkpoint> CheckpointsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var checkpoint in checkpoints) yield return checkpoint;
    }

    public async IAsyncEnumerable<LinkedEntry> EntriesAsync(Guid chain, long from, long to, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        if (!positions.TryGetValue(chain, out var held)) yield break;
        var first = held.BinarySearch(from);
        for (var at = first < 0 ? ~first : first; at < held.Count && held[at] <= to; at++)
        {
            var position = held[at];
            var line = lines[(chain, position)];
            asked.Add((line.Number, chain, position));
            yield return new LinkedEntry.Line(chain, position, text.Slice(line.Start, line.Length));
        }
    }

    public Task FinishAsync(IReadOnlyDictionary<Guid, ChainEnd> covered, TrailReport report, CancellationToken ct)
    {
        unreadable.ForEach(report.Add);
        foreach (var (chain, position, number) in twice)
            report.Add(new TrailFault(FaultKind.EntryAdded, $"Line {number} is entry {position} of {TrailVerifier.Name(chain)} once more.", chain, position));
        var used = asked.Select(line => line.Number).ToHashSet();
        foreach (var ((chain, position), line) in lines.Where(line => !used.Contains(line.Value.Number)))
            report.Add(new TrailFault(FaultKind.EntryAdded, $"Line {line.Number} was added: no checkpoint covers entry {position} of {TrailVerifier.Name(chain)}.", chain, position));

        // Each is what was signed, and stands where another one was written.
        foreach (var (line, written) in asked.Zip(used.Order()).Where(pair => pair.First.Number != pair.Second))
            report.Add(new TrailFault(FaultKind.EntryMoved, $"Entry {line.Position} of {TrailVerifier.Name(line.Chain)} is not in its place: it is in line {line.Number}.", line.Chain, line.Position));
        return Task.CompletedTask;
    }

    private void Hold(int start, int length, int number)
    {
        if (length == 0) return;
        if (PlaceOf(text.Slice(start, length)) is not { } place)
            unreadable.Add(new TrailFault(FaultKind.EntryChanged, $"Line {number} is no entry any more."));
        else if (!lines.TryAdd(place, new HeldLine(start, length, number)))
            twice.Add((place.Chain, place.Position, number));
    }

    private static (Guid Chain, long Position)? PlaceOf(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 2 });
            var root = json.RootElement;
            return root.TryGetProperty("chain", out var chain) && root.TryGetProperty("position", out var position) && Guid.TryParseExact(chain.GetString(), "N", out var id) && position.TryGetInt64(out var at) ? (id, at) : null;
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private readonly record struct HeldLine(int Start, int Length, int Number);
}
