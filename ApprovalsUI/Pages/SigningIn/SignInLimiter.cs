using System.Net;
using System.Threading.RateLimiting;

namespace ApprovalsUI.Pages.SigningIn;

/// <summary>Guessing a token is slow: 10 attempts a minute from one address, 60 a minute from all.</summary>
internal sealed class SignInLimiter : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> attempts = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => PerMinute(address, 10)),
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(_ => PerMinute(IPAddress.Any, 60)));

    internal bool Allows(IPAddress? from)
    {
        using var lease = attempts.AttemptAcquire(from ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public void Dispose() => attempts.Dispose();

    private static RateLimitPartition<IPAddress> PerMinute(IPAddress key, int attempts) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new() { PermitLimit = attempts, Window = TimeSpan.FromMinutes(1) });
}
