using System.Text.Json;
using Contracts.Api;

namespace Gateway.Texts;

/// <summary>When which part of a streamed answer left: so that it can be shown again as it was.</summary>
internal sealed class AnswerTimes(TimeProvider clock)
{
    /// <summary>Of an answer in more pieces, the last moments are told together.</summary>
    private const int Most = 4_096;
    private readonly List<AnswerMoment> moments = [];
    private long began;

    public void Left(int bytes)
    {
        if (moments.Count == 0) began = clock.GetTimestamp();
        var moment = new AnswerMoment(Math.Round(clock.GetElapsedTime(began).TotalMilliseconds, 1), bytes);
        if (moments.Count == Most) moments[^1] = moment;
        else moments.Add(moment);
    }

    /// <returns>Null for an answer that left in one piece.</returns>
    public byte[]? ToBytes() => moments.Count < 2 ? null : JsonSerializer.SerializeToUtf8Bytes(moments);

    public static IReadOnlyList<AnswerMoment> Read(byte[] bytes) => JsonSerializer.Deserialize<List<AnswerMoment>>(bytes) ?? [];

    /// <summary>Where they lie beside an answer's text.</summary>
    public static Guid IdOf(Guid answer)
    {
        var bytes = answer.ToByteArray();
        bytes[^1] ^= 1;
        return new Guid(bytes);
    }
}
