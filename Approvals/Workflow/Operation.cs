using System.Security.Cryptography;
using System.Text.Json;

namespace Approvals.Workflow;

/// <summary>What a person asked for under an id of their choosing, and the answer: asked again, the answer is the same.</summary>
internal sealed class Operation
{
    public required Guid Id { get; init; }
    public required string ReviewId { get; init; }
    public required string Subject { get; init; }

    /// <summary>SHA-256 (hex) over everything the person said.</summary>
    public required string Content { get; init; }
    public required DateTimeOffset At { get; init; }
    public required ReviewAnswer Answer { get; init; }

    public bool IsSameAs(string reviewId, string subject, string content) =>
        (ReviewId, Subject, Content) == (reviewId, subject, content);

    public static string Hash(params string?[] said) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(said)));
}
