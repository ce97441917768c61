using Contracts;
using Contracts.Messages;

namespace Gateway.Policy.Yaml;

/// <summary>Reads what stands in a rule: when, and then.</summary>
internal static class RuleReader
{
    private const int MostStages = 10;
    private const int MostPeople = 10;
    private static readonly TimeSpan ShortestDeadline = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestUndo = TimeSpan.FromHours(1);

    public static IReadOnlyDictionary<string, RiskCategory> Categories { get; } = Words<RiskCategory>();
    private static readonly IReadOnlyDictionary<string, PolicyAction> Actions = Words<PolicyAction>();
    private static readonly IReadOnlyDictionary<string, Direction> Directions = Words<Direction>();
    private static readonly IReadOnlyDictionary<string, MaskedAs> Masks = Words<MaskedAs>();
    private static readonly IReadOnlyDictionary<string, OnDeadline> Silences = new Dictionary<string, OnDeadline> { ["reject"] = OnDeadline.Reject, ["next stage"] = OnDeadline.NextStage };

    private static readonly IReadOnlyDictionary<string, DayOfWeek> Days = Enum.GetValues<DayOfWeek>().ToDictionary(day => day.ToString()[..3].ToLowerInvariant());

    public static PolicyRule? Read(YamlMap map)
    {
        var name = map.Text("name", 100);
        if (name is null && !map.Has("name")) map.Error("name", "is missing; the trail says by it which rule decided.");
        var when = map.Map("when") is { } conditions ? ReadConditions(conditions) : new Conditions();
        var then = map.Map("then") is { } consequence ? ReadConsequence(consequence, when.On) : null;
        if (then is null && !map.Has("then")) map.Error("then", "is missing: what happens when this holds?");
        map.Done();
        return name is null || then is null ? null : new PolicyRule(name, when, then, map.Line);
    }

    /// <summary>Who sends what where.</summary>
    public static Conditions Who(YamlMap map) => new()
    {
        Callers = Patterns(map, "callers"), Groups = [.. map.Texts("groups").Select(group => group.Text)],
        Models = Patterns(map, "models"), Routes = Patterns(map, "routes"), Upstreams = Patterns(map, "upstreams"), Time = Time(map),
    };

    public static IReadOnlyList<ReviewStage>? Stages(YamlMap map)
    {
        if (!map.Has("stages")) return null;
        var stages = map.Maps("stages", MostStages).Select(ReadStage).ToList();
        if (stages.Count == 0) map.Error("stages", "must name at least one stage, or nobody could ever release what is parked.");
        if (stages.Count > 0 && stages[^1].OnDeadline == OnDeadline.NextStage) map.Error("stages", "the last stage has no next one: its silence must mean 'reject'.");
        return stages;
    }

    public static MaskingPlan? Masking(YamlMap map, string key)
    {
        if (!map.Has(key)) return null;
        var lines = new List<MaskingLine>();
        foreach (var line in map.Maps(key, 50))
        {
            var types = line.Texts("types").Select(type => type.Text).ToList();
            var how = line.Word("as", Masks);
            if (types.Count == 0 && !line.Has("types")) line.Error("types", "are missing, such as EMAIL_ADDRESS.");
            if (how is null && !line.Has("as")) line.Error("as", $"is missing: {string.Join(", ", Masks.Keys)}.");
            line.Done();
            if (how is { } masked) lines.Add(new MaskingLine(types, masked));
        }
        return new MaskingPlan(lines);
    }

    private static Conditions ReadConditions(YamlMap map)
    {
        var conditions = Who(map) with
        {
            On = map.Word("on", Directions) ?? Direction.Request,
            Findings = [.. map.Maps("findings", 20).Select(ReadFinding)],
            Score = ReadScore(map),
            Unreadable = map.Flag("unreadable"),
            Tools = Patterns(map, "tools"),
        };
        map.Done();
        if (conditions is { On: Direction.Request, Tools.Count: > 0 }) map.Error("tools", "are called by answers: this needs 'on: response'.");
        if (conditions is { On: Direction.Response, Unreadable: not null }) map.Error("unreadable", "is about what a caller attached; an answer has nothing of the kind.");
        return conditions;
    }

    private static FindingCondition ReadFinding(YamlMap map)
    {
        var finding = new FindingCondition(map.Word("category", Categories), map.Text("type", 100), map.Whole("count", 1, 10_000) ?? 1, map.Fraction("confidence") ?? 0);
        map.Done();
        if (finding is { Category: null, Type: null } && !map.Has("category") && !map.Has("type")) map.Error("must name a category or a type of finding.");
        return finding;
    }

