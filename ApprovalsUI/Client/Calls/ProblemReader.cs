using System.Text.Json;
using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client.Calls;

/// <summary>Reads a problem document: its sentence, for a conflict who or what decided first, for a policy or a form what is wrong where.</summary>
internal static class ProblemReader
{
    private const string FreshSignInNeeded = "urn:approvals:fresh-sign-in-needed";

    internal static ApiProblem Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<Problem>(body, JsonWire.Options);
            var conflict = problem?.Conflict;
            return new(status, problem?.Detail ?? problem?.Title ?? "", conflict?.Status, conflict?.Winner, conflict?.DecidedAt, problem?.Type == FreshSignInNeeded, Errors(problem?.Errors), Fields(problem?.Errors));
        }
        catch (JsonException)
        {
            // A proxy's own error page, or nothing at all: the code has to do.
            return new(status, "");
        }
    }

    private static PolicyProblem[]? Errors(JsonElement? errors) => errors is { ValueKind: JsonValueKind.Array } list ? list.Deserialize<PolicyProblem[]>(JsonWire.Options) : null;

    /// <summary>The framework's own way of saying it.</summary>
    private static Dictionary<string, string[]>? Fields(JsonElement? errors) => errors is { ValueKind: JsonValueKind.Object } fields ? fields.Deserialize<Dictionary<string, string[]>>(JsonWire.Options) : null;

    private sealed record Problem(string? Type, string? Title, string? Detail, ReviewConflict? Conflict, JsonElement? Errors);
}
