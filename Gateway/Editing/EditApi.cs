using Contracts.Api;
using Gateway.Audit;
using Gateway.Identity;
using Gateway.Interactions;
using Gateway.Storage;
using Gateway.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Editing;

/// <summary>For people who decide: another text in the place of a parked one.</summary>
internal static class EditApi
{
    private const int MostParts = 200;

    public static IEndpointRouteBuilder MapEdits(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/prompts/{ticketId}/edits", Edit).RequireAuthorization(IdentityExtensions.DeciderPolicy)
            .AddEndpointFilter<NothingUnrecorded>().AddEndpointFilter<SaysErased>().WithTags("Prompts (reviewers)")
            .WithName("EditPrompt").WithSummary("Another text in the place of the one that waits. Releases nothing: people agree to it as to any.");
        return app;
    }

    private static async Task<Results<Ok<PromptView>, NotFound, ProblemHttpResult>> Edit(
        string ticketId, EditPrompt edit, HttpContext http, IDbContextFactory<GatewayStore> stores, EditDesk desk, PromptLayout layout, CancellationToken ct)
    {
        if (edit is not { Parts.Count: <= MostParts, Drop.Count: <= MostParts } || edit.Parts.Any(part => part is not { Path: not null, Text: not null }) || edit.Drop.Any(path => path is null))
            return TypedResults.Problem($"An edit names paths and texts, at most {MostParts} of them.", statusCode: 400, type: "urn:approvals:edit-refused");
        if (await PromptApi.FindAsync(ticketId, whoeverIsAsked: false, http, stores, ct) is not { } ticket) return TypedResults.NotFound();
        var person = SignedIn.PersonOf(http.User);
        if (ticket.Caller.MayBe(person.Subject)) return TypedResults.Problem("This is your own prompt: somebody else changes it.", statusCode: 403, type: "urn:approvals:own-prompt");
        try
        {
            // Sent again, it is the text that waits already.
            var edited = ticket.Edited is { } last && last.OperationId == edit.OperationId && last.By.Subject == person.Subject ? ticket : await desk.EditAsync(ticket, edit, person, ct);
            return edited is not null ? TypedResults.Ok(await layout.OfAsync(edited, ct))
                : TypedResults.Problem("Somebody has changed the text or decided about it meanwhile. Look at it again; what you wrote is kept here.", statusCode: 409, type: "urn:approvals:other-text");
        }
        catch (EditRefusedException refused)
        {
            return TypedResults.Problem(refused.Message, statusCode: 400, type: "urn:approvals:edit-refused");
        }
    }
}
