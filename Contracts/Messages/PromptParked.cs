namespace Contracts.Messages;

/// <summary>Gateway → approvals: a prompt waits for people. Carries ids, scores and a masked excerpt; the text stays in the gateway's store.</summary>
public sealed record PromptParked
{
    public required string TicketId { get; init; }
    public required CallerRef Caller { get; init; }

    /// <summary>Path of the inference route, e.g. <c>/v1/chat/completions</c>.</summary>
    public required string Route { get; init; }
    public required string Model { get; init; }

    /// <summary>SHA-256 (hex) over {caller, route, model, canonical body, policy version}: what a decision is about.</summary>
    public required string Digest { get; init; }
    public required string PolicyVersion { get; init; }

    /// <summary>Name of the rule that asked for people.</summary>
    public required string Rule { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Score { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>First words of the last turn with every finding masked; at most 200 characters.</summary>
    public required string Excerpt { get; init; }

    /// <summary>Snapshot of the rule's stages: a later policy change does not change who must decide this one.</summary>
    public required IReadOnlyList<ReviewStage> Stages { get; init; }

    /// <summary>How long a yes can be taken back before it releases; zero releases at once.</summary>
    public required TimeSpan UndoWindow { get; init; }
    public required DateTimeOffset ParkedAt { get; init; }

    /// <summary>See <see cref="Api.ReviewSummary.Pattern"/>.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>Of all texts a model would read, in UTF-16 units: how long a look they need.</summary>
    public int Length { get; init; }

    /// <summary>A model would read nothing but what <see cref="Excerpt"/> shows, masked and with runs of white space as one. Not known of one that is told again.</summary>
    public bool Whole { get; init; }

    /// <summary>The text people have put in this one's place; what waits now is that. Null while nobody has.</summary>
    public EditedPrompt? Edited { get; init; }

    /// <summary>Set where nobody asked this and the right answer is known. Reviewers learn of it once they have answered.</summary>
    public KnownCase? Known { get; init; }
}

/// <summary>What is known of a prompt that is there to measure how people decide.</summary>
/// <param name="Why">For whoever has answered.</param>
/// <param name="By">Subject of the person who wrote it, whom it does not measure.</param>
public sealed record KnownCase(KnownAnswer Expected, string Why, string By);

/// <summary>A prompt as a reviewer has changed it. Both texts are kept.</summary>
/// <param name="Number">1 for the first edit; the highest is the one that waits.</param>
/// <param name="Digest">As <see cref="PromptParked.Digest"/>, over the edited body and model.</param>
/// <param name="Whole">As <see cref="PromptParked.Whole"/>, of the edited text.</param>
public sealed record EditedPrompt(int Number, string Digest, string Model, IReadOnlyList<Finding> Findings, string Excerpt, PersonRef By, DateTimeOffset At, bool Whole = false);

/// <summary>Who sent a prompt.</summary>
/// <param name="Owner">Subject of the person answerable for this caller, who decides about its prompts as little as it does itself; null when nobody is named.</param>
/// <param name="Credential">Which kind and which one it proved itself with, never the credential; null for a key of the configuration.</param>
/// <param name="IssuedBy">Subject of the person who issued its key and once saw it; null for callers with no issued key.</param>
public sealed record CallerRef(string Subject, string Name, IReadOnlyList<string> Groups, string? Owner = null, string? Credential = null, string? IssuedBy = null)
{
    /// <summary>Whether the prompts of this caller may be this person's own: then somebody else decides about them.</summary>
    public bool MayBe(string person) => person == Subject || person == Owner || person == IssuedBy;
}

/// <summary>One step of a review: so many distinct people of these groups, by then, or else.</summary>
/// <param name="Groups">Any of these groups may vote; people in more than one count once.</param>
/// <param name="People">Distinct people needed, 1 or more.</param>
/// <param name="Deadline">From the start of this stage.</param>
/// <param name="OnDeadline">What silence means. It is never a yes.</param>
/// <param name="Reason">A yes needs a reason too; a no always does.</param>
/// <param name="Look">The longest time somebody must have had the prompt before them to say yes; see <see cref="LookFor"/>.</param>
/// <param name="PassTo">Groups to which the people of this stage may pass it on; then those decide in their place.</param>
public sealed record ReviewStage(
    IReadOnlyList<string> Groups, int People, TimeSpan Deadline, OnDeadline OnDeadline, bool Reason = false, TimeSpan Look = default, IReadOnlyList<string>? PassTo = null)
{
    private const int CharactersPerSecond = 500;

    /// <summary>A second for each 500 characters, up to <see cref="Look"/>: nobody has read a long prompt at once.</summary>
    public TimeSpan LookFor(int length) => TimeSpan.FromTicks(Math.Min(Look.Ticks, TimeSpan.FromSeconds(length / CharactersPerSecond).Ticks));

    /// <summary>Who may know of it: those who are asked, and those it may be passed to.</summary>
    public bool Concerns(Func<string, bool> isIn) => Groups.Any(isIn) || PassTo?.Any(isIn) == true;
}

public enum OnDeadline
{
    Reject,
    NextStage,
}
