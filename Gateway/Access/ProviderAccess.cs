using Contracts.Api;
using Gateway.Audit;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Access;

/// <summary>A provider's groups as the settings map them, and people as their last sign-in described them.</summary>
internal sealed class ProviderAccess(IOptions<PeopleOptions> options, IDbContextFactory<GatewayStore> stores) : IAccessDirectory
{
    private const int Most = 500;

    public bool ByPerson => false;

    public IReadOnlyList<string> Givers { get; } =
        [.. options.Value.Permissions.Values.SelectMany(groups => groups).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public IEnumerable<string> GiversOf(string permission) => options.Value.Permissions.GetValueOrDefault(permission) ?? [];

    public IEnumerable<string> GiversTo(KnownPerson person, IReadOnlyList<string> groups) => Givers.Intersect(groups, StringComparer.Ordinal);

    public async Task<IReadOnlyList<KnownPerson>> PeopleAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Set<SeenPerson>().AsNoTracking().OrderByDescending(p => p.At).ThenBy(p => p.Subject).Take(Most)
            .Select(p => new KnownPerson(p.Subject, p.Name)).ToListAsync(ct);
    }

    public async Task<(KnownPerson Person, IReadOnlyList<string> Groups, DateTimeOffset? SeenAt)?> FindAsync(string subject, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Set<SeenPerson>().AsNoTracking().SingleOrDefaultAsync(p => p.Subject == subject, ct) is { } seen
            ? (new KnownPerson(seen.Subject, seen.Name), seen.Groups, seen.At)
            : null;
    }
}
