using System.Net;
using System.Threading.RateLimiting;

namespace ApprovalsUI.Pages.SigningIn;

/// <summary>Guessing a token is slow: 10 wrong ones a minute from one address, 60 a minute from all. Right ones cost nothing.</summary>
internal sealed class SignInLimiter : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> wrong = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => PerMinute(address, 10)),
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(_ => PerMinute(IPAddress.Any, 60)));

    internal bool Allows(IPAddress? from)
    {
        using var lease = wrong.AttemptAcquire(from ?? IPAddress.None, permitCount: 0);
        return lease.IsAcquired;
    }

    internal void CountWrong(IPAddress? from) => wrong.AttemptAcquire(from ?? IPAddress.None).Dispose();

    public void Dispose() => wrong.Dispose();

    private static RateLimitPartition<IPAddress> PerMinute(IPAddress key, int attempts) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new() { PermitLimit = attempts, Window = TimeSpan.FromMinutes(1) });
}
