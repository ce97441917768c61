using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Approvals.Notifications.Buttons;

/// <summary>Slack's own proof that a request is from it and from now: its scheme v0, over the body as it came.</summary>
internal static class SlackSignature
{
    private const string Scheme = "v0";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>What costs nothing to look at, before any of the body is read.</summary>
    public static bool MayBe(string? timestamp, string? signature, DateTimeOffset now) =>
        signature is { Length: 3 + 2 * SHA256.HashSizeInBytes } && signature.StartsWith($"{Scheme}=", StringComparison.Ordinal)
        && timestamp is { Length: <= 12 } && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && (now - DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, 253_402_300_799))).Duration() <= Window;

    public static bool IsGood(byte[] secret, string timestamp, string signature, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.ASCII.GetBytes($"{Scheme}:{timestamp}:"));
        hmac.AppendData(body);
        Span<byte> offered = stackalloc byte[SHA256.HashSizeInBytes];
        return Convert.FromHexString(signature.AsSpan(Scheme.Length + 1), offered, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(offered, hmac.GetHashAndReset());
    }
}
