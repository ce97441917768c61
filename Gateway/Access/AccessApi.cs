using System.ComponentModel;
using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Gateway.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Access;

/// <summary>What somebody may do and why. Everybody sees themself; whoever oversees something sees everybody.</summary>
internal static class AccessApi
{
    private static readonly string[] Overseers = [Permissions.ReadTrail, Permissions.ManageKeys, Permissions.ApprovePolicy];

    public static IServiceCollection AddProviderAccess(this IServiceCollection services) => services.AddSingleton<IAccessDirectory, ProviderAccess>();

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/access", Get).RequireAuthorization(IdentityExtensions.AnyPersonPolicy)
            .WithTags("Access").WithName("GetAccess").WithSummary("The catalogue of permissions, what gives each, and what you, or the person asked about, may do.");
        return app;
    }

    private static async Task<Results<Ok<AccessView>, ProblemHttpResult>> Get(
        HttpContext http, IAccessDirectory directory, IOptions<SigningInOptions> signingIn, CancellationToken ct,
        [Description("Subject of somebody who has signed in here.")] string? subject = null)
    {
        var whole = http.User.HasClaim(claim => claim.Type == PersonClaims.Permission && Overseers.Contains(claim.Value));
        var you = You(http.User, directory);
        PersonAccess? asked = null;
        if (!string.IsNullOrEmpty(subject) && subject != you.Subject)
        {
            if (!whole) return TypedResults.Problem("Only who reads the trail, manages keys or approves policy sees what others may do.", statusCode: 403, type: "urn:approvals:only-yourself");
            if (await directory.FindAsync(subject, ct) is not { } found) return TypedResults.Problem("Nobody of that name has signed in here.", statusCode: 404, type: "urn:approvals:person-not-found");
            asked = Of(found.Person, found.Groups, found.SeenAt, Permissions.All, directory);
        }

        var givers = whole ? directory.Givers : [.. directory.GiversTo(new KnownPerson(you.Subject, you.Name), you.Groups)];
        return TypedResults.Ok(new AccessView
        {
            Permissions = [.. Permissions.All.Select(name => new PermissionView(
                name, PermissionWords.Of(name), signingIn.Value.StepUp.Contains(name), [.. directory.GiversOf(name).Intersect(givers)]))],
            Givers = givers,
            ByPerson = directory.ByPerson,
            Whole = whole,
            You = you,
            Asked = asked,
            People = whole ? await directory.PeopleAsync(ct) : [],
        });
    }

    /// <summary>The permissions are those of the token, which are what counts now; the settings say only where they come from.</summary>
    private static PersonAccess You(ClaimsPrincipal user, IAccessDirectory directory)
    {
        var subject = user.FindFirstValue(PersonClaims.Subject)!; // the policy let nobody in without one
        var permissions = user.FindAll(PersonClaims.Permission).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var you = Of(new KnownPerson(subject, user.FindFirstValue(PersonClaims.Name) ?? subject),
            [.. user.FindAll(PersonClaims.Group).Select(claim => claim.Value)], null, [.. Permissions.All.Where(permissions.Contains)], directory);
        return you with { Granted = [.. Permissions.All.Where(permissions.Contains).Select(name => you.Granted.FirstOrDefault(grant => grant.Permission == name) ?? new Grant(name, []))] };
    }

    private static PersonAccess Of(KnownPerson person, IReadOnlyList<string> groups, DateTimeOffset? seenAt, IReadOnlyList<string> permissions, IAccessDirectory directory)
    {
        var counting = directory.GiversTo(person, groups).ToList();
        var granted = permissions.Select(name => new Grant(name, [.. directory.GiversOf(name).Intersect(counting, StringComparer.Ordinal)])).Where(grant => grant.Through.Count > 0);
        return new PersonAccess(person.Subject, person.Name, groups, [.. granted], seenAt);
    }
}
