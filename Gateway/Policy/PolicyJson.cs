using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Policy;

/// <summary>Parts of a policy, and what it judged, as compact JSON.</summary>
internal static class PolicyJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IncludeFields = true, // tuples
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new PatternConverter(), new ZoneConverter() },
    };

    public static string Write(object part) => JsonSerializer.Serialize(part, Options);

    public static Judged ReadJudged(string json) => JsonSerializer.Deserialize<Judged>(json, Options) ?? throw new JsonException("There is nothing judged in this.");

    private sealed class PatternConverter : JsonConverter<Pattern>
    {
        public override Pattern Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Patterns are read from a policy's text.");

        public override void Write(Utf8JsonWriter writer, Pattern value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }

    private sealed class ZoneConverter : JsonConverter<TimeZoneInfo>
    {
        public override TimeZoneInfo Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Zones are read from a policy's text.");

        public override void Write(Utf8JsonWriter writer, TimeZoneInfo value, JsonSerializerOptions options) => writer.WriteStringValue(value.Id);
    }
}
