using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.Masking.MadeUp;

namespace Gateway.Search;

/// <summary>Keyed hashes of what is looked for: HMAC-SHA-256 with a secret of the installation, cut to what an index needs.</summary>
internal sealed class SearchHash(byte[] key)
{
    /// <summary>Of a prompt; what is longer is found by its first words.</summary>
    public const int MostWords = 4_000;
    private const int LongestWord = 64;
    private const int WordBytes = 4;

    /// <summary>In UTF-16 units, with what it is hashed as.</summary>
    private const int Short = 128;

    /// <summary>Keyed already: to take the key anew for every word is most of what a word costs.</summary>
    private readonly ConcurrentBag<IncrementalHash> idle = [];

    /// <summary>The same for every way of writing the same value.</summary>
    public long OfValue(string type, string value) => Hash("value", type, WrittenValue.Plain(type, value.Trim()));

    /// <summary>The same however it is spaced and in whatever case it is written.</summary>
    public long OfText(string text) => Hash("text", "", string.Join(' ', Words(text)));

    /// <summary>In order of their size, each once.</summary>
    public uint[] OfWords(IEnumerable<string> texts)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in texts.SelectMany(Words))
        {
            if (words.Count == MostWords) break;
            words.Add(word);
        }
        uint[] hashes = [.. words.Select(word => (uint)Hash("word", "", word)).Distinct()];
        Array.Sort(hashes);
        return hashes;
    }

    public static byte[] ToBytes(uint[] words)
    {
        var bytes = new byte[words.Length * WordBytes];
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * WordBytes), words[i]);
        return bytes;
    }

    /// <summary>How many of the words looked for are in a prompt. Both are in order.</summary>
    public static int Common(ReadOnlySpan<uint> sought, ReadOnlySpan<byte> prompt)
    {
        var (common, at) = (0, 0);
        for (var i = 0; i + WordBytes <= prompt.Length && at < sought.Length;)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(prompt[i..]);
            if (word == sought[at])
            {
                common++;
                at++;
                i += WordBytes;
            }
            else if (word < sought[at]) i += WordBytes;
            else at++;
        }
        return common;
    }

    /// <summary>Letters and digits that stand together, in lower case.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var from = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inWord = i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]) || CharUnicodeInfo.GetUnicodeCategory(text[i]) == UnicodeCategory.NonSpacingMark);
            if (inWord && from < 0) from = i;
            if (inWord || from < 0) continue;
            yield return text[from..Math.Min(i, from + LongestWord)].ToLowerInvariant();
            from = -1;
        }
    }

    private long Hash(string kind, string type, string text)
    {
        var said = $"{kind}\n{type}\n{text}";
        var bytes = said.Length <= Short ? stackalloc byte[Short * 3] : new byte[Encoding.UTF8.GetMaxByteCount(said.Length)];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!idle.TryTake(out var hmac)) hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(bytes[..Encoding.UTF8.GetBytes(said, bytes)]);
        hmac.GetHashAndReset(hash);
        idle.Add(hmac);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
