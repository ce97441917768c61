using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Gateway.Policy.Yaml;

/// <summary>What a text says, or everything that is wrong with it; never half of it.</summary>
internal sealed record PolicyReading(PolicyDocument? Document, IReadOnlyList<PolicyError> Errors);

/// <summary>Reads a policy's YAML. The text may come from anybody: its size and depth are bounded, and aliases, which can grow without end, are not taken.</summary>
internal static class PolicyReader
{
    public const int LongestText = 256 * 1024;
    private const int Deepest = 12;
    private const int MostRules = 500;
    private const int MostLines = 200;

    /// <param name="world">What is known of groups and finding types; null where the text is judged by itself.</param>
    public static PolicyReading Read(string text, PolicyWorld? world = null)
    {
        var errors = new PolicyErrors();
        var document = Parse(text, errors) is { } root ? ReadDocument(root, errors) : null;
        if (document is not null && !errors.Any) PolicyCheck.Check(document, world ?? PolicyWorld.Unknown, errors);
        return errors.Any || document is null ? new PolicyReading(null, errors.InOrder) : new PolicyReading(document, []);
    }

    /// <summary>The one mapping in a text that may come from anybody; null, with the reason, where there is none.</summary>
    public static YamlMap? Parse(string text, PolicyErrors errors)
    {
        if (text.Length > LongestText)
        {
            errors.Add(0, $"The policy is longer than {LongestText / 1024} kB.");
            return null;
        }
        try
        {
            if (!IsPlain(text, errors)) return null;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root) return new YamlMap(root, "", errors);
            errors.Add(1, "The policy must be one YAML mapping: lines such as 'name: Standard'.");
        }
        catch (YamlException broken)
        {
            errors.Add((int)broken.Start.Line, $"This is not YAML: {broken.Message}");
        }
        // What the library throws where a broken text surprises it (found by fuzzing).
        catch (Exception surprised) when (surprised is InvalidOperationException or ArgumentException)
        {
            errors.Add(0, "This is not YAML.");
        }
        return null;
    }

    /// <summary>Looks at the events before anything is built from them.</summary>
    private static bool IsPlain(string text, PolicyErrors errors)
    {
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        for (var depth = 0; parser.MoveNext();)
        {
            var at = parser.Current!; // MoveNext said there is one
            depth += at.NestingIncrease;
            if (depth > Deepest)
            {
                errors.Add((int)at.Start.Line, $"The policy is nested deeper than {Deepest} levels.");
                return false;
            }
            if (at is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            {
                errors.Add((int)at.Start.Line, "Anchors and aliases (& and *) are not taken in a policy: write it out, and put a pattern that begins with * in quotes.");
                return false;
            }
        }
        return true;
    }

    private static PolicyDocument ReadDocument(YamlMap root, PolicyErrors errors)
    {
        var (thresholds, lines) = ReadThresholds(root);
        var review = ReadReview(root);
        var tell = root.Map("tell");
        var told = new Telling();
        if (tell is not null) told = told with { Reason = tell.Flag("reason") ?? told.Reason, Blocked = tell.Text("blocked") ?? told.Blocked };
        tell?.Done();
        var document = new PolicyDocument
        {
            Name = root.Text("name", 100) ?? "Policy",
            Thresholds = thresholds,
            For = lines,
            Review = review,
            Tell = told,
            Masking = RuleReader.Masking(root, "masking") ?? MaskingPlan.Pseudonyms,
            Rules = [.. root.Maps("rules", MostRules).Select(RuleReader.Read).OfType<PolicyRule>()],
        };
        root.Done();
        foreach (var twice in document.Rules.GroupBy(rule => rule.Name).Where(name => name.Count() > 1))
            errors.Add(twice.Last().Line, $"rules: '{twice.Key}' names {twice.Count()} rules; the trail could not say which of them decided.");
        return document;
    }

    private static (Thresholds, IReadOnlyList<ThresholdsFor>) ReadThresholds(YamlMap root)
    {
        if (root.Map("thresholds") is not { } map)
        {
            if (!root.Has("thresholds")) root.Error("thresholds", "are missing: from which score on is a prompt masked, parked and blocked? (mask: 30, park: 60, block: 95)");
            return (new(0, 0, 0), []);
        }
        var standard = new Thresholds(Line(map, "mask") ?? Thresholds.Never, Line(map, "park") ?? Thresholds.Never, Line(map, "block") ?? Thresholds.Never);
        IsInOrder(map, standard);
        var lines = map.Maps("for", MostLines).Select(line => ReadLine(line, standard)).ToList();
        map.Done();
        return (standard, lines);
    }

    private static int? Line(YamlMap map, string key) => map.Whole(key, 0, Thresholds.Never);

    private static ThresholdsFor ReadLine(YamlMap map, Thresholds standard)
    {
        var who = RuleReader.Who(map);
        var line = new ThresholdsFor(who, map.Word("category", RuleReader.Categories), Line(map, "mask"), Line(map, "park"), Line(map, "block"));
        map.Done();
        if (line is { Mask: null, Park: null, Block: null }) map.Error("says none of mask, park and block, so it changes nothing.");
        else IsInOrder(map, line.Over(standard));
        if (line.Category is null && who.IsEverybody) map.Error("is for everybody; that is what the thresholds above it are for. Name groups, callers, models, routes, upstreams or a category.");
        return line;
    }

    private static void IsInOrder(YamlMap map, Thresholds lines)
    {
        if (lines.Park >= lines.Block && lines.Park < Thresholds.Never) map.Error($"park ({lines.Park}) must be lower than block ({lines.Block}), or nothing is ever parked.");
        if (lines.Mask >= lines.Park && lines.Mask < Thresholds.Never) map.Error($"mask ({lines.Mask}) must be lower than park ({lines.Park}), or nothing is ever masked.");
    }

    private static ReviewPlan ReadReview(YamlMap root)
    {
        var nobody = new ReviewPlan([], Thresholds.Never, TimeSpan.Zero);
        if (root.Map("review") is not { } map)
        {
            if (!root.Has("review")) root.Error("review", "is missing: whose people decide about what is parked? (review: {stages: [{groups: [reviewers]}]})");
            return nobody;
        }
        var stages = RuleReader.Stages(map);
        if (stages is null && !map.Has("stages")) map.Error("stages", "are missing: nobody could ever release what is parked.");
        var undo = map.Map("undo");
        var plan = new ReviewPlan(stages ?? [],
            undo?.Whole("from", 0, Thresholds.Never) ?? Thresholds.Never, undo?.Duration("window", TimeSpan.Zero, TimeSpan.FromHours(1)) ?? TimeSpan.Zero);
        undo?.Done();
        map.Done();
        return plan;
    }
}
