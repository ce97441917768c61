using System.Text;
using System.Text.Json.Nodes;
using Contracts;
using Contracts.Messages;
using CsCheck;
using Gateway.Background;
using Gateway.Dialects;
using Gateway.Parking;
using Gateway.Prompts;

namespace Gateway.Tests.Background;

/// <summary>What is known early only grows, and nothing of a body changes but what has to.</summary>
public sealed class Timeline_Tests
{
    private static readonly ApiError Refusal = new(403, "approval_rejected", "No.");
    private static readonly Gen<string> Words = Gen.String[Gen.Char["ab \"\\\né漢"], 0, 12];

    private static readonly Gen<JsonObject> Part = Gen.Select(OneOf("output_text", "refusal", "something_new"), Words,
        (type, words) => new JsonObject { ["type"] = type, [type == "output_text" ? "text" : type] = words });

    private static readonly Gen<JsonObject> Item = Gen.OneOf(
        Gen.Select(Words, Part.Array[0, 3], (id, parts) => new JsonObject { ["type"] = "message", ["id"] = id, ["status"] = "completed", ["content"] = new JsonArray([.. parts]) }),
        Gen.Select(Words, Words, (id, arguments) => new JsonObject { ["type"] = "function_call", ["id"] = id, ["arguments"] = arguments }),
        Words.Select(id => new JsonObject { ["type"] = "reasoning", ["id"] = id, ["summary"] = new JsonArray() }));

    private static readonly Gen<JsonObject> Answer = Item.Array[0, 4].Select(items => new JsonObject { ["id"] = "resp_x", ["status"] = "completed", ["output"] = new JsonArray([.. items]) });

    [Fact]
    public void Whatever_the_answer_earlier_events_stay_and_pieces_make_the_whole() => Answer.Sample(answer =>
    {
        var early = Lines(At(ApprovalStatus.Pending));
        var running = Lines(At(ApprovalStatus.Releasing));
        var done = Lines(At(ApprovalStatus.Completed, answer));
        var refused = Lines(At(ApprovalStatus.Rejected));

        Assert.Equal(early, Lines(At(ApprovalStatus.Releasing, claimed: false)));
        Assert.Equal(early, running.Take(early.Count));
        Assert.Equal(running, done.Take(running.Count));
        Assert.Equal(early, refused.Take(early.Count));
        Assert.Equal(Enumerable.Range(0, done.Count), done.Select(line => (int)JsonNode.Parse(line)!["sequence_number"]!));
        for (var cut = 0; cut <= done.Count; cut++) Assert.Equal(done, done.Take(cut).Concat(Lines(At(ApprovalStatus.Completed, answer)).Skip(cut)));
    }, iter: 300);

    [Fact]
    public void Whatever_the_answer_its_deltas_make_its_texts() => Answer.Sample(answer =>
    {
        var events = At(ApprovalStatus.Completed, answer).Events;

        var said = string.Concat(events.Where(e => ((string)e["type"]!).EndsWith(".delta", StringComparison.Ordinal)).Select(e => (string)e["delta"]!));
        var written = string.Concat(answer["output"]!.AsArray().SelectMany(item => item!["arguments"] is { } arguments
            ? [(string)arguments!]
            : (item["content"] as JsonArray ?? []).Select(part => (string?)part!["text"] ?? (string?)part["refusal"] ?? "")));
        Assert.Equal(written, said);
        Assert.Equal(answer["output"]!.ToJsonString(), events[^1]["response"]!["output"]!.ToJsonString());
    }, iter: 300);

