using Contracts.Api;
using Gateway.Access;
using Microsoft.Extensions.Options;

namespace Gateway.Embedded;

/// <summary>Local people have their permissions by name: each gives theirs to themself.</summary>
internal sealed class LocalAccess(IOptions<EmbeddedOptions> options) : IAccessDirectory
{
    public bool ByPerson => true;

    public IReadOnlyList<string> Givers => [.. options.Value.People.Select(person => person.Subject)];

    public IEnumerable<string> GiversOf(string permission) => options.Value.People.Where(person => person.Permissions.Contains(permission)).Select(person => person.Subject);

    public IEnumerable<string> GiversTo(KnownPerson person, IReadOnlyList<string> groups) => Givers.Where(subject => subject == person.Subject);

    public Task<IReadOnlyList<KnownPerson>> PeopleAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<KnownPerson>>([.. options.Value.People.Select(person => new KnownPerson(person.Subject, person.Name))]);

    public Task<(KnownPerson Person, IReadOnlyList<string> Groups, DateTimeOffset? SeenAt)?> FindAsync(string subject, CancellationToken ct) =>
        Task.FromResult<(KnownPerson, IReadOnlyList<string>, DateTimeOffset?)?>(
            options.Value.People.Find(person => person.Subject == subject) is { } known ? (new KnownPerson(known.Subject, known.Name), known.Groups, null) : null);
}
