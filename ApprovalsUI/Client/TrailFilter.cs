using System.Globalization;
using ApprovalsUI.Client.Calls;

namespace ApprovalsUI.Client;

/// <summary>Which entries to list; an empty member asks for all.</summary>
public sealed record TrailFilter(string? Kind, string? Actor, string? Ticket, string? Outcome, string? Model)
{
    internal static TrailFilter None { get; } = new(null, null, null, null, null);

    public string? Interaction { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public string? Rule { get; init; }
    public string? Decision { get; init; }
    public string? Finding { get; init; }

    /// <summary>Of the policy.</summary>
    public string? Version { get; init; }

    /// <summary>The lowest score.</summary>
    public int? Least { get; init; }

    /// <summary>Something is asked for that only the further filters show.</summary>
    internal bool GoesFurther => this != new TrailFilter(Kind, Actor, Ticket, Outcome, Model);

    internal string Address(string path, long? before = null, int? take = null) => Query.Build(
        path, ("kind", Kind), ("actor", Actor), ("ticket", Ticket), ("outcome", Outcome), ("model", Model), ("interaction", Interaction), ("from", Word(From)), ("to", Word(To)),
        ("rule", Rule), ("decision", Decision), ("finding", Finding), ("version", Version), ("least", Least), ("before", before), ("take", take));

    /// <returns>Null for what is no time, as anybody can write an address.</returns>
    internal static DateTimeOffset? Time(string? word) =>
        DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string? Word(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
