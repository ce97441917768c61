using System.Security.Claims;
using Contracts.Messages;

namespace Gateway.Identity;

/// <summary>Where a caller wants to hear of its tickets' ends.</summary>
internal sealed record CallerWebhook(Uri Url, string Secret);

/// <summary>Who sends prompts: an application, an agent, or a person behind one.</summary>
internal sealed record Caller
{
    /// <summary>Subjects of service accounts with issued keys begin with it, so that none of them is spelled like a person or an application of a provider.</summary>
    public const string AccountPrefix = "account/";

    /// <summary>Stable id; decides about re-attaching, ownership of tickets, and that nobody reviews their own prompt.</summary>
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Model patterns (<c>*</c> matches any run of characters) of its own key; none is every model.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Route patterns of its own key; none is every route.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>What its groups are given.</summary>
    public IReadOnlyList<CallerRight> Rights { get; init; } = [];

    /// <summary>It may do no more than its groups are given, however wide its own key is.</summary>
    public bool BoundByRights { get; init; }

    /// <summary>Subject of the person answerable for it; null when nobody is named.</summary>
    public string? Owner { get; init; }

    /// <summary>Subject of the person who issued its key and once saw it.</summary>
    public string? IssuedBy { get; init; }

    /// <summary>What it proved itself with, for the second look at the moment of execution; null for a key of the configuration.</summary>
    public string? Credential { get; init; }

    public CallerWebhook? Webhook { get; init; }

    public bool MayUse(string model) => NamePatterns.Allows(Models, model) && (!BoundByRights || Rights.Any(right => NamePatterns.Allows(right.Models, model)));

    /// <summary>Whether it may call this route for this model: one right must allow both.</summary>
    public bool MayCall(string route, string model) =>
        NamePatterns.Allows(Routes, route) && NamePatterns.Allows(Models, model) && (!BoundByRights || Rights.Any(right => right.Allows(route, model)));

    /// <summary>Its values go to this model as they are where policy would only mask them.</summary>
    public bool RidesPastMasking(string route, string model) => Rights.Any(right => right.RidesPastMasking && right.Allows(route, model));

    public CallerRef Ref => new(Subject, Name, Groups, Owner, Credential, IssuedBy);

    /// <summary>Like somebody who has called, with no credential and no key's limits.</summary>
    public static Caller Like(CallerRef seen) => new() { Subject = seen.Subject, Name = seen.Name, Groups = seen.Groups, Models = [], Owner = seen.Owner, IssuedBy = seen.IssuedBy, Credential = seen.Credential };

    public ClaimsPrincipal ToPrincipal() => new(new CallerIdentity(this));

    /// <summary>The authenticated caller of a request that passed the caller scheme.</summary>
    public static Caller From(HttpContext http) => ((CallerIdentity)http.User.Identity!).Caller; // the scheme makes no other

    private sealed class CallerIdentity(Caller caller) : ClaimsIdentity([new Claim("sub", caller.Subject)], CallerKeyHandler.SchemeName)
    {
        public Caller Caller { get; } = caller;
    }
}
