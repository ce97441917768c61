using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Gateway.Outlets.Kinds;

/// <summary>
/// Sends log records to an OTLP collector over HTTP, as JSON. Written here and not by the OpenTelemetry packages, whose exporter takes
/// only records that its own logger has made, in the background, and does not say which of them a collector refused.
/// </summary>
internal sealed class OtlpOutlet(OutletOptions options, IHttpClientFactory clients) : IOutlet
{
    public const string ClientName = "outlet-otlp";
    private const int LargestAnswer = 64 * 1024;
    private const int Info = 9;
    private readonly Uri logs = new(options.Endpoint!.TrimEnd('/') + "/v1/logs"); // the rules ask for it

    public string Name => options.Name;

    public async Task SendAsync(OutletBatch batch, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, logs) { Content = new ReadOnlyMemoryContent(Body(batch)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (header, value) in options.Headers) request.Headers.TryAddWithoutValidation(header, value);
        using var response = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!response.IsSuccessStatusCode) throw new OutletRefusedException($"The collector answered {(int)response.StatusCode}.");
        await using var answer = await response.Content.ReadAsStreamAsync(ct);
        if (await RejectedAsync(answer, ct) is > 0 and var rejected) throw new OutletRefusedException($"The collector rejected {rejected} of {batch.Items.Count} log records.");
    }

    private static ReadOnlyMemory<byte> Body(OutletBatch batch) => OutletLine.Written(json =>
    {
        json.WriteStartArray("resourceLogs");
        json.WriteStartObject();
        json.WriteStartObject("resource");
        Attributes(json, ("service.name", "gateway"), ("service.namespace", "approvals"));
        json.WriteEndObject();
        json.WriteStartArray("scopeLogs");
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", "approvals.trail");
        json.WriteEndObject();
        json.WriteStartArray("logRecords");
        foreach (var item in batch.Items) Record(json, item);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static void Record(Utf8JsonWriter json, OutletItem item)
    {
        var time = ((item.At.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100).ToString(CultureInfo.InvariantCulture); // nanoseconds; the mapping writes 64 bits as text
        json.WriteStartObject();
        json.WriteString("timeUnixNano", time);
        json.WriteString("observedTimeUnixNano", time);
        json.WriteNumber("severityNumber", Info);
        json.WriteString("severityText", "INFO");
        json.WriteString("eventName", TrailEvent.TypeOf(item));
        json.WriteStartObject("body");
        json.WriteString("stringValue", item.Json.Span);
        json.WriteEndObject();
        if (item is OutletItem.Entry entry) Attributes(json, ("approvals.trail.id", item.Id), ("approvals.trail.kind", entry.Kind), ("approvals.trail.hash", entry.Hash), ("approvals.interaction", entry.Interaction), ("approvals.ticket", entry.Ticket));
        else Attributes(json, ("approvals.trail.id", item.Id));
        json.WriteEndObject();
    }

    private static void Attributes(Utf8JsonWriter json, params ReadOnlySpan<(string Key, string? Value)> attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var (key, value) in attributes)
        {
            if (value is null) continue;
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>A collector can answer 200 and have kept only some (<c>partialSuccess</c>). An answer that is not its JSON says nothing of that.</summary>
    private static async Task<long> RejectedAsync(Stream answer, CancellationToken ct)
    {
        var bytes = new byte[LargestAnswer];
        var length = await answer.ReadAtLeastAsync(bytes, LargestAnswer, throwOnEndOfStream: false, ct);
        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(0, length));
            return json.RootElement.TryGetProperty("partialSuccess", out var partial) && partial.TryGetProperty("rejectedLogRecords", out var rejected)
                ? rejected.ValueKind == JsonValueKind.String ? long.Parse(rejected.GetString()!, CultureInfo.InvariantCulture) : rejected.GetInt64() // a string is no null
                : 0;
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException or FormatException)
        {
            return 0;
        }
    }
}
