using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Parking;

/// <summary>
/// What goes to the model of a prompt that policy let pass. Sealed when the ticket opens, so that a later run sends what
/// policy decided then; without it nothing is sent.
/// </summary>
/// <param name="MaskedBody">The body with pseudonyms written into it; null where it goes as it came.</param>
/// <param name="Pseudonyms">Token to value, for restoring them in the answer.</param>
internal sealed record Waiver(byte[]? MaskedBody, IReadOnlyDictionary<string, string> Pseudonyms)
{
    public static Waiver AsItCame { get; } = new(null, new Dictionary<string, string>());

    /// <summary>The trail's word for what happened to the prompt.</summary>
    [JsonIgnore]
    public string Outcome => MaskedBody is null ? "forwarded" : "masked";

    /// <summary>The policy's word for it.</summary>
    [JsonIgnore]
    public string Decision => MaskedBody is null ? "forward" : "mask";

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="JsonException">Not what <see cref="ToBytes"/> gave.</exception>
    public static Waiver Open(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize<Waiver>(bytes) ?? throw new JsonException("There is no waiver in these bytes.");
}
