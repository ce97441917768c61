using System.Text;
using Gateway.Dialects;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Tests.Risk;
using Gateway.Upstreams;

namespace Gateway.Tests.Streaming;

/// <summary>Masks streams and whole answers as the gateway does, with its real scorer, without a connection.</summary>
internal static class Masked
{
    public const string Card = "4111 1111 1111 1111", Email = "jane.miller@example.org";

    public static readonly Dialect Chat = new OpenAIChat(), Messages = new AnthropicMessages(), Responses = new OpenAIResponses(), Plain = new PlainJson();

    public static AnswerMask Mask(Pseudonyms? pseudonyms = null) =>
        new(text => [.. RiskRoom.Scorer.FindSensitive(text).Where(PromptPolicy.Hides)], pseudonyms ?? new Pseudonyms(), _ => false);

    /// <summary>What leaves of a stream whose bytes arrive in these pieces; checks that the record saw all of it.</summary>
    public static async Task<string> StreamAsync(Dialect dialect, IEnumerable<byte[]> pieces, Pseudonyms? pseudonyms = null)
    {
        var sink = new AnswerSink(null, 10_000_000, TimeProvider.System);
        var recorded = "";
        sink.Begin(200, "text/event-stream", []);
        await new StreamedAnswer(dialect, Mask(pseudonyms)).CopyAsync(new Pieces(pieces), sink, last =>
        {
            recorded = Encoding.UTF8.GetString(sink.Left.Span) + Encoding.UTF8.GetString(last.Span);
            return Task.CompletedTask;
        }, CancellationToken.None);
        var left = Encoding.UTF8.GetString(sink.Left.Span);
        Assert.Equal(recorded, left);
        return left;
    }

    public static Task<string> StreamAsync(Dialect dialect, params string[] events) => StreamAsync(dialect, events.Select(Encoding.UTF8.GetBytes));

    public static string Whole(string json, Pseudonyms? pseudonyms = null) =>
        Encoding.UTF8.GetString(WholeAnswer.Mask(Encoding.UTF8.GetBytes(json), new("application/json"), Mask(pseudonyms)).Span);

    /// <summary>A network: every read gives one piece.</summary>
    private sealed class Pieces(IEnumerable<byte[]> pieces) : Stream
    {
        private readonly Queue<byte[]> left = new(pieces.Where(p => p.Length > 0));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!left.TryDequeue(out var piece)) return ValueTask.FromResult(0);
            var taken = Math.Min(piece.Length, buffer.Length);
            piece.AsMemory(0, taken).CopyTo(buffer);
            if (taken < piece.Length)
            {
                byte[][] rest = [piece[taken..], .. left];
                left.Clear();
                foreach (var item in rest) left.Enqueue(item);
            }
            return ValueTask.FromResult(taken);
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().Result;
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
