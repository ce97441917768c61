using Contracts;
using Gateway.Policy;
using Gateway.Policy.Yaml;
using Gateway.Risk;

namespace Gateway.Shell;

/// <summary>A prompt, and what a policy must make of it.</summary>
/// <param name="Rule">Null where any rule will do.</param>
internal sealed record PolicyCase(string Name, int Line, Judged Facts, PolicyAction Expect, string? Rule);

/// <summary>
/// What a policy must do, written beside it: <c>cases:</c> with <c>name</c>, <c>text</c> (scored as live prompts are) or
/// <c>score</c>, <c>callers</c>' <c>caller</c> and <c>groups</c>, <c>model</c>, <c>route</c>, <c>upstream</c>, <c>at</c>, <c>on</c>, <c>tools</c>, and <c>expect</c>.
/// </summary>
internal static class PolicyCases
{
    private const int Most = 10_000;
    private static readonly IReadOnlyDictionary<string, PolicyAction> Actions = Enum.GetValues<PolicyAction>().ToDictionary(action => action.ToString().ToLowerInvariant());
    private static readonly IReadOnlyDictionary<string, Direction> Directions = Enum.GetValues<Direction>().ToDictionary(on => on.ToString().ToLowerInvariant());

    public static (IReadOnlyList<PolicyCase> Cases, IReadOnlyList<PolicyError> Errors) Read(string text, RiskScorer scorer, DateTimeOffset now)
    {
        var errors = new PolicyErrors();
        if (PolicyReader.Parse(text, errors) is not { } root) return ([], errors.InOrder);
        var cases = root.Maps("cases", Most).Select(map => ReadCase(map, scorer, now)).OfType<PolicyCase>().ToList();
        if (cases.Count == 0 && !errors.Any) root.Error("cases: there are none, so nothing would be tested.");
        root.Done();
        return errors.Any ? ([], errors.InOrder) : (cases, []);
    }

    private static PolicyCase? ReadCase(YamlMap map, RiskScorer scorer, DateTimeOffset now)
    {
        var name = map.Text("name");
        var expect = map.Word("expect", Actions);
        var words = map.Text("text", PolicyReader.LongestText);
        var score = map.Whole("score", 0, 100);
        if (name is null && !map.Has("name")) map.Error("name", "is missing; a failure is told by it.");
        if (expect is null && !map.Has("expect")) map.Error("expect", $"is missing: {string.Join(", ", Actions.Keys)}.");
        if (words is null == score is null) map.Error("needs either 'text', which is scored, or 'score'.");
        var risk = scorer.Assess(words is null ? [] : [new PromptPart("/text", "user", "text", words)]);
        var facts = new Judged
        {
            At = ReadTime(map) ?? now, On = map.Word("on", Directions) ?? Direction.Request, Caller = map.Text("caller") ?? "test", Groups = [.. map.Texts("groups").Select(group => group.Text)],
            Route = map.Text("route") ?? "/v1/chat/completions", Model = map.Text("model") ?? "test", Upstream = map.Text("upstream"), Length = words?.Length ?? 0, Score = score ?? risk.Score, Scores = risk.Scores, Found = FoundType.Of(risk.Findings),
            Unreadable = map.Whole("unreadable", 0, 100) ?? 0, ToolCalls = [.. map.Texts("tools").Select(tool => tool.Text)],
        };
        var rule = map.Text("rule");
        map.Done();
        return name is null || expect is null ? null : new PolicyCase(name, map.Line, facts, expect.Value, rule);
    }

    private static DateTimeOffset? ReadTime(YamlMap map)
    {
        if (map.Text("at") is not { } text) return null;
        if (DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var at)) return at;
        map.Error("at", "must be a moment such as 2026-11-24T22:30:00+01:00.");
        return null;
    }
}
