using Contracts.Api;

namespace ApprovalsUI.Components.Reading;

/// <summary>The beginning of a part, so that a megabyte does not bury what comes after it.</summary>
internal static class RunCut
{
    internal const int Step = 20_000;
    private const int FirstCharacters = 3_000;
    private const int FirstLines = 30;

    /// <summary>What is left over has to be worth a button.</summary>
    private const int Slack = 300;

    internal static int Length(PromptPartView part) => part.Runs.Sum(run => run.Text.Length);

    /// <summary>Characters shown before anybody asks for more: 3,000 or 30 lines, or all of it when that is little more.</summary>
    internal static int Beginning(PromptPartView part)
    {
        var (at, lines) = (0, 0);
        foreach (var character in part.Runs.SelectMany(run => run.Text))
        {
            if (at == FirstCharacters || lines == FirstLines)
            {
                break;
            }

            at++;
            lines += character == '\n' ? 1 : 0;
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

    /// <summary>Never between the halves of a surrogate pair: it would look like a lone one.</summary>
    private static int Boundary(string text, int at) => char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
