using ApprovalsUI.Components.Reading;
using Contracts.Api;

namespace ApprovalsUI.Components.Interactions;

/// <summary>
/// An answer as it grew while it left. What was measured are bytes of the wire; what is shown is masked text, so a third of the
/// bytes stands for a third of the characters.
/// </summary>
internal sealed class Replay
{
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly IReadOnlyList<PromptPartView> parts;
    private readonly List<AnswerMoment> times;
    private readonly int characters;
    private readonly double pace;

    internal Replay(IReadOnlyList<PromptPartView> parts, IReadOnlyList<AnswerMoment> times)
    {
        (this.parts, this.times) = (parts, [.. times.Where(moment => double.IsFinite(moment.Ms)).OrderBy(moment => moment.Ms)]);
        Took = TimeSpan.FromMilliseconds(Math.Clamp(this.times.Count == 0 ? 0 : this.times[^1].Ms, 0, TimeSpan.FromDays(1).TotalMilliseconds));
        Length = Took < Longest ? Took : Longest;
        pace = Length > TimeSpan.Zero ? Took / Length : 1;
        characters = parts.Sum(RunCut.Length);
    }

    /// <summary>What it took when it left.</summary>
    internal TimeSpan Took { get; }

    /// <summary>What showing it takes: the same, or less where nobody would wait for it.</summary>
    internal TimeSpan Length { get; }

    internal bool IsFaster => Took > Length;

    /// <summary>What had left by then; all of it at the end.</summary>
    internal IReadOnlyList<PromptPartView> At(TimeSpan shown)
    {
        if (shown >= Length)
        {
            return parts;
        }

        var all = Math.Max(1, times.Max(moment => moment.Bytes));
        var bytes = times.LastOrDefault(moment => moment.Ms <= shown.TotalMilliseconds * pace)?.Bytes ?? 0;
        var budget = (int)((long)characters * Math.Clamp(bytes, 0, all) / all);
        var grown = new List<PromptPartView>();
        foreach (var part in parts)
        {
            if (budget <= 0)
            {
                break;
            }

            grown.Add(budget >= RunCut.Length(part) ? part : part with { Runs = [.. RunCut.Take(part, budget)] });
            budget -= RunCut.Length(part);
        }

        return grown;
    }
}
