using System.IO.Enumeration;
using System.Net.Http.Headers;
using Gateway.Inspection;
using Gateway.Audit;
using Gateway.Dialects;
using Gateway.Identity;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Telemetry;
using Gateway.Texts;
using Gateway.Upstreams;
using Microsoft.Extensions.Options;

namespace Gateway.Proxying;

/// <summary>
/// Bodies nobody here can read (audio, uploads) on routes where the configuration allows it: sent on unread, recorded as
/// unread, and their answers still inspected. Everywhere else such a body is refused.
/// </summary>
internal sealed class UnreadCall(
    PromptReader reader, UpstreamDirectory upstreams, AnswerRelay relay, AnswerGate gate, PolicyInForce policies, FindSensitive findSensitive, CallRecord records, GatewayMetrics metrics,
    IOptions<PromptOptions> options, IOptions<UpstreamLimits> limits, TimeProvider clock)
{
    private const string Model = "(unread)";

    public bool Allows(HttpRequest request) =>
        !request.HasJsonContentType() && options.Value.UnreadRoutes.Exists(route => FileSystemName.MatchesSimpleExpression(route, request.Path.Value, ignoreCase: false));

    public async Task HandleAsync(HttpContext http, Dialect dialect)
    {
        var started = clock.GetTimestamp();
        var caller = Caller.From(http);
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out _))
            throw new PromptRefusedException(new ApiError(StatusCodes.Status415UnsupportedMediaType, "unreadable_content_type", "A body that passes unread needs a valid Content-Type, or its upstream could not read it either."));
        // Which model it names cannot be known, so it is for callers who may use any.
        if (!caller.MayUse(Model))
            throw new PromptRefusedException(new ApiError(StatusCodes.Status403Forbidden, "policy_blocked", "This key may not use every model, and the model of an unread body is not known (rule caller.model)."));
        if (!caller.MayCall(http.Request.Path.Value!, Model)) // routing matched it
            throw new PromptRefusedException(new ApiError(StatusCodes.Status403Forbidden, "policy_blocked", "This caller may not call this route (rule caller.route)."));
        var upstream = upstreams.First(dialect)
            ?? throw new PromptRefusedException(new ApiError(StatusCodes.Status404NotFound, "route_not_found", "No configured upstream serves this route."));
        var body = await reader.ReadBodyAsync(http.Request, http.RequestAborted);
        var sink = new AnswerSink(http, limits.Value.LargestAnswer, clock);
        var mask = new AnswerMask(findSensitive, new Pseudonyms(), _ => false);
        var outgoing = new OutgoingPrompt(http.Request.Path.Value!, Model, dialect, body, http.Request.ContentType!, PromptReader.Forwarded(http.Request)); // its type was parsed above
        var interaction = Interaction.NewId(clock);
        http.Response.Headers[PromptProxy.InteractionHeader] = interaction;
        metrics.Unread();

        var record = records.Of(interaction, caller.Subject, started, () => new TrailEntry
        {
            At = clock.GetUtcNow(), Kind = "interaction", Actor = caller.Subject, ActorName = caller.Name, InteractionId = interaction, Route = outgoing.Route, Rule = "unread-route",
        }, TextClass.Unread, body);
        try
        {
            var facts = new Judged { At = clock.GetUtcNow(), Caller = caller.Subject, Groups = caller.Groups, Route = outgoing.Route, Model = Model, Upstream = upstream.Name, Score = 0 };
            var inspect = gate.For(policies.Current, facts, [], dialect, _ => false, () => new TrailEntry { At = facts.At, Kind = "answer", Actor = caller.Subject, ActorName = caller.Name, InteractionId = interaction, Route = outgoing.Route });
            await record.BeforeSendingAsync();
            await relay.RelayAsync(upstream, outgoing, mask, sink, (summary, last) => record.AnsweredAsync(sink, "forwarded unread", summary, last), http.RequestAborted, inspect, record.Prepare);
        }
        catch (AnswerParkedException)
        {
            // People could not see what was asked, so they cannot be asked about the answer.
            var error = new ApiError(StatusCodes.Status403Forbidden, "answer_blocked", "The model answered, and policy wants people to look at the answer; of a body that passes unread they cannot.");
            await record.AnsweredAsync(sink, "answer blocked", new AnswerSummary(error.Status, sink.ContentType, 0, 0, error), default);
            throw new PromptRefusedException(error);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            await record.AnsweredAsync(sink, "abandoned", new AnswerSummary(sink.Status, sink.ContentType, 0, mask.Hidden, null), default);
        }
    }
}
