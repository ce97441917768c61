using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Telemetry;

internal sealed record Measured(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);

/// <summary>Hears what one host measures with its own meter.</summary>
internal sealed class MeterEar : IDisposable
{
    private readonly ConcurrentQueue<Measured> heard = new();
    private readonly ConcurrentQueue<Instrument> instruments = new();
    private readonly MeterListener listener = new();

    public MeterEar(GatewayHost host)
    {
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, ear) =>
        {
            if (instrument.Meter.Name != "Approvals" || instrument.Meter.Scope != meters) return;
            instruments.Enqueue(instrument);
            ear.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.Start();
    }

    public IReadOnlyList<Instrument> Instruments => [.. instruments];
    public IReadOnlyList<Measured> All => [.. heard];

    public List<Measured> Of(string instrument, string? tag = null, string? value = null) =>
        [.. heard.Where(m => m.Instrument == instrument && (tag is null || Equals(m.Tags.GetValueOrDefault(tag), value)))];

    public double Sum(string instrument, string? tag = null, string? value = null) => Of(instrument, tag, value).Sum(m => m.Value);

    /// <summary>Reads what is only told when asked.</summary>
    public void Look() => listener.RecordObservableInstruments();

    public void Dispose() => listener.Dispose();

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        heard.Enqueue(new(instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
}
