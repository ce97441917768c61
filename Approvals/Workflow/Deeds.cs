using System.Security.Cryptography;
using System.Text.Json;

namespace Approvals.Workflow;

/// <summary>What people do with a review, in the trail's words.</summary>
internal static class Deeds
{
    public const string Approved = "vote.approve";
    public const string Rejected = "vote.reject";
    public const string GlassBroken = "glass.broken";
    public const string Undone = "approval.undone";
    public const string Claimed = "claim.taken";
    public const string Passed = "review.passed";
    public const string Asked = "caller.asked";

    /// <summary>Nobody's business but the holder's: not told to the trail.</summary>
    public const string LetGo = "claim.released";

    public static string Vote(bool approve) => approve ? Approved : Rejected;

    /// <summary>Whether the review itself keeps it, so that its decision can tell of it.</summary>
    public static bool IsKept(string deed) => deed is Approved or Rejected or GlassBroken or Undone;

    /// <summary>Told by the act or by the decision, it is the same.</summary>
    public static Guid IdOf(params string[] said) => new(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(said)).AsSpan(0, 16));
}
