using Contracts;

namespace Gateway.Policy;

/// <summary>What stands in a value's place.</summary>
internal enum MaskedAs
{
    /// <summary>A token such as <c>[EMAIL_1]</c>, the same for the same value, restored in the answer.</summary>
    Pseudonym,

    /// <summary>The type alone, such as <c>[EMAIL hidden]</c>: two values cannot be told apart, and nothing is restored.</summary>
    Label,

    /// <summary>The last four letters or digits, such as <c>[CARD …1111]</c>: enough for a person to recognise it, and nothing is restored.</summary>
    Partial,

    /// <summary>A keyed digest such as <c>[EMAIL #1f3a9c2e04b7]</c>: the same for the same value in one conversation, and only there; nothing is restored.</summary>
    Hash,

    /// <summary>A made-up value of the same form, the same for the same value in one conversation, restored in the answer; a pseudonym where a type has no form.</summary>
    Fake,

    /// <summary>The value itself.</summary>
    Kept,
}

/// <summary>How values of these types are masked; what no line names becomes a pseudonym.</summary>
internal sealed record MaskingLine(IReadOnlyList<string> Types, MaskedAs As);

internal sealed record MaskingPlan(IReadOnlyList<MaskingLine> Lines)
{
    public static MaskingPlan Pseudonyms { get; } = new([]);

    public MaskedAs For(string type) => Lines.FirstOrDefault(line => line.Types.Contains(type))?.As ?? MaskedAs.Pseudonym;

    /// <summary>Some of it depends on the conversation.</summary>
    public bool NeedsKey => Lines.Any(line => line.As is MaskedAs.Hash or MaskedAs.Fake);

    public bool Hides(Finding finding) => PromptPolicy.Hides(finding) && For(finding.Type) != MaskedAs.Kept;
}
