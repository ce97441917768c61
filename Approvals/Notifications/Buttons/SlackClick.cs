using System.Text;
using System.Text.Json;
using Contracts;
using Microsoft.AspNetCore.WebUtilities;

namespace Approvals.Notifications.Buttons;

/// <summary>What Slack says of a click. It proves the user alone; the rest is an address, or tells one click from another.</summary>
/// <param name="Cause">Of a no; null for a yes.</param>
internal sealed record SlackClick(string Team, string User, string MessageAt, string ActionAt, string Mark, RejectCause? Cause, Uri AnswerTo)
{
    public const string Release = "release";
    public const string Reject = "reject";
    private const int MaxDepth = 32;
    private const int LongestWord = 255;
    private const int LongestAddress = 1_000;
    private const int MostFields = 4;

    /// <summary>Null for anything but one press of one of our buttons.</summary>
    public static SlackClick? Read(ReadOnlySpan<byte> form)
    {
        try
        {
            using var fields = new FormReader(Encoding.UTF8.GetString(form)) { ValueCountLimit = MostFields, ValueLengthLimit = form.Length };
            if (!fields.ReadForm().TryGetValue("payload", out var payload) || payload is not [{ Length: > 0 } text]) return null;
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Of(json.RootElement);
        }
        catch (Exception slip) when (slip is InvalidDataException or JsonException)
        {
            return null;
        }
    }

    private static SlackClick? Of(JsonElement said)
    {
        if (Word(said, "type") != "block_actions" || Word(said, "user", "id") is not { } user || Word(said, "container", "message_ts") is not { } messageAt
            || At(said, "actions") is not { ValueKind: JsonValueKind.Array } actions || actions.GetArrayLength() != 1) return null;

        var action = actions[0];
        RejectCause? cause = Enum.TryParse<RejectCause>(Word(action, "selected_option", "value"), out var chosen) && Enum.GetName(chosen) == Word(action, "selected_option", "value") ? chosen : null;
        if (Word(action, "block_id") is not { } mark || Word(action, "action_ts") is not { } actionAt || (Word(action, "action_id"), cause) is not ((Release, null) or (Reject, not null))) return null;
        return Uri.TryCreate(Word(said, LongestAddress, "response_url"), UriKind.Absolute, out var answerTo)
            ? new SlackClick(Word(said, "team", "id") ?? "", user, messageAt, actionAt, mark, cause, answerTo)
            : null;
    }

    private static string? Word(JsonElement of, params ReadOnlySpan<string> path) => Word(of, LongestWord, path);

    private static string? Word(JsonElement of, int longest, params ReadOnlySpan<string> path) =>
        At(of, path) is { ValueKind: JsonValueKind.String } word && word.GetString() is { Length: > 0 } text && text.Length <= longest ? text : null;

    private static JsonElement? At(JsonElement of, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out of)) return null;
        return of;
    }
}
