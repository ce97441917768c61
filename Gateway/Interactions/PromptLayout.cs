using Contracts;
using Contracts.Api;
using Gateway.Dialects;
using Gateway.Inspection;
using Gateway.Parking;
using Gateway.Prompts;
using Gateway.Upstreams;

namespace Gateway.Interactions;

/// <summary>Lays a parked prompt out for the people who decide about it: its text as it waits, and all that is said of it.</summary>
internal sealed class PromptLayout(ParkingLot lot, HeldAnswers answers, DialectsByRoute dialects, QueueOutlook outlook, TimeProvider clock)
{
    public async Task<PromptView> OfAsync(Ticket ticket, CancellationToken ct)
    {
        var body = JsonBody.Parse(await lot.ReviewedBodyAsync(ticket, ct));
        var view = PromptViews.Of(ticket, body, await AnswerOfAsync(ticket, ct));
        var turn = await outlook.OfAsync(ticket, ct);
        return view with
        {
            Attachments = body.Attachments,
            Edit = ticket.Edited is { } edition ? EditOf(ticket, edition, JsonBody.Parse(await lot.RequestBodyAsync(ticket, ct)), view.Parts) : null,
            Asked = [.. (await lot.WordsAsync(ticket, ct)).Select(words => new CallerWords(words.Question.Text, words.Question.AskedAt, words.Answer, words.Question.AnsweredAt))],
            Waits = turn is null ? null : new CallerWaits(turn.Position, ticket.CallerUntil is { } until && until > clock.GetUtcNow() ? until : null, ticket.Async),
        };
    }

    /// <summary>The texts of the answer that waits; none where it is the prompt.</summary>
    public async Task<IReadOnlyList<PromptPart>> AnswerOfAsync(Ticket ticket, CancellationToken ct) =>
        ticket.HeldText is null ? [] : AnswerReading.Of(HeldAnswer.Open(await answers.OpenAsync(ticket, ct)), dialects.For(ticket.Route)).Parts;

    private static PromptEdit EditOf(Ticket ticket, Edition edition, JsonBody before, IReadOnlyList<PromptPartView> after) =>
        new(edition.Number, edition.By, edition.At, ticket.Model,
            // What is to be hidden in the caller's own text is known as long as that waits.
            ticket.HeldText is null ? PromptViews.Changes(PromptViews.Laid(before.Parts, ticket.Findings), after) : [], ticket.ReviewedFindings,
            [.. before.Attachments.Where(attachment => edition.Dropped.Contains(attachment.Path))]);
}
