using System.Text.Json;
using Contracts;
using Contracts.Messages;

namespace ApprovalsUI.Client;

/// <summary>
/// Reads a problem document. A conflict's outcome travels under the name <c>status</c>, which problem documents also
/// use for the HTTP code: the number is the code, the word is the outcome, in whichever order they come.
/// </summary>
internal static class ProblemReader
{
    internal static ApiProblem Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(status, document.RootElement) : new(status, "");
        }
        catch (JsonException)
        {
            // A proxy's own error page, or nothing at all: the code has to do.
            return new(status, "");
        }
    }

    private static ApiProblem Read(int status, JsonElement document)
    {
        var problem = new ApiProblem(status, "");
        string? title = null;
        foreach (var member in document.EnumerateObject())
        {
            problem = (member.Name, member.Value.ValueKind) switch
            {
                ("detail" or "message", JsonValueKind.String) => problem with { Message = member.Value.GetString() ?? "" },
                ("status" or "outcome", JsonValueKind.String) => problem with { Outcome = Outcome(member.Value.GetString()) ?? problem.Outcome },
                ("winner", JsonValueKind.Array) => problem with { Winner = member.Value.Deserialize<PersonRef[]>(JsonWire.Options) },
                ("decidedAt", JsonValueKind.String) => problem with { DecidedAt = member.Value.TryGetDateTimeOffset(out var at) ? at : null },
                _ => problem,
            };
            title = member.Name == "title" && member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : title;
        }

        return problem.Message.Length > 0 ? problem : problem with { Message = title ?? "" };
    }

    private static ApprovalStatus? Outcome(string? word) =>
        Enum.TryParse<ApprovalStatus>(word, ignoreCase: true, out var outcome) && Enum.IsDefined(outcome) ? outcome : null;
}
