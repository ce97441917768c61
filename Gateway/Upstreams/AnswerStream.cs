using System.Buffers;

namespace Gateway.Upstreams;

/// <summary>An upstream's body, bounded in bytes and in silence.</summary>
/// <param name="announced">How long it says it is; nothing but the first buffer depends on it.</param>
/// <param name="ct">Ends a reading under way; a reading's own token is looked at before it begins.</param>
internal sealed class AnswerStream(Stream inner, string upstream, UpstreamLimits options, OthersTime waiting, CancellationToken ct, long? announced = null) : Stream
{
    private const int LeastBuffer = 256;
    private const int UsualBuffer = 4096;

    /// <summary>Reserved before a byte has come, whatever length is announced.</summary>
    private const int FirstBuffer = 64 * 1024;

    /// <summary>One for all readings: an answer may come in thousands of pieces.</summary>
    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
    private long total;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        patience.CancelAfter(options.UpstreamSilence);
        try
        {
            var read = await waiting.AwaitAsync(inner.ReadAsync(buffer, patience.Token));
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            total += read;
            return total > options.LargestAnswer ? throw new AnswerTooLargeException() : read;
        }
        catch (OperationCanceledException fault) when (!ct.IsCancellationRequested)
        {
            throw new UpstreamException(timedOut: true, upstream, fault);
        }
    }

    public async Task<ReadOnlyMemory<byte>> ReadAllAsync()
    {
        // One more than is announced, so that its end is seen without growing.
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(announced + 1 ?? UsualBuffer, LeastBuffer, FirstBuffer));
        while (true)
        {
            var read = await ReadAsync(buffer.GetMemory(1), CancellationToken.None);
            if (read == 0) return buffer.WrittenMemory;
            buffer.Advance(read);
        }
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => total; set => throw new NotSupportedException(); }
    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            patience.Dispose();
        }
        base.Dispose(disposing);
    }
}
