using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Prompts;

namespace Gateway.Tests.Reading;

/// <summary>The canonical digest: one for all spellings of a body, another for any other body.</summary>
public sealed class SameDigest_Tests
{
    private static readonly Gen<JsonNode?> Leaves = Gen.OneOf(
        Gen.String[0, 12].Select(text => (JsonNode?)JsonValue.Create(new string([.. text.Where(c => !char.IsSurrogate(c))]))),
        Gen.OneOf(Gen.Const("\U0001F600"), Gen.Const("\u2028\u0000\"\\/"), Gen.Const("é")).Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Int.Select(n => (JsonNode?)JsonNode.Parse(n.ToString(CultureInfo.InvariantCulture))),
        Gen.OneOf(Gen.Const("1.0"), Gen.Const("1"), Gen.Const("1e0"), Gen.Const("12345678901234567890123"), Gen.Const("-0")).Select(n => JsonNode.Parse(n)),
        Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
        Gen.Const((JsonNode?)null));

    private static readonly Gen<string> Names = Gen.String[0, 6].Select(name => new string([.. name.Where(c => !char.IsSurrogate(c))]));

    private static Gen<JsonNode?> Trees(int depth) => depth == 0 ? Leaves : Gen.Frequency(
        (2, Leaves),
        (1, Trees(depth - 1).Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())]))),
        (2, Objects(depth).Select(o => (JsonNode?)o)));

    private static Gen<JsonObject> Objects(int depth) => Gen.Select(Names, Trees(depth - 1)).Array[0, 5].Select(members =>
        new JsonObject(members.DistinctBy(m => m.Item1).Select(m => KeyValuePair.Create(m.Item1, m.Item2?.DeepClone()))));

    [Fact]
    public void Order_space_and_escapes_do_not_matter() => Gen.Select(Objects(3), Gen.Int).Sample((body, seed) =>
        Assert.Equal(Digest(body.ToJsonString()), Digest(Spell(body, new Random(seed)))), iter: 3_000);

    [Fact]
    public void Any_value_that_changes_changes_the_digest() => Gen.Select(Objects(3), Gen.Int).Sample((body, seed) =>
    {
        var changed = body.DeepClone().AsObject();
        Change(changed, new Random(seed));
        Assert.NotEqual(Digest(body.ToJsonString()), Digest(changed.ToJsonString()));
    }, iter: 3_000);

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":null}""", "{}")]
    [InlineData("""{"a":[]}""", """{"a":{}}""")]
    [InlineData("""{"a":["b","c"]}""", """{"a":["bc"]}""")]
    [InlineData("""{"a":["b","c"]}""", """{"a":["c","b"]}""")]
    [InlineData("""{"a":"é"}""", """{"a":"e\u0301"}""")]
    [InlineData("""{"a":0.1}""", """{"a":0.10000000000000000001}""")]
    [InlineData("""{"a":{"b":1},"c":2}""", """{"a":{"b":1,"c":2}}""")]
    public void Bodies_that_only_look_alike_have_digests_of_their_own(string one, string other) => Assert.NotEqual(Digest(one), Digest(other));

    private static string Digest(string json) => JsonBody.Parse(Encoding.UTF8.GetBytes(json)).Digest;

    private static void Change(JsonObject body, Random random)
    {
        var path = body;
        while (path.Select(p => p.Value).OfType<JsonObject>().Where(o => o.Count > 0).ToList() is { Count: > 0 } inner && random.Next(2) == 0) path = inner[random.Next(inner.Count)];
        if (path.Count == 0) path["new"] = 1;
        else
        {
            var name = path.ElementAt(random.Next(path.Count)).Key;
            switch (random.Next(3))
            {
                case 0: path.Remove(name); break;
                case 1: path[name] = new JsonArray(path[name]?.DeepClone()); break;
                default: path[name + "'"] = "more"; break;
            }
        }
    }

    private static string Spell(JsonNode? node, Random random)
    {
        string Space() => random.Next(3) switch { 0 => " ", 1 => "\n\t", _ => "" };
        string Words(string text) => $"\"{string.Concat(text.Select(c => c is '"' or '\\' || char.IsControl(c) || random.Next(4) == 0 ? $"\\u{(int)c:x4}" : c.ToString()))}\"";
        return node switch
        {
            JsonObject o => $"{{{Space()}{string.Join(Space() + "," + Space(), o.OrderBy(_ => random.Next()).Select(p => Words(p.Key) + Space() + ":" + Space() + Spell(p.Value, random)))}{Space()}}}",
            JsonArray a => $"[{Space()}{string.Join("," + Space(), a.Select(i => Spell(i, random)))}]",
            JsonValue v when v.TryGetValue<string>(out var text) => WholePairs(text) ? Words(text) : v.ToJsonString(),
            _ => node?.ToJsonString() ?? "null",
        };
    }

    /// <summary>Half of a pair must not be escaped alone beside its other half in the clear.</summary>
    private static bool WholePairs(string text) => !text.Any(char.IsSurrogate);
}
