using System.Security.Claims;
using Contracts;
using Contracts.Messages;
using Gateway.Identity;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Audit;

/// <summary>Somebody ends every session of theirs, for whatever device it is on. On record, and told to the reviewers' side, in one transaction.</summary>
internal static class SignOutsApi
{
    private const int Attempts = 3;

    public static IEndpointRouteBuilder MapSignOuts(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/sign-outs", SignOut).RequireAuthorization(IdentityExtensions.AnyPersonPolicy)
            .WithTags("Trail").WithName("SignOutEverywhere").WithSummary("From now on no access token counts that was issued to you up to now, here or at the approvals service.");
        return app;
    }

    private static async Task<NoContent> SignOut(ClaimsPrincipal user, IDbContextFactory<GatewayStore> stores, SignOuts<GatewayStore> signOuts, TimeProvider clock, CancellationToken ct)
    {
        var subject = user.FindFirstValue(PersonClaims.Subject)!; // the policy let nobody in without one
        var now = clock.GetUtcNow();
        for (var attempt = 1; ; attempt++)
        {
            await using var store = await stores.CreateDbContextAsync(ct);
            await SignedOut.KeepAsync(store, subject, now, ct);
            store.Add(new TrailEntry { At = now, Kind = "sign-out", Actor = subject, ActorName = user.FindFirstValue(PersonClaims.Name), Outcome = "signed out" });
            store.Publish(new PersonSignedOut(subject, now), clock);
            try
            {
                await store.SaveChangesAsync(ct);
                signOuts.Remember(subject, now);
                return TypedResults.NoContent();
            }
            catch (DbUpdateException first) when (first.IsDuplicate() && attempt < Attempts)
            {
                // The same person, twice at once.
            }
        }
    }
}
