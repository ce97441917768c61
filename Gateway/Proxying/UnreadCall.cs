using System.IO.Enumeration;
using System.Security.Cryptography;
using Gateway.Audit;
using Gateway.Dialects;
using Gateway.Identity;
using Gateway.Masking;
using Gateway.Prompts;
using Gateway.Storage;
using Gateway.Upstreams;
using Microsoft.Extensions.Options;

namespace Gateway.Proxying;

/// <summary>
/// Bodies nobody here can read (audio, uploads) on routes where the configuration allows it: sent on unread, recorded as
/// unread, and their answers still inspected. Everywhere else such a body is refused.
/// </summary>
internal sealed class UnreadCall(
    PromptReader reader, UpstreamDirectory upstreams, AnswerRelay relay, FindSensitive findSensitive, Trail trail, TextVault vault,
    IOptions<PromptOptions> options, IOptions<UpstreamLimits> limits, TimeProvider clock)
{
    private const string Model = "(unread)";

    public bool Allows(HttpRequest request) =>
        !request.HasJsonContentType() && options.Value.UnreadRoutes.Exists(route => FileSystemName.MatchesSimpleExpression(route, request.Path.Value, ignoreCase: false));

    public async Task HandleAsync(HttpContext http, Dialect dialect)
    {
        var started = clock.GetTimestamp();
        var caller = Caller.From(http);
        var upstream = upstreams.First(dialect)
            ?? throw new PromptRefusedException(new ApiError(StatusCodes.Status404NotFound, "route_not_found", "No configured upstream serves this route."));
        var body = await reader.ReadBodyAsync(http.Request, http.RequestAborted);
        var sink = new AnswerSink(http, limits.Value.LargestAnswer);
        var mask = new AnswerMask(findSensitive, new Pseudonyms(), _ => false);
        var outgoing = new OutgoingPrompt(http.Request.Path.Value!, Model, dialect, body, http.Request.ContentType!, PromptReader.Forwarded(http.Request)); // it has a type, or Allows said no

        await relay.RelayAsync(upstream, outgoing, mask, sink, (summary, last) =>
        {
            byte[] leaves = [.. sink.Left.Span, .. last.Span];
            var request = vault.Seal(body.Span);
            var answer = vault.Seal(leaves);
            return trail.RecordAsync(new TrailEntry
            {
                At = clock.GetUtcNow(), Kind = "interaction", Actor = caller.Subject, ActorName = caller.Name, InteractionId = Interaction.NewId(clock),
                Route = outgoing.Route, Rule = "unread-route", Outcome = "forwarded unread", StatusCode = summary.Status,
                RequestDigest = Convert.ToHexStringLower(SHA256.HashData(body.Span)), AnswerDigest = Convert.ToHexStringLower(SHA256.HashData(leaves)),
                RequestText = request.Id, AnswerText = answer.Id, UpstreamMs = summary.UpstreamMs, ElapsedMs = clock.GetElapsedTime(started).TotalMilliseconds,
            }, [request, answer], CancellationToken.None);
        }, http.RequestAborted);
    }
}
