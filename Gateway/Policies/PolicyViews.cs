using System.Text.Json;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Gateway.Policies;

/// <summary>Versions and drafts in the words of the contracts.</summary>
internal static class PolicyViews
{
    /// <param name="before">The text before it, where the words themselves are asked for; null leaves them out.</param>
    public static PolicyVersionView View(this PolicyVersion version, string? before = null) => new()
    {
        Number = version.Number,
        Origin = Word(version.Origin),
        Author = new PersonRef(version.Author, version.AuthorName),
        Approver = Person(version.Approver, version.ApproverName),
        At = version.At,
        Reason = version.Reason,
        RolledBackTo = version.RolledBackTo,
        DraftId = version.DraftId,
        AwaitsReview = version.AwaitsReview,
        ReviewedBy = Person(version.ReviewedBy, version.ReviewedByName),
        Text = before is null ? null : version.Text,
        Diff = before is null ? null : Diff(before, version.Text),
    };

    /// <param name="before">The text of the version it was written against, where the words themselves are asked for; null leaves them out.</param>
    public static PolicyDraftView View(this PolicyDraft draft, string? before = null, IReadOnlyList<ShadowCount>? shadowed = null) => new()
    {
        Id = draft.Id,
        Base = draft.Base,
        Status = Word(draft.Status),
        Author = new PersonRef(draft.Author, draft.AuthorName),
        Note = draft.Note,
        ChangedAt = draft.ChangedAt,
        Version = draft.Version,
        Digest = draft.Digest,
        Shadow = draft.Shadow,
        DecidedBy = Person(draft.DecidedBy, draft.DecidedByName),
        DecidedAt = draft.DecidedAt,
        Reason = draft.Reason,
        Became = draft.Became,
        Text = before is null ? null : draft.Text,
        Diff = before is null ? null : Diff(before, draft.Text),
        WhatIf = before is null || draft.WhatIf is null ? null : JsonSerializer.Deserialize<WhatIfReport>(draft.WhatIf, JsonWire.Options),
        Shadowed = shadowed?.Select(count => new ShadowDifference(Word(count.Now), Word(count.Then), count.Times)).ToList(),
    };

    public static IReadOnlyList<DiffLine> Diff(string before, string after) =>
        [.. InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false).Lines.Select(line => new DiffLine(line.Type switch
        {
            ChangeType.Inserted => "added",
            ChangeType.Deleted => "removed",
            _ => "same",
        }, line.Text))];

    private static PersonRef? Person(string? subject, string? name) => subject is null ? null : new PersonRef(subject, name ?? subject);

    private static string Word<T>(T word) where T : struct, Enum => word.ToString().ToLowerInvariant();
}
