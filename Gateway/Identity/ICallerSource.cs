using Contracts.Messages;

namespace Gateway.Identity;

/// <summary>Callers that are not in the configuration: with keys issued in the console, or tokens of a provider.</summary>
internal interface ICallerSource
{
    /// <summary>What its callers' <see cref="Caller.Credential"/> begins with, before a colon.</summary>
    string Name { get; }

    Task<CallerAnswer> FindAsync(string credential, CancellationToken ct);

    /// <summary>The caller as it is now; null when what it proved itself with is no longer good.</summary>
    /// <param name="credential">The rest of its <see cref="Caller.Credential"/>, behind the colon.</param>
    Task<Caller?> FindAsync(CallerRef snapshot, string credential, CancellationToken ct);
}
