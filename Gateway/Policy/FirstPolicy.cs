using System.Globalization;
using System.Text;
using System.Text.Json;
using Contracts;
using Gateway.Policy.Yaml;

namespace Gateway.Policy;

/// <summary>The text of a first version, made of settings: written to be read and changed by people.</summary>
internal static class FirstPolicy
{
    public static string Write(PolicyOptions options)
    {
        var undo = options.UndoWindow > TimeSpan.Zero;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Where the line is. A score is 0 to 100; 101 is never reached and switches a line off.
            name: Standard
            thresholds:
              mask: {options.MaskAt}
              park: {options.ParkAt}
              block: {options.BlockAt}
            review:
              stages:
                - groups: [{string.Join(", ", options.Reviewers.Select(Quote))}]
                  people: {options.People}
                  deadline: {Durations.Write(options.Deadline)}
                  silence: reject
                  look: 10s  # a long prompt is before somebody for so long at most before they can release it
              undo:  # a release is held this long from that score on, so that a slip can be taken back
                from: {(undo ? options.UndoAt : Thresholds.Never)}
                window: {Durations.Write(options.UndoWindow)}
            tell:
              reason: {(options.TellReason ? "true" : "false")}

            """);
        var rules = new StringBuilder();
        foreach (var (category, action) in options.Floors.OrderBy(floor => floor.Key))
        {
            if (action != PolicyAction.Forward) rules.Append(Floor(Names(category), $"findings: [{{category: {Word(category)}, confidence: {options.FloorConfidence.ToString(CultureInfo.InvariantCulture)}}}]", action));
        }
        if (options.Unreadable != PolicyAction.Forward) rules.Append(Floor("unreadable", "unreadable: true", options.Unreadable));
        if (rules.Length > 0) text.Append("rules:  # read from the top; those with atLeast add up\n").Append(rules);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Floor(string name, string when, PolicyAction least) => $"  - name: {name}\n    when: {{{when}}}\n    then: {{atLeast: {Word(least)}}}\n";

    private static string Names(RiskCategory category) => category switch
    {
        RiskCategory.Secret => "secrets",
        RiskCategory.Personal => "personal data",
        RiskCategory.Attack => "attacks",
        RiskCategory.Code => "source code",
        RiskCategory.Confidential => "confidential text",
        RiskCategory.Unusual => "unusual calls",
        RiskCategory.Fault => "scorer faults",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Word<T>(T word) where T : struct, Enum => word.ToString().ToLowerInvariant();

    /// <summary>A JSON string is a YAML string.</summary>
    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
