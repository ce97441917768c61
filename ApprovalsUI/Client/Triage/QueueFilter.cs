using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client.Triage;

/// <summary>What a queue can be narrowed by, besides free words.</summary>
public enum QueueFacet
{
    Risk,
    Rule,
    Finding,
    Group,
    Model,
    Caller,
}

/// <summary>Which reviews to list; an empty member asks for all. It lives in the address: free words, which may be a prompt's, are no part of it.</summary>
/// <param name="Group">One that is asked in the stage in force.</param>
/// <param name="Caller">A subject.</param>
public sealed record QueueFilter(string? Risk = null, string? Rule = null, string? Finding = null, string? Group = null, string? Model = null, string? Caller = null)
{
    internal static QueueFilter None { get; } = new();

    internal static IReadOnlyList<QueueFacet> Facets { get; } = Enum.GetValues<QueueFacet>();

    internal string? this[QueueFacet facet] => facet switch
    {
        QueueFacet.Risk => Risk,
        QueueFacet.Rule => Rule,
        QueueFacet.Finding => Finding,
        QueueFacet.Group => Group,
        QueueFacet.Model => Model,
        QueueFacet.Caller => Caller,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal QueueFilter With(QueueFacet facet, string? value) => facet switch
    {
        QueueFacet.Risk => this with { Risk = value },
        QueueFacet.Rule => this with { Rule = value },
        QueueFacet.Finding => this with { Finding = value },
        QueueFacet.Group => this with { Group = value },
        QueueFacet.Model => this with { Model = value },
        QueueFacet.Caller => this with { Caller = value },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal string Address() =>
        Query.Build("console", ("risk", Risk), ("rule", Rule), ("finding", Finding), ("group", Group), ("model", Model), ("caller", Caller));

    /// <summary>What of a review a facet is about.</summary>
    internal static IEnumerable<string> Values(QueueFacet facet, ReviewSummary review) => facet switch
    {
        QueueFacet.Risk => [RiskBands.Of(review.Score).ToString()],
        QueueFacet.Rule => [review.Rule],
        QueueFacet.Finding => review.FindingTypes.Distinct(StringComparer.Ordinal),
        QueueFacet.Group => review.Groups,
        QueueFacet.Model => [review.Model],
        QueueFacet.Caller => [review.Caller.Subject],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal bool Lets(ReviewSummary review) => Facets.All(facet => Lets(facet, review));

    internal bool Lets(QueueFacet facet, ReviewSummary review) => this[facet] is not { } asked || Values(facet, review).Contains(asked, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every one of the words stands somewhere in what the row says.</summary>
    internal static bool Says(ReviewSummary review, string[] words) => words.All(word =>
        review.Caller.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || review.Excerpt.Contains(word, StringComparison.OrdinalIgnoreCase)
        || review.Rule.Contains(word, StringComparison.OrdinalIgnoreCase) || review.Model.Contains(word, StringComparison.OrdinalIgnoreCase));
}
