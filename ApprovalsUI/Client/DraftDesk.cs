using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>One change to the policy on somebody's desk: its words as they are being written, and what the gateway says about them.</summary>
public sealed class DraftDesk : IDisposable
{
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(400);
    private readonly PersonView person;
    private readonly PolicyClient policies;
    private readonly Pause pause;
    private readonly CancellationTokenSource left = new();
    private readonly CancellationToken gone;
    private bool saved;

    // Components are public, so what they take as a parameter is; only this assembly can make one.
    internal DraftDesk(Guid? opened, PersonView person, PolicyClient policies, TimeProvider clock)
    {
        (this.person, this.policies, pause, gone) = (person, policies, new(Settled, clock), left.Token);
        (Id, saved) = (opened ?? Guid.NewGuid(), opened is not null);
    }

    /// <summary>Something is to be drawn again.</summary>
    internal event Action? Changed;

    internal PersonView Person => person;

    /// <summary>Chosen here for a new one, so that saving it twice makes one draft.</summary>
    internal Guid Id { get; }

    /// <summary>As the gateway keeps it; null for one that has never been saved.</summary>
    internal PolicyDraftView? Draft { get; private set; }

    /// <summary>The version in force; null until the desk is open.</summary>
    internal PolicyVersionView? InForce { get; private set; }

    /// <summary>Why there is nothing on the desk.</summary>
    internal ApiProblem? Missing { get; private set; }

    /// <summary>Why the last thing that was tried did not happen.</summary>
    internal ApiProblem? Refusal { get; private set; }

    internal IReadOnlyList<PolicyProblem> Errors { get; private set; } = [];

    /// <summary>The errors are about what is on the screen.</summary>
    internal bool Checked { get; private set; }

    internal string Text { get; private set; } = "";

    internal string Note { get; private set; } = "";

    internal bool Busy { get; private set; }

    internal bool Open => InForce is not null && (!saved || Draft is not null);

    internal bool Mine => Draft is null || Draft.Author.Subject == person.Subject;

    internal bool Over => Draft?.Status is "approved" or "rejected" or "withdrawn";

    internal bool MayWrite => person.MayEditPolicy() && Mine && !Over;

    /// <summary>There is something on the screen that the gateway does not have.</summary>
    internal bool Unsaved => MayWrite && (Draft is null ? Text != InForce?.Text || Note.Trim().Length > 0 : Text != Draft.Text || Note.Trim() != (Draft.Note ?? ""));

    /// <summary>Words from before the page had to be left, until their writer says what becomes of them.</summary>
    internal (string Text, string Note)? Kept { get; private set; }

    /// <summary>Loads everything, and takes the gateway's words for what is on the screen.</summary>
    internal async Task OpenAsync()
    {
        await LoadAsync();
        if (Missing is null)
        {
            (Text, Note) = Draft is null ? (InForce?.Text ?? "", "") : (Draft.Text ?? "", Draft.Note ?? "");
            (Refusal, Errors, Checked) = (null, [], true);
        }

        Changed?.Invoke();
    }

    /// <summary>Typed; checked at the next pause.</summary>
    internal Task WriteAsync(string text)
    {
        if (text == Text) return Task.CompletedTask;
        (Text, Checked) = (text, false);
        Changed?.Invoke();
        return pause.ThenAsync(CheckAsync);
    }

    /// <summary>Words the browser has kept; those that are on the screen anyway are no question.</summary>
    internal void Offer(string? text, string? note)
    {
        var words = (Text: text ?? Text, Note: note ?? Note);
        if (!MayWrite || (words.Text.ReplaceLineEndings() == Text.ReplaceLineEndings() && words.Note == Note)) return;
        Kept = words;
        Changed?.Invoke();
    }

    internal Task UseKeptAsync()
    {
        if (Kept is not { } words) return Task.CompletedTask;
        Kept = null;
        WriteNote(words.Note);
        return WriteAsync(words.Text);
    }

    internal void DropKept()
    {
        Kept = null;
        Changed?.Invoke();
    }

    internal void WriteNote(string note)
    {
        Note = note;
        Changed?.Invoke();
    }

    /// <returns>Whether the gateway has these words now.</returns>
    internal Task<bool> SaveAsync() => TryAsync(() => policies.WriteAsync(Id, new(Text, Note.Trim() is { Length: > 0 } note ? note : null, Draft?.Version), gone));

    /// <summary>Asks somebody else to agree, about the words on the screen.</summary>
    internal async Task ProposeAsync()
    {
        if (!Unsaved || await SaveAsync()) await TryAsync(() => policies.ProposeAsync(Id, gone));
    }

    internal Task WithdrawAsync() => TryAsync(() => policies.WithdrawAsync(Id, gone));

    internal Task ShadowAsync(bool on) => TryAsync(() => policies.ShadowAsync(Id, new(on), gone));

    /// <summary>About the very words that are on the screen.</summary>
    internal Task ApproveAsync(string? reason) => TryAsync(() => policies.ApproveAsync(Id, new(Draft?.Digest ?? "", reason), gone));

    internal Task RejectAsync(string reason) => TryAsync(() => policies.RejectAsync(Id, new(reason), gone));

    /// <returns>Null when it is in force; else why not.</returns>
    internal async Task<ApiProblem?> TightenAsync(string reason) =>
        (await policies.TightenAsync(new(InForce?.Number ?? 0, Text, reason), gone)).Problem();

    /// <summary>Does it and loads what stands then; the words on the screen stay, whoever is still writing them.</summary>
    private async Task<bool> TryAsync<T>(Func<Task<ApiResult<T>>> act)
    {
        (Busy, Refusal) = (true, null);
        Changed?.Invoke();
        var problem = (await act()).Problem();
        if (problem is null)
        {
            saved = true;
            await LoadAsync();
        }

        (Busy, Refusal) = (false, problem);
        if (problem?.Errors is { Count: > 0 } errors) (Errors, Checked) = (errors, true);
        Changed?.Invoke();
        return problem is null;
    }

    private async Task LoadAsync()
    {
        var overview = await policies.OverviewAsync(gone);
        var version = overview is ApiResult<PolicyOverview>.Ok(var known) ? await policies.VersionAsync(known.Current, gone) : null;
        var draft = saved ? await policies.DraftAsync(Id, gone) : null;
        Missing = draft?.Problem() ?? overview.Problem() ?? version?.Problem();
        if (version is ApiResult<PolicyVersionView>.Ok(var inForce)) InForce = inForce;
        if (draft is ApiResult<PolicyDraftView>.Ok(var kept)) Draft = kept;
    }

    private async Task CheckAsync(CancellationToken cancel)
    {
        var answer = await policies.CheckAsync(Text, cancel);
        cancel.ThrowIfCancellationRequested();
        if (answer is ApiResult<PolicyCheckResult>.Ok(var result)) (Errors, Checked) = (result.Errors, true);
        Changed?.Invoke();
    }

    public void Dispose()
    {
        pause.Dispose();
        left.Cancel();
        left.Dispose();
    }
}
