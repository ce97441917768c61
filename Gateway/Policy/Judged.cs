using System.Text.Json.Serialization;
using Contracts;
using Gateway.Identity;
using Gateway.Risk;

namespace Gateway.Policy;

/// <summary>What is judged: what a caller asks, or what a model answers.</summary>
internal enum Direction
{
    Request,
    Response,
}

/// <summary>
/// Everything a policy may know of one prompt or answer, and nothing of its text. It is recorded with the interaction, so
/// that any policy can judge it again later and comes to what it would have decided then.
/// </summary>
internal sealed record Judged
{
    public required DateTimeOffset At { get; init; }
    public Direction On { get; init; }
    public required string Caller { get; init; }
    public required IReadOnlyList<string> Groups { get; init; }
    public required string Route { get; init; }
    public required string Model { get; init; }

    /// <summary>Where the prompt goes, by the name its upstream has here; null in what was recorded before this was known.</summary>
    public string? Upstream { get; init; }

    /// <summary>Of all its texts, in UTF-16 units.</summary>
    public int Length { get; init; }

    /// <summary>The caller may not use this model or route, whatever the policy says.</summary>
    public NotAllowed? NotAllowed { get; init; }

    /// <summary>What would be masked goes as it is, because the caller may have that.</summary>
    public bool RidesPastMasking { get; init; }

    /// <summary>0 to 100, over everything found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Score { get; init; }

    /// <summary>What the texts alone score, whoever sends them and how: at most a point less than that.</summary>
    [JsonIgnore]
    public int TextScore => Scores.TryGetValue(RiskCategory.Unusual, out var unusual) ? (int)(100 - (100.0 * (100 - Score) / (100 - unusual))) : Score;

    /// <summary>The score that the findings of one category alone would have; categories without findings are left out.</summary>
    public IReadOnlyDictionary<RiskCategory, int> Scores { get; init; } = new Dictionary<RiskCategory, int>();
    public IReadOnlyList<FoundType> Found { get; init; } = [];

    /// <summary>Attachments the scorer could not look into.</summary>
    public int Unreadable { get; init; }

    /// <summary>A finding stands where no pseudonym can go: in a property name or a number.</summary>
    public bool Unmaskable { get; init; }

    /// <summary>Names of the tools an answer wants called.</summary>
    public IReadOnlyList<string> ToolCalls { get; init; } = [];

    public static Judged Of(Caller caller, string route, string model, RiskAssessment risk, DateTimeOffset at) => new()
    {
        At = at, Caller = caller.Subject, Groups = caller.Groups, Route = route, Model = model,
        NotAllowed = !caller.MayUse(model) ? new("caller.model", $"This key may not use the model '{model}'.")
            : !caller.MayCall(route, model) ? new("caller.route", $"This key may not call this route for the model '{model}'.") : null,
        RidesPastMasking = caller.RidesPastMasking(route, model),
        Score = risk.Score, Scores = risk.Scores, Found = FoundType.Of(risk.Findings),
    };
}

/// <param name="Rule">As the trail names it.</param>
internal sealed record NotAllowed(string Rule, string Reason);

/// <summary>All findings of one type.</summary>
/// <param name="Confidences">One for each finding.</param>
internal sealed record FoundType(RiskCategory Category, string Type, IReadOnlyList<double> Confidences)
{
    public static IReadOnlyList<FoundType> Of(IEnumerable<Finding> findings) =>
        [.. findings.GroupBy(f => (f.Category, f.Type)).Select(type => new FoundType(type.Key.Category, type.Key.Type, [.. type.Select(f => f.Confidence)]))];
}
