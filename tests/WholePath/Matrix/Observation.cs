using System.Text.Json.Nodes;
using WholePath.Support;

namespace WholePath.Matrix;

/// <summary>What was seen of one cell: by the application, on the wire, by the reviewers and by the model.</summary>
internal sealed record Observation
{
    /// <summary>What the reviewer writes where a prompt is rejected.</summary>
    public const string Reason = "not with a live token in it";

    public required Cell Cell { get; init; }
    public required Traffic Traffic { get; init; }
    public ClientReply? Reply { get; init; }
    public string? Ticket { get; init; }

    /// <summary>Why the cell has no reply.</summary>
    public string? Fault { get; init; }
    public int Reviews { get; set; }
    public int Executions { get; set; }
    public int Joins { get; set; }

    public int Posts => Traffic.Posts;

    /// <summary>The outcome in the application's eyes, in the table's words.</summary>
    public string Sees => Reply switch
    {
        null => "nothing",
        { Thrown: { } type } thrown => string.Join(' ', new[] { type, thrown.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture), Quoted(thrown.Code) }.OfType<string>()),
        { Refusal: not null } refused => $"refusal, {Snake(refused.Finish)}, {Quoted(refused.Code)}",
        { Tool: ScriptedModel.ToolName } called when IsArguments(called.Arguments) => "tool call",
        { Text: ScriptedModel.Answer, Tool: null } => "answer",
        _ => $"WRONG: '{Reply.Text}' {Reply.Tool} {Reply.Arguments} {Reply.Finish}",
    };

    public override string ToString() =>
        $"{Cell}: {Sees}; {Posts} POST(s) [{string.Join(' ', Traffic.Statuses)}], {Reviews} review(s), {Executions} execution(s), {Joins} join(s); {Reply?.Message} {Fault}";

    private static string? Quoted(string? code) => code is null ? null : $"`{code}`";

    private static string Snake(string? word) => string.Concat((word ?? "unfinished").Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static bool IsArguments(string? json) => JsonNode.DeepEquals(JsonNode.Parse(json ?? "null"), JsonNode.Parse(ScriptedModel.ToolArguments));
}
