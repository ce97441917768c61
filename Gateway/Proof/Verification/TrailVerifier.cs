namespace Gateway.Proof.Verification;

/// <summary>
/// Checks a trail against its signed checkpoints, and says where and how it is broken. Each checkpoint names the one before it,
/// so a trusted signature under the last vouches for all; its root proves the hashes beside it, and those say exactly which
/// entry is not what it was.
/// </summary>
/// <param name="trusted">Public keys that whoever asks has from somewhere else than the trail.</param>
internal sealed class TrailVerifier(ITrailSource source, IReadOnlyList<SigningKey> trusted)
{
    private readonly TrailReport report = new();
    private readonly Dictionary<Guid, ChainEnd> covered = [];
    private readonly Dictionary<Guid, TrailFault> missingEnds = [];
    private readonly CheckpointKeys keys = new(trusted);
    private CheckpointStatement? last;
    private string? lastHash;
    private long provenUntil;
    private long signedUntil;

    /// <summary>Whether the checkpoint before the one that is looked at is missing or cannot be read.</summary>
    private bool lost;

    public async Task<TrailReport> RunAsync(CancellationToken ct)
    {
        await foreach (var checkpoint in source.CheckpointsAsync(ct)) await CheckAsync(checkpoint, ct);
        foreach (var missing in missingEnds.Values) report.Add(missing with { Kind = FaultKind.CutOff, Says = $"{missing.Says} They were the last of their chain." });
        CheckTrust();
        report.Chains = covered.Count;
        await source.FinishAsync(covered, report, ct);
        return report;
    }

    /// <summary>Whether somebody trusted vouches for the checkpoints so far.</summary>
    private void CheckTrust()
    {
        if (last is not null && provenUntil < signedUntil)
        {
            report.Add(new TrailFault(FaultKind.KeyNotTrusted, provenUntil == 0
                ? $"No checkpoint is signed with a key you trust. The last is signed with {keys.IdOf(last)}: get its public key from whoever runs the gateway, and give it with --key."
                : $"The checkpoints after {provenUntil} are signed with {keys.IdOf(last)}, which the key before it does not vouch for: get its public key from whoever runs the gateway, and give it with --key.", Checkpoint: last.Number));
        }
    }

    private async Task CheckAsync(Checkpoint checkpoint, CancellationToken ct)
    {
        report.Checkpoints++;
        if (CheckpointStatement.Read(checkpoint.Line) is not { } statement || statement.Number != checkpoint.Number)
        {
            report.Add(new TrailFault(FaultKind.CheckpointChanged, $"Checkpoint {checkpoint.Number} is not as a checkpoint is written.", Checkpoint: checkpoint.Number));
            lastHash = null;
            last = last is null ? null : last with { Number = last.Number + 1 }; // it stands for one
            return;
        }
        if (last is not null && statement.Number <= last.Number)
        {
            report.Add(new TrailFault(FaultKind.CheckpointAdded, $"Checkpoint {statement.Number} comes after {last.Number}: it is there twice, or not in its place.", Checkpoint: statement.Number));
            return;
        }
        CheckPlace(statement);
        var signed = CheckSignatures(checkpoint, statement);
        CheckCounts(statement);
        await CheckEntriesAsync(checkpoint, statement, signed, ct);
        if (report.FirstCheckpoint == 0) (report.FirstCheckpoint, report.From) = (statement.Number, statement.At);
        (report.LastCheckpoint, report.Until) = (statement.Number, statement.At);
        (last, lastHash) = (statement, CheckpointStatement.HashOf(checkpoint.Line));
    }

    /// <summary>Its number, and that it names the one before it.</summary>
    private void CheckPlace(CheckpointStatement statement)
    {
        var expected = last is { } before ? before.Number + 1 : source.FromTheBeginning ? 1 : statement.Number;
        lost = statement.Number != expected || (lastHash is null && last is not null);
        if (statement.Number > expected && !source.Whole)
        {
            // Those in between hold nothing that belongs here. Without them a later one does not vouch for an earlier: each is looked at alone.
            CheckTrust();
            provenUntil = signedUntil;
        }
        else if (statement.Number != expected)
        {
            report.Add(new TrailFault(FaultKind.CheckpointMissing, expected == statement.Number - 1 ? $"Checkpoint {expected} is missing." : $"Checkpoints {expected} to {statement.Number - 1} are missing.", Checkpoint: expected));
        }
        else if (lastHash is not null && statement.Previous != lastHash)
            report.Add(new TrailFault(FaultKind.CheckpointChanged, $"Checkpoint {last!.Number} is not the one that checkpoint {statement.Number} names as the one before it.", Checkpoint: last.Number)); // there is a hash of it
        else if (statement.Number == 1 && statement.Previous is not null)
            report.Add(new TrailFault(FaultKind.CheckpointMissing, "The first checkpoint names one before it.", Checkpoint: 0));
    }

