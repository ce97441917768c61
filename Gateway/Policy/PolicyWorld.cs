using Contracts.Messages;

namespace Gateway.Policy;

/// <summary>Who may review, as far as whoever signs people in knows; the composing host registers it.</summary>
/// <param name="Members">Subjects of a group's people; null where the provider keeps that to itself.</param>
internal sealed record KnownReviewers(IReadOnlySet<string> Groups, Func<string, IReadOnlyCollection<string>>? Members);

/// <summary>What a policy is held against before it may come into force.</summary>
/// <param name="Reviewers">Groups whose people may decide at all; null where that is not known.</param>
/// <param name="Members">Subjects of a group's people; null where the provider keeps that to itself.</param>
/// <param name="FindingTypes">What the detectors can find; null where that is not known.</param>
internal sealed record PolicyWorld(IReadOnlySet<string>? Reviewers, Func<string, IReadOnlyCollection<string>>? Members, IReadOnlySet<string>? FindingTypes)
{
    public static PolicyWorld Unknown { get; } = new(null, null, null);

    /// <summary>Why nobody, or not enough people, could serve this stage for these callers; null where they can.</summary>
    public string? WhyUnserved(ReviewStage stage, IReadOnlyList<Pattern> callers)
    {
        if (Reviewers is not null && stage.Groups.Where(group => !Reviewers.Contains(group)).ToList() is { Count: > 0 } unknown)
            return $"{string.Join(", ", unknown.Select(group => $"'{group}'"))} {(unknown.Count == 1 ? "is a group" : "are groups")} nobody of whom may review (there are: {string.Join(", ", Reviewers.Order(StringComparer.Ordinal))})";
        if (Members is null) return null;
        var people = stage.Groups.SelectMany(Members).ToHashSet(StringComparer.Ordinal);
        if (people.Count < stage.People) return $"it needs {stage.People} people, and {string.Join(", ", stage.Groups)} {(stage.Groups.Count == 1 ? "has" : "have")} {people.Count}";
        var requester = callers.Count == 1 ? people.FirstOrDefault(callers[0].Matches) : null;
        if (requester is not null && people.Count - 1 < stage.People) return $"without '{requester}', who asks and may not decide, {people.Count - 1} of the {stage.People} people it needs are left";
        return null;
    }
}
