using Contracts.Messages;

namespace Contracts.Api;

/// <summary>An API key of a service account, as people may see it: never the key.</summary>
public sealed record ApiKeyView
{
    public required Guid Id { get; init; }

    /// <summary>The caller it makes, as in the trail and on reviews: <c>account/</c> and the account.</summary>
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Patterns of what it may use and call (<c>*</c> matches any run of characters); none is all.</summary>
    public required IReadOnlyList<string> Models { get; init; }
    public required IReadOnlyList<string> Routes { get; init; }

    /// <summary>The key's last four characters.</summary>
    public required string Hint { get; init; }

    /// <summary>Subject of the person answerable for it, who does not decide about its prompts.</summary>
    public required string Owner { get; init; }
    public required PersonRef IssuedBy { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public PersonRef? RevokedBy { get; init; }

    /// <summary>To the minute; null when it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>Issue a key to a service account, which need not be known before.</summary>
public sealed record IssueKey
{
    /// <summary>Chosen by the client, and the key's id; sent again it issues no second key.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>1 to 100 letters, digits, dots, dashes, underscores.</summary>
    public required string Account { get; init; }

    /// <summary>For people's eyes; 1 to 200 characters.</summary>
    public required string Name { get; init; }
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Patterns; none is all.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>Patterns that begin with <c>/</c> or <c>*</c>; none is all.</summary>
    public IReadOnlyList<string>? Routes { get; init; }

    /// <summary>Subject of the person answerable for it; null is whoever issues it.</summary>
    public string? Owner { get; init; }

    /// <summary>At most 366 days from now.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>For the trail; 3 to 500 characters.</summary>
    public required string Reason { get; init; }
}

/// <param name="Key">Shown this once; nobody can read it again.</param>
public sealed record IssuedKey(string Key, ApiKeyView View);

/// <param name="Reason">For the trail; 3 to 500 characters.</param>
public sealed record RevokeKey(string Reason);
