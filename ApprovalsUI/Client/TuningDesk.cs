using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>
/// Lines of the policy in force as somebody moves them, and what that would have done to recorded prompts. Nothing here
/// changes what is in force. A question that a newer one overtakes is given up.
/// </summary>
internal sealed class TuningDesk(PolicyClient policies, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(150);
    private readonly Pause pause = new(Settled, clock);
    private string text = "";

    /// <summary>Something is to be drawn again.</summary>
    internal event Action? Changed;

    /// <summary>The version in force; null until it is loaded.</summary>
    internal PolicyVersionView? InForce { get; private set; }

    /// <summary>The lines in force; null where they cannot be made out in its text.</summary>
    internal ThresholdLines? Before { get; private set; }

    internal ThresholdLines? Lines { get; private set; }

    internal WhatIfReport? Report { get; private set; }

    /// <summary>Why nothing could be loaded or asked, until it can.</summary>
    internal ApiProblem? Problem { get; private set; }

    internal int Days { get; private set; } = 7;

    /// <summary>The report is about other lines or days than those on the screen.</summary>
    internal bool Asking { get; private set; }

    internal bool Moved => Lines != Before;

    internal async Task OpenAsync(CancellationToken cancel)
    {
        Problem = null;
        var overview = await policies.OverviewAsync(cancel);
        var version = overview is ApiResult<PolicyOverview>.Ok(var known) ? await policies.VersionAsync(known.Current, cancel) : null;
        if (version is not ApiResult<PolicyVersionView>.Ok(var inForce))
        {
            Problem = overview.Problem() ?? version?.Problem();
            Changed?.Invoke();
            return;
        }

        InForce = inForce;
        Before = Lines = ThresholdLines.Read(text = inForce.Text ?? "");
        await AskAsync(atOnce: true);
    }

    /// <summary>Along the scale, as far as the neighbours let it.</summary>
    internal Task SlideAsync(Threshold line, int score) =>
        Lines is null ? Task.CompletedTask : TakeAsync(Lines.With(line, Math.Min(score, Math.Max(Lines.Room(line).Highest, 0))));

    /// <summary>As somebody writes it: off too, wherever the others are.</summary>
    internal Task PutAsync(Threshold line, int score) => Lines is null ? Task.CompletedTask : TakeAsync(Lines.With(line, score));

    internal Task PutBackAsync() => Before is null ? Task.CompletedTask : TakeAsync(Before);

    internal Task LookBackAsync(int days)
    {
        Days = days;
        return AskAsync(atOnce: true);
    }

    internal Task AskAgainAsync() => AskAsync(atOnce: true);

    /// <returns>The new draft with these lines; null when it could not be made, and <see cref="Problem"/> says why.</returns>
    internal async Task<PolicyDraftView?> MakeDraftAsync(string note, CancellationToken cancel)
    {
        var moved = await TextAsync(cancel);
        var written = moved is ApiResult<CheckPolicy>.Ok(var words) ? await policies.WriteAsync(Guid.NewGuid(), new(words.Text, note, null), cancel) : null;
        Problem = moved.Problem() ?? written?.Problem();
        Changed?.Invoke();
        return written is ApiResult<PolicyDraftView>.Ok(var draft) ? draft : null;
    }

    private Task TakeAsync(ThresholdLines lines)
    {
        if (lines == Lines) return Task.CompletedTask;
        Lines = lines;
        return AskAsync(atOnce: false);
    }

    private Task AskAsync(bool atOnce)
    {
        Asking = true;
        Changed?.Invoke();
        return pause.ThenAsync(LookAsync, atOnce);
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        var moved = await TextAsync(cancel);
        var looked = moved is ApiResult<CheckPolicy>.Ok(var words) ? await policies.WhatIfAsync(new(words.Text, Days), cancel) : null;
        cancel.ThrowIfCancellationRequested();
        Problem = moved.Problem() ?? looked?.Problem();
        if (looked is ApiResult<WhatIfReport>.Ok(var report)) Report = report;
        Asking = false;
        Changed?.Invoke();
    }

    private async Task<ApiResult<CheckPolicy>> TextAsync(CancellationToken cancel) =>
        Moved && Lines is { } lines ? await policies.MoveAsync(new(text, lines.Mask, lines.Park, lines.Block), cancel) : new ApiResult<CheckPolicy>.Ok(new(text));

    public void Dispose() => pause.Dispose();
}
