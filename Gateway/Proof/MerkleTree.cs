using System.Security.Cryptography;

namespace Gateway.Proof;

/// <summary>The Merkle tree hash of RFC 9162, 2.1.1, over SHA-256: leaves and nodes are told apart by their first byte.</summary>
internal static class MerkleTree
{
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <param name="leaves">Hashes, one after the other.</param>
    /// <exception cref="ArgumentException">Not a whole number of them.</exception>
    public static byte[] RootOf(ReadOnlySpan<byte> leaves)
    {
        if (leaves.Length % HashLength != 0) throw new ArgumentException("The leaves must be whole hashes.");
        if (leaves.Length == 0) return SHA256.HashData([]);
        var root = new byte[HashLength];
        Hash(leaves, root);
        return root;
    }

    private static void Hash(ReadOnlySpan<byte> leaves, Span<byte> hash)
    {
        Span<byte> joined = stackalloc byte[1 + (2 * HashLength)];
        var count = leaves.Length / HashLength;
        if (count == 1)
        {
            joined[0] = 0;
            leaves.CopyTo(joined[1..]);
            SHA256.HashData(joined[..(1 + HashLength)], hash);
            return;
        }
        // The largest power of two below the count.
        var left = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count) / 2 * HashLength;
        joined[0] = 1;
        Hash(leaves[..left], joined.Slice(1, HashLength));
        Hash(leaves[left..], joined.Slice(1 + HashLength, HashLength));
        SHA256.HashData(joined, hash);
    }
}
