using Contracts.Api;

namespace ApprovalsUI.Components.Reading;

/// <summary>The parts of one message, as a model would read them.</summary>
/// <param name="IsWaitingAnswer">It is what the model answered, and what people decide about.</param>
internal sealed record Turn(string Role, IReadOnlyList<PromptPartView> Parts, bool IsWaitingAnswer = false)
{
    /// <summary>Tools a model may call: long, seldom what the question is about, so folded by default.</summary>
    internal bool IsDefinitions => Parts.All(part => part.Kind == "tool definition");

    internal static IReadOnlyList<Turn> Of(PromptView prompt) => prompt.AnswerFrom is { } from
        ? [.. Of(prompt.Parts.Take(from)), .. Of(prompt.Parts.Skip(from)).Select(turn => turn with { IsWaitingAnswer = true })]
        : Of(prompt.Parts);

    /// <summary>Parts next to each other with one role and one place in the body (<c>/messages/3</c>) are one turn.</summary>
    private static List<Turn> Of(IEnumerable<PromptPartView> parts)
    {
        var turns = new List<Turn>();
        var current = new List<PromptPartView>();
        foreach (var part in parts)
        {
            if (current.Count > 0 && (current[0].Role != part.Role || Place(current[0]) != Place(part)))
            {
                turns.Add(new(current[0].Role, current));
                current = [];
            }

            current.Add(part);
        }

        if (current.Count > 0)
        {
            turns.Add(new(current[0].Role, current));
        }

        return turns;
    }

    /// <summary>All definitions are one place, however many tools there are.</summary>
    private static string Place(PromptPartView part) =>
        part.Kind == "tool definition" ? "definitions" : string.Join('/', part.Path.Split('/').Take(3));
}
