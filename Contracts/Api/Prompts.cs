using Contracts.Messages;

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

    /// <summary>What is attached besides texts; nothing here has looked into those that have no part.</summary>
    public IReadOnlyList<PromptAttachment> Attachments { get; init; } = [];

    /// <summary>What people have made of the caller's prompt; null where it waits as it came.</summary>
    public PromptEdit? Edit { get; init; }

    /// <summary>What the caller was asked and said, oldest first.</summary>
    public IReadOnlyList<CallerWords> Asked { get; init; } = [];

    /// <summary>Where the caller is; null once it is decided.</summary>
    public CallerWaits? Waits { get; init; }
}

/// <summary>An image, a recording, a document, or a reference to one.</summary>
/// <param name="Path">JSON Pointer of the array element that carries it: what is dropped with it. Empty where it stands in no array and cannot be dropped.</param>
/// <param name="MediaType">As it says of itself; null where it does not.</param>
/// <param name="Size">Bytes, once decoded; null for a reference.</param>
public sealed record PromptAttachment(string Path, string? MediaType, long? Size);

/// <summary>The last of the edits.</summary>
/// <param name="ModelBefore">The one the caller asked for.</param>
/// <param name="Changes">The texts that differ from the caller's, hidden values as <c>⟦TYPE⟧</c>.</param>
/// <param name="Findings">What the edited text's runs point into.</param>
/// <param name="Dropped">Attachments of the caller that do not go along.</param>
public sealed record PromptEdit(int Number, PersonRef By, DateTimeOffset At, string ModelBefore, IReadOnlyList<PartChange> Changes, IReadOnlyList<Finding> Findings, IReadOnlyList<PromptAttachment> Dropped);

public sealed record PartChange(string Path, IReadOnlyList<DiffLine> Lines);

/// <param name="Answer">Null until the caller has answered.</param>
public sealed record CallerWords(string Question, DateTimeOffset AskedAt, string? Answer, DateTimeOffset? AnsweredAt);

/// <summary>How the caller waits.</summary>
/// <param name="Position">1 is next among the prompts that wait for the same people.</param>
/// <param name="Until">When the connection it waits on is answered "still waiting", or given up, at the latest; null where it waits on none.</param>
/// <param name="Polls">It asks again by itself, so nobody has to be there.</param>
public sealed record CallerWaits(int Position, DateTimeOffset? Until, bool Polls);

/// <summary>
/// Puts another text in the place of the one that waits. Where a part holds a hidden value, its text holds the value's
/// <see cref="EditToken"/>; a token that is left out is a value that is taken out.
/// </summary>
public sealed record EditPrompt
{
    /// <summary>Chosen by the client; sent again it gives the same answer.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>The digest of the text that was changed: who changes another one gets 409.</summary>
    public required string From { get; init; }

    /// <summary>The parts that change, each as a whole. At most 200.</summary>
    public IReadOnlyList<EditedPart> Parts { get; init; } = [];

    /// <summary>Another model; null leaves it.</summary>
    public string? Model { get; init; }

    /// <summary>Paths of attachments that do not go along.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];
}

public sealed record EditedPart(string Path, string Text);

/// <summary>How a hidden value stands in a text that is being edited.</summary>
public static class EditToken
{
    public const char Open = '\u27E6';
    public const char Close = '\u27E7';

    public static string Of(string type, int finding) => $"{Open}{type} {finding}{Close}";
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
