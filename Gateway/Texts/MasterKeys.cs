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

    public MasterKeys(IEnumerable<IMasterKey> others, IDataProtectionProvider protection, IOptions<TextOptions> options)
    {
        List<IMasterKey> all = [.. others, .. options.Value.MasterKeys.Select(key => new ConfiguredMaster(key)), new DataProtectionMaster(protection)];
        (Current, byId) = (all[0], all.ToDictionary(key => key.Id));
    }

    public IMasterKey Current { get; }

    /// <exception cref="CryptographicException">Nobody has configured the key that it is wrapped with.</exception>
    public byte[] Unwrap(TextKey key) => byId.TryGetValue(key.MasterKey, out var master) ? master.Unwrap(key.Wrapped)
        : throw new CryptographicException($"The text key {key.Id} is wrapped with the master key '{key.MasterKey}', which is not among Texts:MasterKeys.");
}

/// <summary>ASP.NET Data Protection: keys rotate every 90 days, and old ones go on unwrapping.</summary>
internal sealed class DataProtectionMaster(IDataProtectionProvider protection) : IMasterKey
{
    public const string Name = "data-protection";
    private readonly IDataProtector protector = protection.CreateProtector("Approvals.Gateway.TextKeys.v1");

    public string Id => Name;

    public byte[] Wrap(byte[] key) => protector.Protect(key);

    public byte[] Unwrap(byte[] wrapped) => protector.Unprotect(wrapped);
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
