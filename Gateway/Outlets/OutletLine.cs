using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Contracts;
using Gateway.Proof;
using Gateway.Proof.Verification;

namespace Gateway.Outlets;

/// <summary>The one line of JSON that stands for an item, whichever way it goes. An entry's own line is in it byte for byte, so its hash can be checked.</summary>
internal static class OutletLine
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // it is no part of a page

    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> line, string hash) => Written(json =>
    {
        json.WriteString("type", "entry");
        json.WriteString("hash", hash);
        json.WritePropertyName("entry");
        json.WriteRawValue(line.Span, skipInputValidation: true);
    });

    /// <summary>A checkpoint covers it, and the store no longer has it.</summary>
    public static ReadOnlyMemory<byte> OfMissing(Guid chain, long position, string hash) => Written(json =>
    {
        json.WriteString("type", "missing");
        json.WriteString("hash", hash);
        json.WriteString("chain", chain.ToString("N"));
        json.WriteNumber("position", position);
    });

    /// <summary>An <see cref="Anchor"/>, which <c>audit verify --anchor</c> reads.</summary>
    public static ReadOnlyMemory<byte> Of(Checkpoint checkpoint) => Written(json =>
    {
        json.WriteString("type", "checkpoint");
        foreach (var member in JsonSerializer.SerializeToElement(new Anchor(checkpoint.Line, checkpoint.Signatures), JsonWire.Options).EnumerateObject()) member.WriteTo(json);
    });

    /// <summary>What goes instead of an item that is too large for its way: enough to miss it by.</summary>
    public static ReadOnlyMemory<byte> OfTooLarge(OutletItem item) => Written(json =>
    {
        json.WriteString("type", "too-large");
        json.WriteString("id", item.Id);
        if (item is OutletItem.Entry entry) json.WriteString("hash", entry.Hash);
        json.WriteNumber("bytes", item.Json.Length);
    });

    public static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(bytes, Plain);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }
}
