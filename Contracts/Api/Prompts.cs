namespace Contracts.Api;

/// <summary>A parked prompt as a reviewer may see it: every finding masked until it is revealed.</summary>
public sealed record PromptView
{
    public required string TicketId { get; init; }

    /// <summary>Goes into the vote: what was reviewed is what is released.</summary>
    public required string Digest { get; init; }
    public required string Model { get; init; }
    public required IReadOnlyList<PromptPartView> Parts { get; init; }

    /// <summary>The parts from this one on are the model's answer, and the answer is what waits; null where it is the prompt.</summary>
    public int? AnswerFrom { get; init; }
}

/// <summary>One string of the body that a model would read.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>, or <c>other</c>.</param>
/// <param name="Kind"><c>text</c>, <c>tool definition</c>, <c>tool call</c>, <c>tool result</c>, <c>file</c>, <c>name</c>.</param>
public sealed record PromptPartView(string Path, string Role, string Kind, IReadOnlyList<PromptRun> Runs);

/// <summary>A stretch of a part: plain text, or a finding (then <see cref="Text"/> is its mask until revealed).</summary>
/// <param name="Finding">Index into the ticket's findings; null for plain text.</param>
/// <param name="Masked"><c>true</c> when the text stands for something hidden; false for findings that are shown, such as an attack phrase.</param>
public sealed record PromptRun(string Text, int? Finding, bool Masked)
{
    /// <summary>Other findings on the same stretch; a masked one names all that it touches, so that each has a place. Null for none.</summary>
    public IReadOnlyList<int>? Also { get; init; }
}

/// <summary>Show one masked finding. Recorded in the trail before the text is given out.</summary>
/// <param name="Reason">At least 3 characters, at most 500.</param>
public sealed record RevealFinding(int Finding, string Reason);

public sealed record RevealedFinding(int Finding, string Text);
