using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>A key that somebody is about to ask for, as it stands in the form. It is one operation: sent twice, it issues one key.</summary>
public sealed class KeyWriting
{
    /// <summary>For the time the request is on its way, and clocks that differ a little: a key may live for 366 days and no moment longer.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    internal static IReadOnlyList<int> Lives { get; } = [30, 90, 180, 366];

    internal Guid Operation { get; private set; } = Guid.NewGuid();

    internal string Account { get; set; } = "";

    internal string Name { get; set; } = "";

    /// <summary>Groups, models and routes are one a line.</summary>
    internal string Groups { get; set; } = "";

    internal string Models { get; set; } = "";

    internal string Routes { get; set; } = "";

    /// <summary>Subject of somebody else; empty is whoever issues it.</summary>
    internal string Owner { get; set; } = "";

    internal int Days { get; set; } = 90;

    internal string Reason { get; set; } = "";

    internal DateTimeOffset EndsAt(DateTimeOffset now) => now.AddDays(Days) - Slack;

    internal IssueKey ToIssue(DateTimeOffset now) => new()
    {
        OperationId = Operation,
        Account = Account.Trim(),
        Name = Name.Trim(),
        Groups = Lines(Groups),
        Models = Lines(Models),
        Routes = Lines(Routes),
        Owner = Owner.Trim() is { Length: > 0 } owner ? owner : null,
        ExpiresAt = EndsAt(now),
        Reason = Reason.Trim(),
    };

    /// <summary>The same words as another operation, because this one's key was issued and nobody saw it.</summary>
    internal void BeginAnew() => Operation = Guid.NewGuid();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
