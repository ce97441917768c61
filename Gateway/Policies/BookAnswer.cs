using Gateway.Policy.Yaml;

namespace Gateway.Policies;

/// <summary>What became of something a person asked of the policy book.</summary>
internal abstract record BookAnswer
{
    private BookAnswer()
    {
    }

    public sealed record Changed(PolicyDraft Draft) : BookAnswer;

    public sealed record InForce(PolicyVersion Version) : BookAnswer;

    public sealed record Missing : BookAnswer;

    /// <summary>It is this person who may not.</summary>
    public sealed record NotYou(string Message) : BookAnswer;

    /// <summary>Somebody or something was first.</summary>
    public sealed record TooLate(string Message) : BookAnswer;

    public sealed record Wrong(IReadOnlyList<PolicyError> Errors) : BookAnswer;
}

/// <summary>Who asks.</summary>
internal sealed record Person(string Subject, string Name);
