namespace Gateway.Policy;

/// <summary>
/// Whether a policy can only be stricter than another, so that one person may put it in force at once. Told from how both
/// are written: lower lines, more rules that say the least that must happen at the top, more people. Everything else must be
/// the same, because of a changed rule nobody can say in a hurry whether it lets something through.
/// </summary>
internal static class Tightening
{
    /// <returns>Null when it can only be stricter; else the first thing that might not be.</returns>
    public static string? WhyNot(PolicyDocument now, PolicyDocument then)
    {
        if (!IsLower(then.Thresholds, now.Thresholds)) return "A threshold is higher than now.";
        if (then.For.Count != now.For.Count || !then.For.Zip(now.For).All(pair => IsLower(pair.First, pair.Second))) return "A threshold for some callers or a category is higher than now, or a line was added or taken away.";
        var added = then.Rules.Count - now.Rules.Count;
        if (added < 0) return "A rule was taken away.";
        if (then.Rules.Take(added).FirstOrDefault(rule => !rule.Then.AtLeast) is { } deciding) return $"The rule '{deciding.Name}' decides alone; in an emergency only rules with 'atLeast' can be added, above all others.";
        if (then.Rules.Take(added).FirstOrDefault(rule => rule.Then is not { Stages: null, UndoWindow: null, Masking: null }) is { } special)
            return $"The rule '{special.Name}' brings stages, an undo window or masking of its own, which might be milder than those it takes the place of.";
        foreach (var (old, kept) in now.Rules.Zip(then.Rules.Skip(added)))
        {
            if (Written(old) != Written(kept)) return $"The rule '{old.Name}' is not the same as now.";
        }
        if (!AreMore(then.Review, now.Review)) return "The stages of reviews ask for fewer or other people than now, or the undo window is shorter.";
        if (Written(now.Masking) != Written(then.Masking)) return "Masking is not the same as now.";
        return null;
    }

    private static bool IsLower(Thresholds then, Thresholds now) => then.Mask <= now.Mask && then.Park <= now.Park && then.Block <= now.Block;

    private static bool IsLower(ThresholdsFor then, ThresholdsFor now) =>
        Written(then.Who) == Written(now.Who) && then.Category == now.Category && IsNoHigher(then.Mask, now.Mask) && IsNoHigher(then.Park, now.Park) && IsNoHigher(then.Block, now.Block);

    private static bool IsNoHigher(int? then, int? now) => then == now || then < now;

    private static bool AreMore(ReviewPlan then, ReviewPlan now) =>
        then.Stages.Count == now.Stages.Count && then.UndoFrom <= now.UndoFrom && then.UndoWindow >= now.UndoWindow
        && then.Stages.Zip(now.Stages).All(pair => pair.First.People >= pair.Second.People && pair.First.Groups.SequenceEqual(pair.Second.Groups) && pair.First.Deadline == pair.Second.Deadline && pair.First.OnDeadline == pair.Second.OnDeadline);

    /// <summary>The same for what is written the same, wherever it stands.</summary>
    private static string Written(object part) => PolicyJson.Write(part is PolicyRule rule ? rule with { Line = 0 } : part);
}
