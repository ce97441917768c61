using System.Collections.Concurrent;
using Gateway.Policy;
using Gateway.Policy.Yaml;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Policies;

/// <summary>Policies by the names that requests record, and drafts by their ids, ready to judge.</summary>
internal sealed class PolicyArchive(IDbContextFactory<GatewayStore> stores)
{
    /// <summary>Versions never change; a few hundred are more than any installation has.</summary>
    private readonly ConcurrentDictionary<string, PromptPolicy> versions = new(StringComparer.Ordinal);

    /// <returns>Null for a name that nothing has, or a text that cannot be read any more.</returns>
    public async Task<PromptPolicy?> FindAsync(string name, CancellationToken ct)
    {
        if (versions.TryGetValue(name, out var known)) return known;
        await using var store = await stores.CreateDbContextAsync(ct);
        if (PolicyVersion.NumberOf(name) is { } number)
            return await store.Set<PolicyVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Number == number, ct) is { } version && Read(version.Text, name) is { } policy ? versions.GetOrAdd(name, policy) : null;
        return await store.Set<PolicyDraft>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == name, ct) is { } draft ? Read(draft.Text, name) : null;
    }

    private static PromptPolicy? Read(string text, string name) => PolicyReader.Read(text) is { Document: { } document } ? new PromptPolicy(document, name) : null;
}
