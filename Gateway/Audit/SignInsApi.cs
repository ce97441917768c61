using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Contracts;
using Contracts.Api;
using Gateway.Identity;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Audit;

/// <summary>Who signed in to the console becomes an entry of the trail; a sign-in that cannot be recorded is none.</summary>
internal static class SignInsApi
{
    public static IEndpointRouteBuilder MapSignIns(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/sign-ins", SignedIn)
            .RequireAuthorization(IdentityExtensions.AnyPersonPolicy)
            .AddEndpointFilter<NothingUnrecorded>()
            .WithTags("Trail").WithName("RecordSignIn").WithSummary("Records that the bearer of this token signed in, once for each token, and says who that is.");
        return app;
    }

    private static async Task<Ok<PersonView>> SignedIn(HttpContext http, IDbContextFactory<GatewayStore> stores, TimeProvider clock, CancellationToken ct)
    {
        var user = http.User;
        var person = new PersonView(
            user.FindFirstValue(PersonClaims.Subject)!, // the policy let nobody in without one
            user.FindFirstValue(PersonClaims.Name) ?? "", [.. user.FindAll(PersonClaims.Group).Select(claim => claim.Value)], [.. user.FindAll(PersonClaims.Permission).Select(claim => claim.Value)]);

        await using var store = await stores.CreateDbContextAsync(ct);
        store.Add(new TrailEntry
        {
            FactId = Of(http.Request.Headers.Authorization.ToString()), At = clock.GetUtcNow(), Kind = "sign-in", Actor = person.Subject, ActorName = person.Name, Outcome = "signed in",
        });
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException again) when (again.IsDuplicate())
        {
            // The same token, told twice.
        }
        await stores.SeeAsync(new SeenPerson { Subject = person.Subject, Name = person.Name, Groups = person.Groups, At = clock.GetUtcNow() }, ct);
        return TypedResults.Ok(person);
    }

    /// <summary>The same for the same token, and nothing that leads back to it.</summary>
    private static Guid Of(string token) => new(SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, 16));
}
