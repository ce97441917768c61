using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>One interaction on somebody's screen: what is on record, and its texts once they were opened for a reason.</summary>
public sealed class InteractionDesk : IRevealing, IDisposable
{
    private readonly RecordsClient records;
    private readonly CancellationTokenSource left = new();
    private readonly CancellationToken gone;
    private readonly Dictionary<int, string> revealed = [];

    // Components are public, so what they take as a parameter is; only this assembly can make one.
    internal InteractionDesk(string id, PersonView person, RecordsClient records) => (Id, Person, this.records, gone) = (id, person, records, left.Token);

    internal event Action? Changed;

    /// <summary>As it stands in the address: of the interaction or of its ticket.</summary>
    internal string Id { get; }

    public PersonView Person { get; }

    internal InteractionView? View { get; private set; }

    /// <summary>Why there is nothing to see; null while loading and once it is there.</summary>
    internal ApiProblem? Missing { get; private set; }

    /// <summary>The texts, once somebody said why.</summary>
    internal OpenedInteraction? Opened { get; private set; }

    public IReadOnlyDictionary<int, string> Revealed => revealed;

    internal async Task LoadAsync()
    {
        if (!Person.MayReadTrail())
        {
            Missing = new(403, "");
            return;
        }

        var answer = await records.InteractionAsync(Id, gone);
        Missing = View is null ? answer.Problem() : null;
        if (answer is ApiResult<InteractionView>.Ok(var view))
        {
            View = view;
        }

        if (View?.Texts != TextState.Kept)
        {
            Opened = null;
            revealed.Clear();
        }

        Changed?.Invoke();
    }

    /// <returns>The refusal, or null once the texts are in <see cref="Opened"/>.</returns>
    internal async Task<ApiProblem?> OpenAsync(string reason)
    {
        var answer = await records.OpenAsync(View?.Id ?? Id, reason, gone);
        Opened = answer is ApiResult<OpenedInteraction>.Ok(var opened) ? opened : Opened;
        await LoadAsync(); // the opening is an entry; where it was refused, the texts may be gone
        return answer.Problem() is { Status: 410, Message: "" } erased ? erased with { Message = "The texts have been erased." } : answer.Problem();
    }

    public async Task<ApiProblem?> RevealAsync(int finding, string reason)
    {
        var answer = await records.RevealAsync(View?.Id ?? Id, new(finding, reason.Trim()), gone);
        if (answer is ApiResult<RevealedFinding>.Ok(var shown))
        {
            revealed[finding] = shown.Text;
            await LoadAsync();
        }

        return answer.Problem();
    }

    internal Task<ApiResult<JudgedAgain>> JudgeAsync(string policy) => records.JudgeAsync(View?.Id ?? Id, policy, gone);

    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }
}
