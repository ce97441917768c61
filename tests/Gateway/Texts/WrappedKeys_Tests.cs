using System.Security.Cryptography;
using Gateway.Texts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Texts;

/// <summary>The keys of texts, wrapped by a key that Data Protection keeps.</summary>
public sealed class WrappedKeys_Tests
{
    private readonly EphemeralDataProtectionProvider protection = new();
    private readonly FakeTimeProvider clock = new();
    private readonly byte[] key = RandomNumberGenerator.GetBytes(Sealing.KeyBytes);

    [Fact]
    public void Any_gateway_with_the_same_data_protection_keys_unwraps_it()
    {
        var wrapped = new DataProtectionMaster(protection, clock).Wrap(key);
        Assert.Equal(key, new DataProtectionMaster(protection, clock).Unwrap(wrapped));
        Assert.Throws<CryptographicException>(() => new DataProtectionMaster(new EphemeralDataProtectionProvider(), clock).Unwrap(wrapped));
    }

    [Fact]
    public void What_data_protection_itself_wrapped_before_is_unwrapped_still() =>
        Assert.Equal(key, new DataProtectionMaster(protection, clock).Unwrap(protection.CreateProtector("Approvals.Gateway.TextKeys.v1").Protect(key)));

    [Fact]
    public void Each_day_has_a_wrapping_key_of_its_own()
    {
        var master = new DataProtectionMaster(protection, clock);
        var (first, second) = (master.Wrap(key), master.Wrap(key));
        clock.Advance(TimeSpan.FromDays(1));
        var later = master.Wrap(key);
        Assert.Equal(WrappingKeyOf(first), WrappingKeyOf(second));
        Assert.NotEqual(WrappingKeyOf(first), WrappingKeyOf(later));
        Assert.All([first, second, later], wrapped => Assert.Equal(key, master.Unwrap(wrapped)));
    }

    [Fact]
    public void Whatever_byte_is_changed_and_wherever_it_is_cut_off_it_opens_nothing()
    {
        var master = new DataProtectionMaster(protection, clock);
        var wrapped = master.Wrap(key);
        for (var at = 0; at < wrapped.Length; at++)
        {
            byte[] changed = [.. wrapped];
            changed[at] ^= 0x10;
            Assert.ThrowsAny<CryptographicException>(() => master.Unwrap(changed));
            Assert.ThrowsAny<CryptographicException>(() => master.Unwrap(wrapped[..at]));
        }
    }

    private static string WrappingKeyOf(byte[] wrapped) => Convert.ToHexString(wrapped, 0, 3 + wrapped[1] + (wrapped[2] << 8));
}
