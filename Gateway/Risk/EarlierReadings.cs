using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Contracts;

namespace Gateway.Risk;

/// <summary>
/// What was found in texts that the same caller sent a while ago: a conversation brings all its earlier turns along with each
/// call, and only the newest has to be read. Kept by digest, so no word of a text stays here, and for one caller alone, so
/// that nobody learns from the time of an answer what others have sent.
/// </summary>
internal sealed class EarlierReadings(TimeProvider? clock = null)
{
    /// <summary>What is shorter is read again in the time that a look here takes.</summary>
    private const int Shortest = 64;

    /// <summary>Texts without findings count one, and one more for each finding: some 20 MB at most.</summary>
    private const int Most = 50_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(15);
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Lock turn = new();

    /// <summary>
    /// What was asked for lately, and before that. When the newer is half of all, or half the time is over, it becomes the older
    /// and the older goes: nothing is ever put in order, and what nobody asks for goes within the time.
    /// </summary>
    private Dictionary<Digest, Finding[]> newer = [], older = [];

    private int counted;
    private long turnedAt;

    /// <param name="read">Reads the text. A fault it reports is not kept.</param>
    public List<Finding> Of(string? caller, PromptPart part, Func<PromptPart, List<Finding>> read)
    {
        if (caller is null || part.Text.Length < Shortest) return read(part);
        var key = Digest.Of(caller, part);
        if (Known(key) is { } earlier) return [.. earlier.Select(finding => finding with { Path = part.Path })];
        var found = read(part);
        if (!found.Exists(static finding => finding.Category == RiskCategory.Fault)) Keep(key, [.. found]);
        return found;
    }

    private Finding[]? Known(Digest key)
    {
        lock (turn)
        {
            TurnWhenDue();
            if (newer.TryGetValue(key, out var found)) return found;
            if (!older.Remove(key, out found)) return null;
            Count(key, found);
            return found;
        }
    }

    private void Keep(Digest key, Finding[] found)
    {
        lock (turn) Count(key, found);
    }

    private void Count(Digest key, Finding[] found)
    {
        var size = 1 + found.Length;
        if (size > Most / 2) return;
        if (counted + size > Most / 2) Turn();
        if (newer.TryAdd(key, found)) counted += size;
    }

    private void TurnWhenDue()
    {
        var half = KeptFor / 2;
        if (clock.GetElapsedTime(turnedAt) < half) return;
        if (clock.GetElapsedTime(turnedAt) >= KeptFor) newer.Clear(); // nobody has asked for so long
        Turn();
    }

    private void Turn()
    {
        (older, newer) = (newer, older);
        newer.Clear();
        (counted, turnedAt) = (0, clock.GetTimestamp());
    }

    /// <summary>SHA-256 over who sent the text, who speaks in it, and the text, each behind its length.</summary>
    private readonly record struct Digest(UInt128 First, UInt128 Second)
    {
        public static Digest Of(string caller, PromptPart part)
        {
            ReadOnlySpan<string> words = [caller, part.Role, part.Kind, part.Text];
            var buffer = ArrayPool<char>.Shared.Rent(caller.Length + part.Role.Length + part.Kind.Length + part.Text.Length + (2 * words.Length));
            try
            {
                var at = 0;
                foreach (var word in words)
                {
                    (buffer[at++], buffer[at++]) = ((char)(word.Length >> 16), (char)word.Length);
                    word.CopyTo(buffer.AsSpan(at));
                    at += word.Length;
                }
                Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
                SHA256.HashData(MemoryMarshal.AsBytes(buffer.AsSpan(0, at)), digest);
                return new(MemoryMarshal.Read<UInt128>(digest), MemoryMarshal.Read<UInt128>(digest[16..]));
            }
            finally
            {
                ArrayPool<char>.Shared.Return(buffer, clearArray: true); // it holds a prompt's text
            }
        }
    }
}