    [Fact]
    public void A_property_goes_and_every_other_byte_stays()
    {
        foreach (var (body, without) in new[]
        {
            ("""{"background":true}""", "{}"),
            ("""{ "background" : true }""", "{ }"),
            ("""{"background":true,"model":"m"}""", """{"model":"m"}"""),
            ("""{"model":"m","background":true}""", """{"model":"m"}"""),
            ("{\n  \"model\": \"m\",\n  \"background\": true,\n  \"input\": 1.50\n}\n", "{\n  \"model\": \"m\",\n  \"input\": 1.50\n}\n"),
            ("""{"a":{"background":true},"back\u0067round":[{"background":[1]}],"b":"background"}""", """{"a":{"background":true},"b":"background"}"""),
            ("""{"model":"\u00e9\/"}""", """{"model":"\u00e9\/"}"""),
        }) Assert.Equal(without, Encoding.UTF8.GetString(JsonBody.Parse(Encoding.UTF8.GetBytes(body)).Without("background").Span));
    }

    [Fact]
    public void Wherever_the_property_stands_the_rest_means_the_same()
    {
        var value = OneOf("1", "-0.10e+3", "null", "true", "\"x\\u0041,}\"", "{ \"background\" : [ ] }", "[ 1 , {} ]");
        var property = Gen.Select(OneOf("a", "b", "c", "d", "stream"), value, OneOf("", " ", "\n\t"));

        Gen.Select(property.Array[0, 4], Gen.Int[0, 4], value, OneOf("", " ", "\r\n")).Sample((others, place, background, space) =>
        {
            others = [.. others.DistinctBy(o => o.Item1)];
            var written = others.Select(o => $"{o.Item3}\"{o.Item1}\"{o.Item3}:{o.Item3}{o.Item2}{o.Item3}").ToList();
            var expected = JsonBody.Parse(Encoding.UTF8.GetBytes($"{{{string.Join(',', written)}}}"));
            written.Insert(Math.Min(place, written.Count), $"{space}\"background\":{background}{space}");

            var without = JsonBody.Parse(JsonBody.Parse(Encoding.UTF8.GetBytes($"{space}{{{string.Join(',', written)}}}{space}")).Without("background"));

            Assert.Equal(expected.Digest, without.Digest);
        }, iter: 2000);
    }

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static ResponseTimeline At(ApprovalStatus status, JsonObject? answer = null, bool claimed = true)
    {
        var ticket = Ticket(status, answer, claimed);
        var stored = answer is null ? null : StoredAnswer.Read(ticket, Encoding.UTF8.GetBytes(answer.ToJsonString()));
        return ResponseTimeline.Of(ticket, new JsonObject { ["metadata"] = new JsonObject { ["k"] = "v" } }, status == ApprovalStatus.Rejected ? Refusal : null, stored);
    }

    private static List<string> Lines(ResponseTimeline timeline) => [.. timeline.Events.Select(e => e.ToJsonString())];

    private static Ticket Ticket(ApprovalStatus status, JsonObject? answer, bool claimed)
    {
        var ticket = new Ticket
        {
            Id = "apr_" + new string('1', 32), CallerSubject = "alice", Caller = new CallerRef("alice", "Alice", []), InteractionId = "int_1", Route = "/v1/responses", Model = "m", Streams = false,
            Digest = "d", BodyDigest = "b", TextDigest = "t", PolicyVersion = "p", Rule = "r", Score = 1, Findings = [], Stages = [new ReviewStage(["g"], 1, TimeSpan.FromHours(1), OnDeadline.Reject)], Excerpt = "",
            UndoWindow = TimeSpan.Zero, ForwardedHeaders = new Dictionary<string, string>(), RequestText = Guid.Empty, ParkedAt = DateTimeOffset.UnixEpoch, Background = true,
        };
        if (status == ApprovalStatus.Pending) return ticket;
        ticket.Decide(new ReviewDecided
        {
            TicketId = ticket.Id, Digest = "d", DecidedBy = [], DecidedAt = DateTimeOffset.UnixEpoch, Outcome = status == ApprovalStatus.Rejected ? status : ApprovalStatus.Releasing,
        }, DateTimeOffset.UnixEpoch);
        if (claimed) ticket.TryClaim(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1));
        if (answer is not null) ticket.Settle(completed: true, 200, "application/json", Guid.Empty, DateTimeOffset.UnixEpoch);
        return ticket;
    }
}
