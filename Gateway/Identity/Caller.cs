using System.IO.Enumeration;
using System.Security.Claims;
using Contracts.Messages;

namespace Gateway.Identity;

/// <summary>Where a caller wants to hear of its tickets' ends.</summary>
internal sealed record CallerWebhook(Uri Url, string Secret);

/// <summary>Who sends prompts: an application, an agent, or a person behind one.</summary>
internal sealed record Caller
{
    /// <summary>Stable id; decides about re-attaching, ownership of tickets, and that nobody reviews their own prompt.</summary>
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Model patterns (<c>*</c> matches any run of characters) this caller may use.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    public CallerWebhook? Webhook { get; init; }

    public bool MayUse(string model) => Models.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, model, ignoreCase: false));

    public CallerRef Ref => new(Subject, Name, Groups);

    public ClaimsPrincipal ToPrincipal() => new(new CallerIdentity(this));

    /// <summary>The authenticated caller of a request that passed the caller scheme.</summary>
    public static Caller From(HttpContext http) => ((CallerIdentity)http.User.Identity!).Caller; // the scheme makes no other

    private sealed class CallerIdentity(Caller caller) : ClaimsIdentity([new Claim("sub", caller.Subject)], CallerKeyHandler.SchemeName)
    {
        public Caller Caller { get; } = caller;
    }
}
