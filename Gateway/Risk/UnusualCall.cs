using Contracts;

namespace Gateway.Risk;

/// <summary>In what a call can be unlike its caller's others. About no text, so a finding of it has no place.</summary>
internal static class UnusualCall
{
    public static DetectorProfile First { get; } = new("habits.first-call", RiskCategory.Unusual, "FIRST_CALL", [], []);
    public static DetectorProfile NewModel { get; } = new("habits.new-model", RiskCategory.Unusual, "NEW_MODEL", [], []);
    public static DetectorProfile Longer { get; } = new("habits.longer", RiskCategory.Unusual, "LONGER_THAN_USUAL", [], []);
    public static DetectorProfile Faster { get; } = new("habits.faster", RiskCategory.Unusual, "FASTER_THAN_USUAL", [], []);

    public static IReadOnlyList<DetectorProfile> All { get; } = [First, NewModel, Longer, Faster];

    public static Finding Finding(DetectorProfile kind, string reason) => new()
    {
        Detector = kind.Name, Category = kind.Category, Type = kind.Type, Path = "", Start = 0, End = 0, Confidence = 1, Reason = reason,
    };
}
