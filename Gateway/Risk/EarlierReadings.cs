using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Contracts;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Risk;

/// <summary>
/// What was found in texts that the same caller sent a while ago: a conversation brings all its earlier turns along with each
/// call, and only the newest has to be read. Kept by digest, so no word of a text stays here, and for one caller alone, so
/// that nobody learns from the time of an answer what others have sent.
/// </summary>
internal sealed class EarlierReadings : IDisposable
{
    /// <summary>What is shorter is read again in the time that a look here takes.</summary>
    private const int Shortest = 64;

    /// <summary>Texts without findings count one, and one more for each finding: some 20 MB at most.</summary>
    private const int Most = 50_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(15);
    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <param name="read">Reads the text. A fault it reports is not kept.</param>
    public List<Finding> Of(string? caller, PromptPart part, Func<PromptPart, List<Finding>> read)
    {
        if (caller is null || part.Text.Length < Shortest) return read(part);
        var key = Digest.Of(caller, part);
        if (known.TryGetValue(key, out Finding[]? earlier)) return [.. earlier!.Select(finding => finding with { Path = part.Path })]; // none is kept that is null
        var found = read(part);
        if (!found.Exists(finding => finding.Category == RiskCategory.Fault))
            known.Set(key, found.ToArray(), new MemoryCacheEntryOptions { Size = 1 + found.Count, SlidingExpiration = KeptFor });
        return found;
    }

    public void Dispose() => known.Dispose();

    /// <summary>SHA-256 over who sent the text, who speaks in it, and the text, each behind its length.</summary>
    private readonly record struct Digest(UInt128 First, UInt128 Second)
    {
        public static Digest Of(string caller, PromptPart part)
        {
            string[] words = [caller, part.Role, part.Kind, part.Text];
            var buffer = ArrayPool<char>.Shared.Rent(words.Sum(word => word.Length + 2));
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
