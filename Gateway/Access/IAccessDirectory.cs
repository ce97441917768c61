using Contracts.Api;

namespace Gateway.Access;

/// <summary>What gives permissions, and to whom: an OpenID Connect provider's groups, or the embedded product's own people.</summary>
internal interface IAccessDirectory
{
    bool ByPerson { get; }

    IReadOnlyList<string> Givers { get; }

    IEnumerable<string> GiversOf(string permission);

    /// <summary>Those of the givers that count for this person.</summary>
    IEnumerable<string> GiversTo(KnownPerson person, IReadOnlyList<string> groups);

    Task<IReadOnlyList<KnownPerson>> PeopleAsync(CancellationToken ct);

    /// <summary>Null for somebody nobody has heard of.</summary>
    Task<(KnownPerson Person, IReadOnlyList<string> Groups, DateTimeOffset? SeenAt)?> FindAsync(string subject, CancellationToken ct);
}
