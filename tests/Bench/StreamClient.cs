using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bench;

/// <summary>What a caller of a stream saw, in milliseconds. A chunk says when it was sent; all processes of one machine read the same clock.</summary>
/// <param name="FirstEvent">From asking until anything of the model's is there.</param>
/// <param name="FirstWord">From asking until the first word is there.</param>
/// <param name="Events">Of each chunk, from the model to the caller.</param>
/// <param name="Words">The same for the words in them, which masking holds until it sees where they end.</param>
internal sealed record StreamTimes(double FirstEvent, double FirstWord, IReadOnlyList<double> Events, IReadOnlyList<double> Words);

internal static class StreamClient
{
    private static readonly byte[] Between = "\n\n"u8.ToArray();

    public static HttpClient New()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new("Bearer", GatewayUnderTest.CallerKey);
        return client;
    }

    public static HttpRequestMessage Post(string url, string body) =>
        new(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static async Task<StreamTimes> ReadAsync(HttpClient client, string url, string body, CancellationToken ct = default)
    {
        var asked = Stopwatch.GetTimestamp();
        using var request = Post(url, body);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var seen = new Seen(asked);
        await EachEventAsync(stream, seen.Take, ct);
        return seen.Times();
    }

    /// <summary>Calls for each event with its bytes and the moment it was there.</summary>
    public static async Task EachEventAsync(Stream stream, Func<ReadOnlyMemory<byte>, long, bool> take, CancellationToken ct)
    {
        var buffer = new byte[4096];
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var read = await stream.ReadAsync(buffer.AsMemory(filled), ct);
            if (read == 0) return;
            var now = Stopwatch.GetTimestamp();
            filled += read;
            var start = 0;
            for (int end; (end = buffer.AsSpan(start, filled - start).IndexOf(Between)) >= 0; start += end + Between.Length)
                if (!take(buffer.AsMemory(start, end), now)) return;
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
        }
    }

    /// <summary>When the model sent this event; null for what is not the model's.</summary>
    public static (long SentAt, string Words)? Read(ReadOnlyMemory<byte> data)
    {
        if (!data.Span.StartsWith("data: {"u8)) return null;
        using var json = JsonDocument.Parse(data["data: ".Length..]);
        if (!json.RootElement.TryGetProperty("id", out var id) || id.GetString() is not { } name || !name.StartsWith(MockUpstream.IdPrefix, StringComparison.Ordinal)) return null;
        var delta = json.RootElement.GetProperty("choices")[0].GetProperty("delta");
        var words = delta.TryGetProperty("content", out var content) ? content.GetString() ?? "" : "";
        return (long.Parse(name[MockUpstream.IdPrefix.Length..], CultureInfo.InvariantCulture), words);
    }

    private sealed class Seen(long asked)
    {
        private readonly List<long> sent = [];
        private readonly List<double> events = [];
        private readonly List<double> words = [];
        private double? firstEvent, firstWord;
        private int length, whole, ahead;

        public bool Take(ReadOnlyMemory<byte> data, long now)
        {
            if (Read(data) is not var (sentAt, said)) return true;
            firstEvent ??= Stopwatch.GetElapsedTime(asked, now).TotalMilliseconds;
            sent.Add(sentAt);
            events.Add(Stopwatch.GetElapsedTime(sentAt, now).TotalMilliseconds);
            length += said.Length;
            // The opening has no word: word n came in event n + 1, and may leave with a later one.
            for (; whole + 1 < sent.Count && length >= ahead + Word(whole).Length; whole++)
            {
                ahead += Word(whole).Length;
                words.Add(Stopwatch.GetElapsedTime(sent[whole + 1], now).TotalMilliseconds);
                firstWord ??= Stopwatch.GetElapsedTime(asked, now).TotalMilliseconds;
            }
            return true;
        }

        public StreamTimes Times() => new(firstEvent ?? double.NaN, firstWord ?? double.NaN, events, words);

        private static string Word(int number) => Prompts.AnswerWords[number % Prompts.AnswerWords.Count];
    }
}
