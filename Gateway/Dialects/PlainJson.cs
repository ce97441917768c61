using System.Text.Json.Nodes;

namespace Gateway.Dialects;

/// <summary>Any other JSON route: every string of an event may be a piece of a text that goes on at the same place of the next.</summary>
internal sealed class PlainJson : Dialect
{
    public override string Kind => "openai";

    public override byte[] Error(ApiError error) => OpenAIErrors.Body(error);

    public override string StreamRefusal(ApiError error, string model) => StreamError(error);

    public override IEnumerable<TextDelta> Deltas(JsonObject data) => Strings(data, "");

    public override bool Closes(JsonObject data, string slot) => false;

    public override bool IsLast(string data, JsonObject? json) => data == "[DONE]";

    private static IEnumerable<TextDelta> Strings(JsonObject owner, string path)
    {
        foreach (var (name, node) in owner)
        {
            var here = $"{path}/{name}";
            if (AnswerText.IsStructural(name)) continue;
            if (Text(node) is not null) yield return new(here, here, owner, name, IsJson: false);
            foreach (var inner in node switch
            {
                JsonObject child => Strings(child, here),
                JsonArray array => Items(array).SelectMany(child => Strings(child.Item, $"{here}/{child.Index}")),
                _ => [],
            }) yield return inner;
        }
    }
}