    private bool CheckSignatures(Checkpoint checkpoint, CheckpointStatement statement)
    {
        if (keys.Check(checkpoint, statement) is not { } signer)
        {
            report.Add(new TrailFault(FaultKind.CheckpointChanged, $"The signature of checkpoint {statement.Number} does not fit it: one of the two was changed.", Checkpoint: statement.Number));
            return false;
        }
        if (!report.Keys.Contains(signer.Key)) report.Keys.Add(signer.Key);
        signedUntil = statement.Number;
        if (signer.Trusted) provenUntil = statement.Number;
        return true;
    }

    private void CheckCounts(CheckpointStatement statement)
    {
        if (statement.Unchained is { } unchained) report.Unchained = unchained;
        if (last is not null && !lost && statement.Total != last.Total + statement.Ranges.Sum(range => range.Count))
            report.Add(new TrailFault(FaultKind.CheckpointChanged, $"Checkpoint {statement.Number} counts {statement.Total:N0} entries where it and those before it cover {last.Total + statement.Ranges.Sum(range => range.Count):N0}.", Checkpoint: statement.Number));
    }

    private async Task CheckEntriesAsync(Checkpoint checkpoint, CheckpointStatement statement, bool signed, CancellationToken ct)
    {
        var proven = checkpoint.Leaves.Length == statement.Ranges.Sum(range => range.Count) * MerkleTree.HashLength
            && Convert.ToHexStringLower(MerkleTree.RootOf(checkpoint.Leaves)) == statement.Root;
        if (!proven)
        {
            report.Add(new TrailFault(FaultKind.CheckpointChanged, signed
                ? $"The hashes that checkpoint {statement.Number} was made of are not those it signed. Its entries are checked by their chains alone."
                : $"Checkpoint {statement.Number} and the hashes beside it do not fit. Its entries are checked by their chains alone.", Checkpoint: statement.Number));
        }
        var first = 0L;
        foreach (var range in statement.Ranges)
        {
            if (covered.TryGetValue(range.Chain, out var end) ? end.Position + 1 != range.From : source.FromTheBeginning && range.From != 1)
            {
                // Where a checkpoint is gone, nothing says what it covered.
                if (lost && source.Whole) report.Uncovered += await source.EntriesAsync(range.Chain, (end?.Position ?? 0) + 1, range.From - 1, ct).CountAsync(ct);
                else if (!lost) report.Add(new TrailFault(FaultKind.CheckpointChanged, $"Checkpoint {statement.Number} covers {Name(range.Chain)} from {range.From}, where the ones before it end at {end?.Position ?? 0}.", range.Chain, range.From, statement.Number));
                end = null;
            }
            var leaves = proven ? new RangeLeaves(checkpoint.Leaves, first, range, end?.Hash ?? []) : null;
            if (leaves is not null) await CheckRangeAsync(range, leaves, statement.Number, ct);
            else await FollowRangeAsync(range, end?.Hash ?? [], statement.Number, ct);
            covered[range.Chain] = new ChainEnd(range.To, leaves?.Of(range.To).ToArray() ?? HashOf(range));
            first += range.Count;
        }
    }

