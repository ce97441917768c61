using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Gateway.Identity;

/// <summary>
/// Finds callers by key or subject. Only hashes of keys are held: a look-up by SHA-256 leaks nothing by its timing,
/// because nobody can choose a key whose hash comes close to another's.
/// </summary>
internal sealed class CallerDirectory
{
    private const int LongestKey = 512;
    private readonly FrozenDictionary<string, Caller> byKeyHash;
    private readonly FrozenDictionary<string, Caller> bySubject;

    public CallerDirectory(IOptions<CallerList> options)
    {
        // Validated: each has a key, and no two the same.
        var known = options.Value.Callers.Select(c => (Hash: c.ResolveHash()!, Caller: new Caller
        {
            Subject = c.Subject,
            Name = c.Name.Length > 0 ? c.Name : c.Subject,
            Groups = c.Groups,
            Models = c.Models.Count > 0 ? c.Models : ["*"],
            Webhook = string.IsNullOrEmpty(c.WebhookUrl) ? null : new CallerWebhook(new Uri(c.WebhookUrl), c.WebhookSecret!), // validated together
        })).ToList();
        byKeyHash = known.ToFrozenDictionary(k => k.Hash, k => k.Caller);
        bySubject = known.ToFrozenDictionary(k => k.Caller.Subject, k => k.Caller);
    }

    public Caller? ByKey(string key) =>
        key.Length is > 0 and <= LongestKey ? byKeyHash.GetValueOrDefault(Hash(key)) : null;

    /// <summary>For the second look at the moment of execution; null when the caller is no longer known.</summary>
    public Caller? BySubject(string subject) => bySubject.GetValueOrDefault(subject);

    internal static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