    private static (int, int)? ReadScore(YamlMap map)
    {
        if (map.Map("score") is not { } score) return null;
        var range = (From: score.Whole("from", 0, 100) ?? 0, Below: score.Whole("below", 1, Thresholds.Never) ?? Thresholds.Never);
        score.Done();
        if (range.From >= range.Below) score.Error($"no score is both at least {range.From} and below {range.Below}, so this never holds.");
        return range;
    }

    private static TimeWindow? Time(YamlMap map)
    {
        if (map.Map("time") is not { } time) return null;
        var days = time.Texts("days").Select(day => Days.TryGetValue(day.Text.ToLowerInvariant(), out var known) ? known : (DayOfWeek?)null).ToList();
        if (days.Contains(null)) time.Error("days", $"must be of {string.Join(", ", Days.Keys)}.");
        var (from, to) = (TimeOfDay(time, "from") ?? TimeOnly.MinValue, TimeOfDay(time, "to") ?? TimeOnly.MinValue);
        var zone = TimeZoneInfo.Utc;
        if (time.Text("zone", 100) is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone!)) time.Error("zone", $"'{name}' is no time zone this machine knows; write one such as Europe/Berlin.");
        time.Done();
        if (days.Count == 0 && from == to) time.Error("is always: give days, or from and to.");
        return new TimeWindow([.. days.OfType<DayOfWeek>().Distinct()], from, to, zone ?? TimeZoneInfo.Utc);
    }

    private static TimeOnly? TimeOfDay(YamlMap map, string key)
    {
        if (map.Text(key, 10) is not { } text) return null;
        if (TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time)) return time;
        map.Error(key, "must be a time of day such as \"22:00\", in quotes.");
        return null;
    }

    private static Consequence? ReadConsequence(YamlMap map, Direction on)
    {
        var (alone, least) = (map.Word("action", Actions), map.Word("atLeast", Actions));
        if (alone is not null && least is not null) map.Error("says both 'action' and 'atLeast': either it decides alone, or it sets the least that must happen.");
        if (alone is null && least is null && !map.Has("action") && !map.Has("atLeast")) map.Error($"needs 'action' or 'atLeast': {string.Join(", ", Actions.Keys)}.");
        if (least is PolicyAction.Forward) map.Error("atLeast", "forward is no least: it would change nothing.");
        if ((alone ?? least) is PolicyAction.Forward && on == Direction.Response) map.Error("an answer is never let out unmasked: use mask, park or block.");
        var then = new Consequence(alone ?? least ?? PolicyAction.Block, least is not null, Stages(map), map.Duration("undo", TimeSpan.Zero, LongestUndo), Masking(map, "masking"), map.Text("tell"));
        if (then.Action != PolicyAction.Park && (then.Stages is not null || then.UndoWindow is not null)) map.Error("stages and undo are for what is parked.");
        if (on == Direction.Response && then.Masking is not null) map.Error("masking", "is about what goes out; in an answer every value found is hidden.");
        else if (then.Action != PolicyAction.Mask && then.Masking is not null) map.Error("masking", "is for what is masked.");
        if (then.Action != PolicyAction.Block && then.Tell is not null) map.Error("tell", "is for what is blocked; about the rest people tell.");
        map.Done();
        return alone is null && least is null ? null : then;
    }

    private static ReviewStage ReadStage(YamlMap map)
    {
        var groups = map.Texts("groups").Select(group => group.Text).ToList();
        if (groups.Count == 0 && !map.Has("groups")) map.Error("groups", "are missing: nobody could serve this stage.");
        var stage = new ReviewStage(groups, map.Whole("people", 1, MostPeople) ?? 1, map.Duration("deadline", ShortestDeadline, LongestDeadline) ?? TimeSpan.FromHours(1), map.Word("silence", Silences) ?? OnDeadline.Reject,
            map.Flag("reason") ?? false, map.Duration("look", TimeSpan.Zero, LongestLook) ?? TimeSpan.Zero, map.Has("passTo") ? [.. map.Texts("passTo").Select(group => group.Text)] : null);
        map.Done();
        return stage;
    }

    private static List<Pattern> Patterns(YamlMap map, string key)
    {
        var patterns = new List<Pattern>();
        foreach (var (text, line) in map.Texts(key))
        {
            var (pattern, error) = Pattern.Read(text);
            if (pattern is not null) patterns.Add(pattern);
            else map.Error(line, key, $"{text}: {error}.");
        }
        return patterns;
    }

    private static Dictionary<string, T> Words<T>() where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant());
}
