using Contracts;
using Contracts.Api;
using Microsoft.AspNetCore.Components.Authorization;

namespace ApprovalsUI.Client;

/// <summary>The signed-in person of this circuit, and the token the services know them by.</summary>
internal sealed class PersonSession(AuthenticationStateProvider authentication)
{
    private int ended;

    /// <summary>A service no longer accepts the token; raised once.</summary>
    internal event Action? Ended;

    internal async Task<string?> AccessTokenAsync() =>
        (await authentication.GetAuthenticationStateAsync()).User.FindFirst(PersonClaims.AccessToken)?.Value;

    internal async Task<PersonView> PersonAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        return new(
            user.FindFirst(PersonClaims.Subject)?.Value ?? "",
            user.FindFirst(PersonClaims.Name)?.Value ?? "",
            [.. user.FindAll(PersonClaims.Group).Select(claim => claim.Value)],
            [.. user.FindAll(PersonClaims.Permission).Select(claim => claim.Value)]);
    }

    internal void End()
    {
        if (Interlocked.Exchange(ref ended, 1) == 0)
        {
            Ended?.Invoke();
        }
    }
}
