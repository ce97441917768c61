using System.Buffers;

namespace Gateway.Upstreams;

/// <summary>An upstream's body, bounded in bytes and in silence.</summary>
internal sealed class AnswerStream(Stream inner, string upstream, UpstreamLimits options, OthersTime waiting) : Stream
{
    private long total;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.UpstreamSilence);
        try
        {
            var read = await waiting.AwaitAsync(inner.ReadAsync(buffer, patience.Token));
            total += read;
            return total > options.LargestAnswer ? throw new AnswerTooLargeException() : read;
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UpstreamException(timedOut: true, upstream, fault);
        }
    }

    public async Task<ReadOnlyMemory<byte>> ReadAllAsync(CancellationToken ct)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var read = await ReadAsync(buffer.GetMemory(4096), ct);
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
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
