using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Gateway.Texts;

/// <summary>Wraps the keys of texts. What a key management service does: the key itself need not be where this runs.</summary>
internal interface IMasterKey
{
    /// <summary>Stays with what it has wrapped.</summary>
    string Id { get; }

    byte[] Wrap(byte[] key);

    /// <exception cref="CryptographicException">It is not what this key has wrapped.</exception>
    byte[] Unwrap(byte[] wrapped);
}

/// <summary>The one that wraps now, and all that have.</summary>
internal sealed class MasterKeys
{
    private readonly Dictionary<string, IMasterKey> byId;

    public MasterKeys(IEnumerable<IMasterKey> others, IDataProtectionProvider protection, IOptions<TextOptions> options, TimeProvider clock)
    {
        List<IMasterKey> all = [.. others, .. options.Value.MasterKeys.Select(key => new ConfiguredMaster(key)), new DataProtectionMaster(protection, clock)];
        (Current, byId) = (all[0], all.ToDictionary(key => key.Id));
    }

    public IMasterKey Current { get; }

    /// <exception cref="CryptographicException">Nobody has configured the key that it is wrapped with.</exception>
    public byte[] Unwrap(TextKey key) => byId.TryGetValue(key.MasterKey, out var master) ? master.Unwrap(key.Wrapped)
        : throw new CryptographicException($"The text key {key.Id} is wrapped with the master key '{key.MasterKey}', which is not among Texts:MasterKeys.");
}

/// <summary>
/// ASP.NET Data Protection: keys rotate every 90 days, and old ones go on unwrapping. It protects a wrapping key of this process, a
/// new one each day, and that one wraps: one cipher for each text's key instead of Data Protection's derivation of keys for each.
/// </summary>
/// <remarks>What is wrapped: 1, the length of the protected wrapping key (two bytes, little endian), it, and the text's key sealed with it.</remarks>
internal sealed class DataProtectionMaster(IDataProtectionProvider protection, TimeProvider clock) : IMasterKey
{
    public const string Name = "data-protection";

    /// <summary>What Data Protection itself made, before there were wrapping keys, begins with a 9.</summary>
    private const byte ByWrappingKey = 1;
    private const int Head = 3;

    /// <summary>Wrapping keys that are kept open; behind them each costs an unprotection more.</summary>
    private const int MostOpen = 256;
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);
    private readonly IDataProtector protector = protection.CreateProtector("Approvals.Gateway.TextKeys.v1");
    private readonly ConcurrentDictionary<string, byte[]> open = new(StringComparer.Ordinal);
    private WrappingKey? current;

    public string Id => Name;

    public byte[] Wrap(byte[] key)
    {
        var now = clock.GetUtcNow();
        var with = current is { } mine && now < mine.Until ? mine : current = Make(now); // several at once may each make one
        return [.. with.Head, .. Sealing.Seal(with.Key, key, [])];
    }

    public byte[] Unwrap(byte[] wrapped)
    {
        if (wrapped is not [ByWrappingKey, ..]) return protector.Unprotect(wrapped);
        var sealedAt = wrapped.Length < Head ? int.MaxValue : Head + BinaryPrimitives.ReadUInt16LittleEndian(wrapped.AsSpan(1));
        if (sealedAt > wrapped.Length) throw new CryptographicException("These bytes are too few to be a wrapped key.");
        return Sealing.Open(KeyOf(wrapped[Head..sealedAt]), wrapped.AsSpan(sealedAt), []);
    }

    private byte[] KeyOf(byte[] protectedKey)
    {
        var name = Convert.ToBase64String(protectedKey);
        if (open.TryGetValue(name, out var known)) return known;
        if (open.Count >= MostOpen) open.Clear();
        return open[name] = protector.Unprotect(protectedKey);
    }

    private WrappingKey Make(DateTimeOffset now)
    {
        var key = RandomNumberGenerator.GetBytes(Sealing.KeyBytes);
        var protectedKey = protector.Protect(key);
        var length = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(length, checked((ushort)protectedKey.Length));
        return new WrappingKey(key, [ByWrappingKey, .. length, .. protectedKey], now + Life);
    }

    private sealed record WrappingKey(byte[] Key, byte[] Head, DateTimeOffset Until);
}

/// <summary>A key of the settings, as whoever runs the gateway keeps it.</summary>
internal sealed class ConfiguredMaster(MasterKeyOptions options) : IMasterKey
{
    private readonly byte[] key = Read(options)!; // the rules let nobody start without one

    public string Id { get; } = options.Id;

    public byte[] Wrap(byte[] inner) => Sealing.Seal(key, inner, []);

    public byte[] Unwrap(byte[] wrapped) => Sealing.Open(key, wrapped, []);

    /// <returns>Null for what is not 32 bytes in base64, or a file that cannot be read.</returns>
    public static byte[]? Read(MasterKeyOptions options)
    {
        try
        {
            return Convert.FromBase64String(options.Key ?? File.ReadAllText(options.KeyFile ?? "")) is { Length: Sealing.KeyBytes } key ? key : null;
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
