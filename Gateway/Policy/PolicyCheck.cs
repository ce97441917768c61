using Contracts.Messages;

using Gateway.Policy.Yaml;

namespace Gateway.Policy;

/// <summary>Looks for what reads well and cannot work: rules that never hold, stages nobody can serve, types nothing finds.</summary>
internal static class PolicyCheck
{
    public static void Check(PolicyDocument document, PolicyWorld world, PolicyErrors errors)
    {
        CheckStages(document.Review.Stages, [], "review", 0);
        for (var i = 0; i < document.Rules.Count; i++)
        {
            var rule = document.Rules[i];
            if (document.Rules.Take(i).FirstOrDefault(earlier => !earlier.Then.AtLeast && Covers(earlier.When, rule.When)) is { } before)
                errors.Add(rule.Line, $"rules: '{rule.Name}' never decides: '{before.Name}' (line {before.Line}) holds whenever it does, and comes first.");
            foreach (var type in rule.When.Findings.Select(finding => finding.Type).OfType<string>()) CheckType(type, rule.Name, rule.Line);
            foreach (var type in rule.Then.Masking?.Lines.SelectMany(line => line.Types) ?? []) CheckType(type, rule.Name, rule.Line);
            CheckStages(rule.Then.Stages ?? [], rule.When.Callers, $"rules: '{rule.Name}'", rule.Line);
        }
        foreach (var type in document.Masking.Lines.SelectMany(line => line.Types)) CheckType(type, "masking", 0);

        void CheckType(string type, string where, int line)
        {
            if (world.FindingTypes?.Contains(type) == false) errors.Add(line, $"{where}: nothing finds '{type}'.{Spelling.Suggest(type, world.FindingTypes)}");
        }

        void CheckStages(IReadOnlyList<ReviewStage> stages, IReadOnlyList<Pattern> callers, string where, int line)
        {
            for (var i = 0; i < stages.Count; i++)
            {
                if (world.WhyUnserved(stages[i], callers) is { } reason) errors.Add(line, $"{where}: stage {i + 1} can never be passed: {reason}.");
            }
        }
    }

    /// <summary>Whether the first hold whenever the second do, as far as that can be told from how they are written.</summary>
    private static bool Covers(Conditions wide, Conditions narrow) =>
        wide.On == narrow.On
        && Covers(wide.Callers, narrow.Callers) && Covers(wide.Groups, narrow.Groups) && Covers(wide.Models, narrow.Models) && Covers(wide.Routes, narrow.Routes) && Covers(wide.Upstreams, narrow.Upstreams) && Covers(wide.Tools, narrow.Tools)
        && (wide.Time is null || wide.Time == narrow.Time)
        && (wide.Unreadable is null || wide.Unreadable == narrow.Unreadable)
        && (wide.Score is not { } range || (narrow.Score is { } inner && inner.From >= range.From && inner.Below <= range.Below))
        && wide.Findings.All(need => narrow.Findings.Any(given => IsMet(need, given)));

    private static bool Covers<T>(IReadOnlyList<T> wide, IReadOnlyList<T> narrow) => wide.Count == 0 || (narrow.Count > 0 && narrow.All(wide.Contains));

    private static bool IsMet(FindingCondition need, FindingCondition given) =>
        (need.Category is null || need.Category == given.Category) && (need.Type is null || need.Type == given.Type) && given.Count >= need.Count && given.Confidence >= need.Confidence;
}
