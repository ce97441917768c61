using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Dialects;
using Gateway.Tests.Streaming;

namespace Gateway.Tests.Telemetry;

/// <summary>An upstream may send anything; reading what it says of itself must not be how it takes the gateway down.</summary>
public sealed class AnyAnswer_Tests
{
    private static readonly string[] Names = ["model", "usage", "choices", "finish_reason", "stop_reason", "status", "incomplete_details", "reason", "message", "response", "delta", "type", "error", "index", "prompt_tokens", "input_tokens", "output_tokens", "completion_tokens", "cache_read_input_tokens"];
    private static readonly string[] Values = ["null", "true", "-1", "0", "7", "1e400", "1.5", "123456789012345678901234567890", "\"\"", "\"stop\"", "\"error\"", "\"completed\"", "\"text\"", "\"12\"", "[]", "{}"];

    [Fact]
    public void Whatever_stands_where_facts_are_looked_for_nothing_is_thrown_and_what_is_kept_is_bounded() =>
        Json(4).Sample(json =>
        {
            var data = (JsonObject)JsonNode.Parse(json)!;
            foreach (var dialect in (Dialect[])[Masked.Chat, Masked.Messages, Masked.Responses, Masked.Plain])
            {
                var facts = new AnswerFacts();
                for (var again = 0; again < 3; again++) dialect.Note(data, facts);

                Assert.True(facts.FinishReasons.Length <= 16);
                Assert.All(facts.FinishReasons, reason => Assert.True(reason.Length <= 40));
                Assert.True(facts.Model is null || AnswerFacts.IsName(facts.Model));
                Assert.True(facts.InputTokens is null or >= 0 && facts.OutputTokens is null or >= 0);
            }
        }, iter: 3_000);

    [Fact]
    public void A_hundred_thousand_choices_are_not_a_hundred_thousand_reasons()
    {
        var facts = new AnswerFacts();
        var choices = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"{{\"index\":{i},\"finish_reason\":\"stop\"}}"));

        Masked.Chat.Note((JsonObject)JsonNode.Parse($"{{\"choices\":[{choices}]}}")!, facts);

        Assert.Equal(16, facts.FinishReasons.Length);
    }

    /// <summary>Objects of the names that are looked for, with anything below them.</summary>
    private static Gen<string> Json(int depth)
    {
        var name = Gen.Int[0, Names.Length - 1].Select(i => Names[i]);
        var plain = Gen.Int[0, Values.Length - 1].Select(i => Values[i]);
        var value = depth == 0 ? plain : Gen.OneOf(plain, Json(depth - 1), Json(depth - 1).Select(item => $"[{item},{item}]"));
        return Gen.Select(name, value).Array[0, 5].Select(members => "{" + string.Join(',', members.DistinctBy(m => m.Item1).Select(m => $"\"{m.Item1}\":{m.Item2}")) + "}");
    }
}
