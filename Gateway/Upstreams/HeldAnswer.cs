using System.Text.Json;

namespace Gateway.Upstreams;

/// <summary>
/// An answer that was read whole before any of it left, as the upstream sent it. Sealed with a parked ticket, so that what
/// people let out is what they read; masking comes when it leaves.
/// </summary>
/// <param name="Pseudonyms">Token to value, for restoring them in it.</param>
internal sealed record HeldAnswer(int Status, string ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Body, IReadOnlyDictionary<string, string> Pseudonyms)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="JsonException">Not what <see cref="ToBytes"/> gave.</exception>
    public static HeldAnswer Open(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize<HeldAnswer>(bytes) ?? throw new JsonException("There is no answer in these bytes.");
}

/// <summary>Looks at a whole answer before any of it leaves; stops it by throwing.</summary>
internal delegate Task InspectAnswer(HeldAnswer answer);

/// <summary>The answer does not leave, and its caller is told so.</summary>
internal sealed class AnswerStoppedException(Dialects.ApiError error) : Exception("The answer was stopped.")
{
    public Dialects.ApiError Error => error;
}
