using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Masking;

namespace Gateway.Tests.Masking;

/// <summary>Tool arguments: JSON source in, JSON source out.</summary>
public sealed class JsonSlotTests
{
    [Theory]
    [InlineData("""{"to":"alice\u0040example.com"}""", """{"to":"[EMAIL hidden]"}""")]
    [InlineData("""{"to":"\u0061lice@example.com\n"}""", """{"to":"[EMAIL hidden]\n"}""")]
    [InlineData("""{"a":"line\nalice@example.com\"","b":"\\"}""", """{"a":"line\n[EMAIL hidden]\"","b":"\\"}""")]
    [InlineData("""{"alice@example.com":true}""", """{"[EMAIL hidden]":true}""")]
    [InlineData("""{"text":"password is hunter2!!\u2028x"}""", """{"text":"password is [SECRET hidden]\u2028x"}""")]
    public void A_leak_is_hidden_however_it_is_escaped(string arguments, string left) => Assert.Equal(left, Mask().MaskWhole(arguments, jsonText: true));

    [Theory]
    [InlineData("""{"card":4111111111111111}""", """{"card":"[CARD hidden]"}""")]
    [InlineData("""{"cards":[4111111111111111,1,null]}""", """{"cards":["[CARD hidden]",1,null]}""")]
    [InlineData("""{"card":-4111111111111111.50e1}""", """{"card":"[CARD hidden]"}""")]
    public void A_bare_number_becomes_a_string(string arguments, string left) => Assert.Equal(left, Mask().MaskWhole(arguments, jsonText: true));

    [Fact]
    public void A_finding_over_keys_and_values_leaves_the_grammar_standing()
    {
        const string arguments = """{"key":"value","n":7}""";
        var mask = new AnswerMask(text => [SampleFinder.Finding(3, text.Length - 1, "SECRET")], new Pseudonyms(), _ => false);

        Assert.Equal("""{"k[SECRET hidden]":"[SECRET hidden]","[SECRET hidden]":"[SECRET hidden]"}""", mask.MaskWhole(arguments, jsonText: true));
    }

    [Fact]
    public void A_restored_value_is_escaped()
    {
        const string value = "say \"hi\"\\ \r\n\t\u0001 😀";
        var mask = new AnswerMask(SampleFinder.Find, Pseudonyms.Import(new Dictionary<string, string> { ["[NOTE_1]"] = value }), _ => false);

        var left = mask.MaskWhole("""{"note":"<[NOTE_1]>"}""", jsonText: true);

        Assert.Equal($"<{value}>", JsonNode.Parse(left)!["note"]!.GetValue<string>());
    }

    [Fact]
    public void Half_a_surrogate_pair_is_restored_as_an_escape()
    {
        var mask = new AnswerMask(SampleFinder.Find, Pseudonyms.Import(new Dictionary<string, string> { ["[NOTE_1]"] = "a\uD83D" }), _ => false);

        Assert.Equal("""{"note":"a\ud83d"}""", mask.MaskWhole("""{"note":"[NOTE_1]"}""", jsonText: true));
    }

    [Fact]
    public void A_token_outside_a_string_is_no_pseudonym()
    {
        var mask = new AnswerMask(SampleFinder.Find, Pseudonyms.Import(new Dictionary<string, string> { ["[A_1]"] = "x" }), _ => false);

        Assert.Equal("""{"to":[A_1]}""", mask.MaskWhole("""{"to":[A_1]}""", jsonText: true));
    }

    [Fact]
    public void A_private_key_ends_with_its_string_even_without_an_end_marker()
    {
        const string arguments = """{"key":"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B","next":"value"}""";

        Assert.Equal("""{"key":"[SECRET hidden]","next":"value"}""", Mask().MaskWhole(arguments, jsonText: true));
    }

    [Fact]
    public void What_no_json_parser_would_take_passes_as_it_is()
    {
        const string broken = """{"a":"\x \u12g4 \""" + "\n\\";

        Assert.Equal(broken, Mask().MaskWhole(broken, jsonText: true));
    }

    [Fact]
    public void Arguments_leave_member_by_member()
    {
        var stream = Mask().Open(jsonText: true);

        Assert.Equal("""{"unit":"c",""", stream.Push("""{"unit":"c","city":"Par"""));
        Assert.Equal("""{"unit":"c",""".Length, """{"unit":"c","city":"Par""".Length - stream.Held);
        Assert.Equal("""{"city":"Paris"}""", "{" + stream.Push("""is"}""") + stream.Finish());
    }

    [Fact]
    public void Any_arguments_in_any_escapes_and_chunks_stay_json_and_lose_every_value()
    {
        Gen.Select(Documents, AnswerTexts.Cuts, Gen.UInt).Sample((document, cuts, seed) =>
        {
            var source = Written(document.Text, seed);
            var stream = Mask().Open(jsonText: true);

            var left = string.Concat(AnswerTexts.Chunks(source, cuts).Select(stream.Push)) + stream.Finish();

            Assert.Equal(Mask().MaskWhole(source, jsonText: true), left);
            using var parsed = JsonDocument.Parse(left);
            var read = string.Join('\n', Strings(parsed.RootElement));
            Assert.All(document.Values, value => Assert.DoesNotContain(value, read, StringComparison.Ordinal));
            Assert.Equal(document.Shape, Shape(parsed.RootElement));
        }, iter: AnswerTexts.Cases);
    }

    private static AnswerMask Mask() => new(SampleFinder.Find, new Pseudonyms(), _ => false);

    /// <summary>A document with values in names, strings and bare numbers.</summary>
    private static Gen<(string Text, string[] Values, string Shape)> Documents { get; } =
        Gen.Select(AnswerTexts.WithValues(AnswerTexts.Values, 3), AnswerTexts.Cards, Gen.Int[0, 9], AnswerTexts.Emails, Gen.Bool).Array[1, 4].Select(members =>
        {
            var root = new JsonArray();
            foreach (var ((text, _), card, small, email, indented) in members)
            {
                JsonNode number = JsonValue.Create(long.Parse(card.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
                root.Add(new JsonObject { ["text"] = text, [email] = small, ["n"] = new JsonArray(number, small, null, indented) });
            }
            var options = new JsonSerializerOptions { WriteIndented = members[0].Item5 };
            var values = members.SelectMany(m => m.Item1.Values.Append(m.Item4).Append(m.Item2.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)));
            return (root.ToJsonString(options), values.ToArray(), Shape(JsonSerializer.SerializeToElement(root)));
        });

    /// <summary>The same JSON with some letters and digits of its strings written as escapes.</summary>
    private static string Written(string json, uint seed)
    {
        var written = new StringBuilder();
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            seed = seed * 1664525 + 1013904223;
            if (json[i] == '\\')
            {
                var length = json[i + 1] == 'u' ? 6 : 2;
                written.Append(json, i, length);
                i += length - 1;
                continue;
            }
            inString ^= json[i] == '"';
            if (inString && json[i] != '"' && seed >> 29 == 0) written.Append(CultureInfo.InvariantCulture, $"\\u{(int)json[i]:X4}");
            else written.Append(json[i]);
        }
        return written.ToString();
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Strings(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        _ => [element.ToString()],
    };

    /// <summary>Nesting and order; numbers and strings count alike, because a hidden number becomes a string.</summary>
    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Concat(element.EnumerateObject().Select(p => Shape(p.Value))) + "}",
        JsonValueKind.Array => "[" + string.Concat(element.EnumerateArray().Select(Shape)) + "]",
        _ => ".",
    };
}
