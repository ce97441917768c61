using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Approvals.Tests.Notifications;

/// <summary>What Slack sends when somebody presses something, signed as Slack signs.</summary>
internal static class SlackPress
{
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    /// <summary>The actions of a message; null for one without.</summary>
    public static JsonNode? Actions(JsonNode message) => message["blocks"]!.AsArray().SingleOrDefault(block => block!["type"]!.GetValue<string>() == "actions");

    public static string[] ActionIds(JsonNode message) => [.. Actions(message)?["elements"]!.AsArray().Select(element => element!["action_id"]!.GetValue<string>()) ?? []];

    /// <summary>A press of Release, or of a cause to reject for.</summary>
    public static JsonObject Payload(JsonNode message, string user, string answerTo, string? cause = null, string at = "1531420700.000200")
    {
        var action = new JsonObject { ["block_id"] = Actions(message)!["block_id"]!.GetValue<string>(), ["action_ts"] = at };
        if (cause is null) (action["type"], action["action_id"], action["text"]) = ("button", "release", new JsonObject { ["type"] = "plain_text", ["text"] = "Release", ["emoji"] = false });
        else (action["type"], action["action_id"], action["selected_option"]) = ("static_select", "reject", new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = cause }, ["value"] = cause });
        return new JsonObject
        {
            ["type"] = "block_actions",
            ["user"] = new JsonObject { ["id"] = user, ["username"] = "somebody", ["name"] = "ann", ["team_id"] = "T1DC2JH3J" },
            ["api_app_id"] = "A0123ABC",
            ["token"] = "a-verification-token",
            ["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = "1531420650.000100", ["channel_id"] = "C0123ABC", ["is_ephemeral"] = false },
            ["trigger_id"] = "13345224609.738474920.8088930838d88f008e0",
            ["team"] = new JsonObject { ["id"] = "T1DC2JH3J", ["domain"] = "example" },
            ["channel"] = new JsonObject { ["id"] = "C0123ABC", ["name"] = "approvals" },
            ["message"] = new JsonObject { ["type"] = "message", ["subtype"] = "bot_message", ["ts"] = "1531420650.000100", ["text"] = message["text"]?.GetValue<string>(), ["blocks"] = message["blocks"]!.DeepClone() },
            ["state"] = new JsonObject { ["values"] = new JsonObject() },
            ["response_url"] = answerTo,
            ["actions"] = new JsonArray(action),
        };
    }

    public static string Form(JsonNode payload) => $"payload={WebUtility.UrlEncode(payload.ToJsonString())}";

    public static HttpRequestMessage Request(string body, DateTimeOffset at, string channel = "chat", string secret = Secret)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/slack/{channel}") { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")))}");
        return request;
    }

    /// <summary>Every text of a message that is shown.</summary>
    public static string[] Texts(JsonNode message) => [.. Strings(message["blocks"]!)];

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject known => known.SelectMany(pair => pair is { Key: "text", Value: JsonValue text } ? [text.GetValue<string>()] : Strings(pair.Value)),
        JsonArray all => all.SelectMany(Strings),
        _ => [],
    };
}
