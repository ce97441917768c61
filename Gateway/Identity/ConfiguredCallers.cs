using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Gateway.Identity;

/// <summary>
/// The callers known by key from the configuration. Only hashes of keys are held: a look-up by SHA-256 leaks nothing by its
/// timing, because nobody can choose a key whose hash comes close to another's.
/// </summary>
internal sealed class ConfiguredCallers
{
    private readonly FrozenDictionary<string, Caller> byKeyHash;
    private readonly FrozenDictionary<string, Caller> bySubject;

    public ConfiguredCallers(IOptions<CallerList> options, RightsByGroup rights)
    {
        // Validated: each has a key, and no two the same.
        var known = options.Value.Callers.Select(c => (Hash: c.ResolveHash()!, Caller: new Caller
        {
            Subject = c.Subject,
            Name = c.Name.Length > 0 ? c.Name : c.Subject,
            Groups = c.Groups,
            Models = c.Models,
            Routes = c.Routes,
            Rights = rights.Of(c.Groups),
            Owner = string.IsNullOrEmpty(c.Owner) ? null : c.Owner,
            Webhook = string.IsNullOrEmpty(c.WebhookUrl) ? null : new CallerWebhook(new Uri(c.WebhookUrl), c.WebhookSecret!), // validated together
        })).ToList();
        byKeyHash = known.ToFrozenDictionary(k => k.Hash, k => k.Caller);
        bySubject = known.ToFrozenDictionary(k => k.Caller.Subject, k => k.Caller);
    }

    public Caller? ByHash(string keyHash) => byKeyHash.GetValueOrDefault(keyHash);

    public Caller? BySubject(string subject) => bySubject.GetValueOrDefault(subject);
}
