using Contracts.Messages;

namespace Contracts.Api;

/// <summary>Exchange a sign-in token for a person's session (embedded mode).</summary>
/// <param name="Token">From the printed link.</param>
/// <param name="Person">Subject of one of the local people; null signs in the first.</param>
public sealed record SignIn(string Token, string? Person);

/// <param name="AccessToken">Bearer token for the APIs and the hub.</param>
public sealed record Session(string AccessToken, PersonView Person, DateTimeOffset ExpiresAt);

public sealed record PersonView(string Subject, string Name, IReadOnlyList<string> Groups, IReadOnlyList<string> Permissions);
