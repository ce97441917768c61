using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Embedded;

/// <summary>
/// People of the embedded product: whoever holds the printed token signs in as one of the configured people. A printed
/// token works once and is followed by a new one; a configured token works until the process ends.
/// </summary>
internal sealed class LocalPeople(IOptions<EmbeddedOptions> options, IOptions<SigningInOptions> sessions, IOptionsMonitor<BearerTokenOptions> bearer, TimeProvider clock)
{
    public static readonly TimeSpan SessionLife = TimeSpan.FromHours(8);

    private readonly Lock gate = new();
    private string token = options.Value.SignInToken ?? NewToken();

    /// <summary>The token that works now; for the printed link only.</summary>
    public string Token
    {
        get
        {
            lock (gate) return token;
        }
    }

    /// <summary>A printed token was used up and another took its place.</summary>
    public event Action? TokenReplaced;

    public IReadOnlyList<PersonView> All => [.. options.Value.People.Select(View)];

    /// <summary>Null when the token does not work (any more) or there is no such person.</summary>
    public Session? SignIn(SignIn request)
    {
        var person = request.Person is null ? options.Value.People[0] : options.Value.People.Find(p => p.Subject == request.Person);
        if (person is null || !Take(request.Token)) return null;
        if (options.Value.SignInToken is null) TokenReplaced?.Invoke();
        return Open(person);
    }

    private bool Take(string? offered)
    {
        if (string.IsNullOrEmpty(offered)) return false;
        lock (gate)
        {
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(offered), Encoding.UTF8.GetBytes(token))) return false;
            if (options.Value.SignInToken is null) token = NewToken();
            return true;
        }
    }

    private Session Open(LocalPerson person)
    {
        var now = clock.GetUtcNow();
        var expires = now + (sessions.Value.LongestSession < SessionLife ? sessions.Value.LongestSession : SessionLife);
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var identity = new ClaimsIdentity(PersonClaims.Scheme, PersonClaims.Name, roleType: null);
        identity.AddClaim(new Claim(PersonClaims.Subject, person.Subject));
        identity.AddClaim(new Claim(PersonClaims.Name, person.Name));
        identity.AddClaims([new Claim(PersonClaims.SignedInAt, seconds), new Claim(PersonClaims.IssuedAt, seconds)]);
        identity.AddClaims(person.Groups.Select(group => new Claim(PersonClaims.Group, group)));
        identity.AddClaims(person.Permissions.Select(permission => new Claim(PersonClaims.Permission, permission)));
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = expires }, $"{PersonClaims.Scheme}:AccessToken");
        return new Session(bearer.Get(PersonClaims.Scheme).BearerTokenProtector.Protect(ticket), View(person), expires);
    }

    private static PersonView View(LocalPerson person) => new(person.Subject, person.Name, person.Groups, person.Permissions);

    private static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}

internal static class SessionsApi
{
    public static IEndpointRouteBuilder MapSessions(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/sessions").WithTags("Sign-in (embedded)").AllowAnonymous().AddEndpointFilter<NothingUnrecorded>();
        group.MapGet("/people", (LocalPeople people) => TypedResults.Ok(people.All)).WithName("ListPeople").WithSummary("Who can sign in here.");
        group.MapPost("", SignIn).WithName("SignIn").WithSummary("Exchange the printed token for a session of one person.");
        return app;
    }

    private static async Task<Results<Ok<Session>, UnauthorizedHttpResult>> SignIn(SignIn request, LocalPeople people, Trail trail, TimeProvider clock, CancellationToken ct)
    {
        if (people.SignIn(request) is not { } session) return TypedResults.Unauthorized();
        await trail.RecordAsync(new TrailEntry { At = clock.GetUtcNow(), Kind = "sign-in", Actor = session.Person.Subject, ActorName = session.Person.Name, Outcome = "signed in" }, [], ct);
        return TypedResults.Ok(session);
    }
}
