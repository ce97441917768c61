namespace Contracts;

/// <summary>What kind of risk a finding is about; policy sets floors by these.</summary>
public enum RiskCategory
{
    Secret,
    Personal,
    Attack,
    Code,

    /// <summary>Marked as not for everybody, or what this installation's own lists, patterns and documents say is not.</summary>
    Confidential,

    /// <summary>The call is unlike what its caller sends otherwise; says nothing about the text.</summary>
    Unusual,

    /// <summary>The scorer could not do its work; counts as risk, never as zero.</summary>
    Fault,
}

/// <summary>
/// Something risky at a place in a body. Says what and where, never the text itself.
/// </summary>
public sealed record Finding
{
    /// <summary>Stable name of the detector, the same in configuration, metrics and trail, e.g. <c>secrets.aws-access-key</c>.</summary>
    public required string Detector { get; init; }

    public required RiskCategory Category { get; init; }

    /// <summary>Type name in the field's usual words: <c>EMAIL_ADDRESS</c>, <c>CREDIT_CARD</c>, <c>SECRET</c>, <c>PROMPT_INJECTION</c>, …</summary>
    public required string Type { get; init; }

    /// <summary>JSON Pointer (RFC 6901) of the string in the body.</summary>
    public required string Path { get; init; }

    /// <summary>First UTF-16 unit inside the decoded string.</summary>
    public required int Start { get; init; }

    /// <summary>First UTF-16 unit after the finding.</summary>
    public required int End { get; init; }

    /// <summary>0 to 1: how sure the detector is that this is what it says.</summary>
    public required double Confidence { get; init; }

    /// <summary>One sentence for people: why this was found. Never quotes the text.</summary>
    public required string Reason { get; init; }
}
