using Contracts;
using Contracts.Messages;

namespace Gateway.Parking;

/// <summary>A prompt as people have changed it, sealed beside the caller's own.</summary>
/// <param name="Text">Where it lies.</param>
/// <param name="TextDigest">What the trail keeps of it.</param>
/// <param name="Digest">As a ticket's: over {caller, route, model, canonical body, policy version}.</param>
/// <param name="Dropped">Attachments of the caller's prompt that are gone in this one, by their paths.</param>
/// <param name="Whole">See <see cref="PromptParked.Whole"/>.</param>
internal sealed record Edition(
    int Number, Guid OperationId, Guid Text, string TextDigest, string BodyDigest, string Digest, string Model, IReadOnlyList<Finding> Findings, string Excerpt, PersonRef By, DateTimeOffset At, IReadOnlyList<string> Dropped, bool Whole = false)
{
    public EditedPrompt Announced => new(Number, Digest, Model, Findings, Excerpt, By, At, Whole);
}

/// <summary>A reviewer's question to the caller, whose answer is sealed under the question's id.</summary>
internal sealed record Question(Guid Id, string Text, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt = null);
