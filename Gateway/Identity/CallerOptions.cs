using Microsoft.Extensions.Options;

namespace Gateway.Identity;

/// <summary>The callers known by key: <c>Callers:{n}</c>.</summary>
internal sealed class CallerOptions
{
    public const string Section = "Callers";

    public string Subject { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>The key itself, or better: the name of an environment variable in <see cref="KeyFrom"/>, or <see cref="KeySha256"/>.</summary>
    public string? Key { get; set; }
    public string? KeyFrom { get; set; }

    /// <summary>Lower-case hex SHA-256 of the key, so that the configuration holds nothing a thief could send.</summary>
    public string? KeySha256 { get; set; }
    public List<string> Groups { get; set; } = [];

    /// <summary>Told when one of this caller's tickets ends; https unless the address is private and allowed.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary>Signs the notices; at least 16 characters, or <c>whsec_</c> and base64.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>The key's hash, whichever way it was given; null when the environment variable holds nothing.</summary>
    internal string? ResolveHash()
    {
        if (KeySha256 is { Length: > 0 }) return KeySha256;
        var key = string.IsNullOrEmpty(KeyFrom) ? Key : Environment.GetEnvironmentVariable(KeyFrom);
        return string.IsNullOrEmpty(key) ? null : CallerDirectory.Hash(key);
    }

    /// <summary>Model patterns; empty means every model.</summary>
    public List<string> Models { get; set; } = [];

    /// <summary>Route patterns; empty means every route.</summary>
    public List<string> Routes { get; set; } = [];

    /// <summary>Subject of the person answerable for it, who does not decide about its prompts.</summary>
    public string? Owner { get; set; }
}

internal sealed class CallerList
{
    public List<CallerOptions> Callers { get; set; } = [];
}

internal sealed class CallerListRules : IValidateOptions<CallerList>
{
    public ValidateOptionsResult Validate(string? name, CallerList options)
    {
        var errors = new List<string>();
        for (var i = 0; i < options.Callers.Count; i++)
        {
            var caller = options.Callers[i];
            if (caller.Subject.Length is 0 or > 200) errors.Add($"Callers:{i}:Subject must have 1 to 200 characters, or its tickets could not be told from others'.");
            if (caller.Subject.StartsWith(Caller.AccountPrefix, StringComparison.Ordinal)) errors.Add($"Callers:{i}:Subject ({caller.Subject}) begins like that of a service account with issued keys; two callers would be one.");
            var sources = new[] { caller.Key, caller.KeyFrom, caller.KeySha256 }.Count(source => !string.IsNullOrEmpty(source));
            if (sources != 1) errors.Add($"Callers:{i} needs exactly one of Key, KeyFrom, KeySha256; it has {sources}.");
            if (caller.Key is { Length: > 0 and < 16 }) errors.Add($"Callers:{i}:Key is shorter than 16 characters and could be guessed.");
            if (!string.IsNullOrEmpty(caller.WebhookUrl))
            {
                if (!Uri.TryCreate(caller.WebhookUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                    errors.Add($"Callers:{i}:WebhookUrl ({caller.WebhookUrl}) must be an absolute http or https URL.");
                if (caller.WebhookSecret is not { Length: >= 16 })
                    errors.Add($"Callers:{i}:WebhookSecret needs at least 16 characters, or its receiver could not tell our notices from anybody's.");
                else if (caller.WebhookSecret.StartsWith("whsec_", StringComparison.Ordinal) && !System.Buffers.Text.Base64.IsValid(caller.WebhookSecret.AsSpan(6)))
                    errors.Add($"Callers:{i}:WebhookSecret begins with whsec_, so the rest must be base64.");
            }
            if (sources == 1 && caller.ResolveHash() is null) errors.Add($"Callers:{i}:KeyFrom names the environment variable '{caller.KeyFrom}', which is empty.");
            if (caller.KeySha256 is { Length: > 0 } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower)))
                errors.Add($"Callers:{i}:KeySha256 must be 64 lower-case hex digits.");
        }
        foreach (var twice in options.Callers.GroupBy(c => c.Subject).Where(g => g.Count() > 1))
            errors.Add($"Callers: subject '{twice.Key}' is configured {twice.Count()} times; it must be one.");
        foreach (var same in options.Callers.Where(c => c.ResolveHash() is not null).GroupBy(c => c.ResolveHash()).Where(g => g.Count() > 1))
            errors.Add($"Callers: {string.Join(" and ", same.Select(c => $"'{c.Subject}'"))} have the same key; a call could not be told to be one's or the other's.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
