using Contracts;

namespace Gateway.Policy;

/// <summary>What stands in a value's place.</summary>
internal enum MaskedAs
{
    /// <summary>A token such as <c>[EMAIL_1]</c>, the same for the same value, restored in the answer.</summary>
    Pseudonym,

    /// <summary>The type alone, such as <c>[EMAIL hidden]</c>: two values cannot be told apart, and nothing is restored.</summary>
    Label,

    /// <summary>The value itself.</summary>
    Kept,
}

/// <summary>How values of these types are masked; what no line names becomes a pseudonym.</summary>
internal sealed record MaskingLine(IReadOnlyList<string> Types, MaskedAs As);

internal sealed record MaskingPlan(IReadOnlyList<MaskingLine> Lines)
{
    public static MaskingPlan Pseudonyms { get; } = new([]);

    public MaskedAs For(string type) => Lines.FirstOrDefault(line => line.Types.Contains(type))?.As ?? MaskedAs.Pseudonym;

    public bool Hides(Finding finding) => PromptPolicy.Hides(finding) && For(finding.Type) != MaskedAs.Kept;
}
