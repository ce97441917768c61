using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Evidence;

/// <summary>Evidence to take away. That it was taken, by whom and why, is on record before the first byte leaves.</summary>
internal static class EvidenceApi
{
    private const int ShortestReason = 3;
    private const int LongestReason = 2_000;

    public static IEndpointRouteBuilder MapEvidence(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/evidence", Export)
            .RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.ReadTrail))
            .AddEndpointFilter<NothingUnrecorded>()
            .WithTags("Trail").WithName("ExportEvidence").WithSummary("A zip file with entries, checkpoints, policies, a report and how to verify it; the same question gives the same bytes.");
        return app;
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Export(ExportEvidence asked, ClaimsPrincipal user, EvidenceWriter writer, Trail trail, TimeProvider clock, CancellationToken ct)
    {
        var (scope, wrong) = ScopeOf(asked, clock.GetUtcNow());
        if (scope is null) return TypedResults.Problem(wrong, statusCode: 400, type: "urn:approvals:invalid-evidence");
        var person = SignedIn.PersonOf(user);
        await trail.RecordAsync(EvidenceWriter.Taken(scope, person.Subject, person.Name, asked.Reason.Trim(), clock.GetUtcNow()), [], ct);

        // A file, because a bundle may be larger than memory, and because a fault half way must not look like a bundle.
        var file = File.Create(Path.GetTempFileName(), bufferSize: 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous); // readable by its owner only
        try
        {
            await writer.WriteAsync(scope, file, ct);
            file.Position = 0;
            return TypedResults.Stream(file, "application/zip", "evidence.zip");
        }
        catch (InvalidDataException refused)
        {
            await file.DisposeAsync();
            return TypedResults.Problem(refused.Message, statusCode: 409, type: "urn:approvals:evidence-unavailable");
        }
        catch (Exception) // whatever it was, the file goes
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static (EvidenceScope? Scope, string? Wrong) ScopeOf(ExportEvidence asked, DateTimeOffset now)
    {
        if (asked.Reason.Trim().Length is < ShortestReason or > LongestReason) return (null, $"A reason of {ShortestReason} to {LongestReason:N0} characters is needed: the trail keeps it.");
        if (!string.IsNullOrWhiteSpace(asked.Case)) return (new EvidenceScope.Case(asked.Case.Trim()), null);
        if (asked is not { From: { } from, To: { } to }) return (null, "Say from when to when, or which case.");
        if (from >= to) return (null, "The period ends before it begins.");
        if (to > now) return (null, "The period ends in the future; nobody can prove what has not happened yet.");
        return (string.IsNullOrWhiteSpace(asked.Subject) ? new EvidenceScope.Period(from, to) : new EvidenceScope.Person(asked.Subject.Trim(), from, to), null);
    }
}
