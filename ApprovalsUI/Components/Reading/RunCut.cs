using Contracts.Api;

namespace ApprovalsUI.Components.Reading;

/// <summary>The beginning of a part, so that a megabyte does not bury what comes after it.</summary>
internal static class RunCut
{
    internal const int Step = 20_000;
    private const int FirstCharacters = 3_000;
    private const int FirstLines = 30;
    private const int MostPadding = 200_000;
    private const int MostAlike = 200;

    /// <summary>What is left over has to be worth a button.</summary>
    private const int Slack = 300;

    internal static int Length(PromptPartView part) => part.Runs.Sum(run => run.Text.Length);

    /// <summary>
    /// Characters shown before anybody asks for more: 3,000 or 30 lines, or all of it when that is little more. Padding does not count,
    /// up to a limit: it is folded, and what stands behind it should show.
    /// </summary>
    internal static int Beginning(PromptPartView part)
    {
        var (at, seen, lines, same) = (0, 0, 0, 0);
        var before = '\n';
        foreach (var character in part.Runs.SelectMany(run => run.Text))
        {
            if (seen == FirstCharacters || lines == FirstLines || at == MostPadding)
            {
                break;
            }

            at++;
            same = character == before ? same + 1 : 0;
            var padding = same > MostAlike || (char.IsWhiteSpace(character) && char.IsWhiteSpace(before));
            seen += padding ? 0 : 1;
            lines += character == '\n' && !padding ? 1 : 0;
            before = character;
        }

        return Length(part) - at <= Slack ? Length(part) : at;
    }

    internal static IEnumerable<PromptRun> Take(PromptPartView part, int budget)
    {
        foreach (var run in part.Runs)
        {
            if (budget <= 0)
            {
                yield break;
            }

            yield return run.Text.Length <= budget ? run : run with { Text = run.Text[..Boundary(run.Text, budget)] };
            budget -= run.Text.Length;
        }
    }

    /// <summary>The budget that brings a finding onto the screen; null when it is not in this part.</summary>
    internal static int? BudgetFor(PromptPartView part, int finding)
    {
        var length = 0;
        foreach (var run in part.Runs)
        {
            length += run.Text.Length;
            if (run.Finding == finding || run.Also?.Contains(finding) == true)
            {
                return length;
            }
        }

        return null;
    }

    /// <summary>Never between the halves of a surrogate pair or of a line end: each would look like a lone one.</summary>
    private static int Boundary(string text, int at) =>
        (char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at])) || (text[at - 1] == '\r' && text[at] == '\n') ? at - 1 : at;
}