    private static byte[] HashOf(ChainRange range)
    {
        try
        {
            return Convert.FromHexString(range.Hash);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    /// <summary>Each entry against the hash that the checkpoint signed.</summary>
    private async Task CheckRangeAsync(ChainRange range, RangeLeaves leaves, long checkpoint, CancellationToken ct)
    {
        var next = range.From;
        await foreach (var entry in source.EntriesAsync(range.Chain, range.From, range.To, ct))
        {
            Missing(range, next, entry.Position - 1, checkpoint, atTheEnd: false);
            next = entry.Position + 1;
            if (entry.Hash(leaves.Before(entry.Position)).AsSpan().SequenceEqual(leaves.Of(entry.Position))) report.Proven++;
            else report.Add(Wrong(entry, range, leaves, checkpoint));
        }
        if (next > range.From) EndsLater(range.Chain);
        Missing(range, next, range.To, checkpoint, atTheEnd: true);
    }

    /// <summary>More of the chain came: what was missing before is missing inside it.</summary>
    private void EndsLater(Guid chain)
    {
        if (missingEnds.Remove(chain, out var inside)) report.Add(inside);
    }

    private TrailFault Wrong(LinkedEntry entry, ChainRange range, RangeLeaves leaves, long checkpoint)
    {
        // Each place is a hash to make; where nothing fits, nobody reads the thousandth line.
        for (var place = range.From; place <= range.To && report.FaultCount < TrailReport.MostFaults; place++)
        {
            if (place != entry.Position && entry.HashAt(place, leaves.Before(place)) is { } there && leaves.Of(place).SequenceEqual(there))
                return new TrailFault(FaultKind.EntryMoved, $"Entry {entry.Position} of {Name(range.Chain)} is the one that was recorded as entry {place}.", range.Chain, entry.Position, checkpoint);
        }
        return new TrailFault(FaultKind.EntryChanged, $"Entry {entry.Position} of {Name(range.Chain)} was changed: it is not what checkpoint {checkpoint} signed.", range.Chain, entry.Position, checkpoint);
    }

    private void Missing(ChainRange range, long from, long to, long checkpoint, bool atTheEnd)
    {
        if (from > to) return;
        if (!source.Whole)
        {
            report.LeftOut += to - from + 1;
            return;
        }
        var which = from == to ? $"Entry {from} of {Name(range.Chain)} is missing." : $"Entries {from} to {to} of {Name(range.Chain)} are missing.";
        var fault = new TrailFault(FaultKind.EntryMissing, which, range.Chain, from, checkpoint);
        // Whether the chain was cut off there shows when nothing more of it comes.
        if (!atTheEnd) report.Add(fault);
        else if (!missingEnds.TryAdd(range.Chain, fault)) missingEnds[range.Chain] = missingEnds[range.Chain] with { Says = $"Entries {missingEnds[range.Chain].Position} to {to} of {Name(range.Chain)} are missing." };
    }

    /// <summary>Where no signed hashes are left: the chain from the last one that was, and where it stops to fit.</summary>
    private async Task FollowRangeAsync(ChainRange range, byte[] previous, long checkpoint, CancellationToken ct)
    {
        if (!source.Whole)
        {
            report.LeftOut += range.Count;
            return;
        }
        var next = range.From;
        var found = false;
        await foreach (var entry in source.EntriesAsync(range.Chain, range.From, range.To, ct))
        {
            Missing(range, next, entry.Position - 1, checkpoint, atTheEnd: false);
            found |= entry.Position != next;
            next = entry.Position + 1;
            previous = entry.Hash(previous);
            if (entry.Kept is { } stored && !previous.AsSpan().SequenceEqual(stored))
            {
                report.Add(new TrailFault(FaultKind.EntryChanged, $"Entry {entry.Position} of {Name(range.Chain)} was changed: it does not fit its own hash.", range.Chain, entry.Position, checkpoint));
                found = true;
                previous = stored;
            }
        }
        if (next > range.From) EndsLater(range.Chain);
        Missing(range, next, range.To, checkpoint, atTheEnd: true);
        if (!found && next > range.To && !previous.AsSpan().SequenceEqual(HashOf(range)))
            report.Add(new TrailFault(FaultKind.EntryChanged, $"One or more of the entries {range.From} to {range.To} of {Name(range.Chain)} were changed, with all that follow: the chain ends in another hash than checkpoint {checkpoint} says.", range.Chain, range.From, checkpoint));
    }

    internal static string Name(Guid chain) => $"chain {chain.ToString("N")[^8..]}";

    /// <summary>A range's part of a checkpoint's leaves.</summary>
    private sealed class RangeLeaves(byte[] all, long first, ChainRange range, byte[] previous)
    {
        public ReadOnlySpan<byte> Of(long position) => all.AsSpan((int)(first + position - range.From) * MerkleTree.HashLength, MerkleTree.HashLength);

        /// <summary>The hash that the entry at this position names as the one before it.</summary>
        public ReadOnlySpan<byte> Before(long position) => position == range.From ? previous : Of(position - 1);
    }
}
