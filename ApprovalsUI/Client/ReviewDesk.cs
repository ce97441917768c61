using ApprovalsUI.Client.Calls;
using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>One review on somebody's screen: its detail, its text, and what the person does with it.</summary>
public sealed class ReviewDesk : IRevealing, IAsyncDisposable
{
    /// <summary>Between two attempts to load what a service did not answer: nobody should have to press for it.</summary>
    private static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromSeconds(3);

    private readonly string id;
    private readonly PersonView person;
    private readonly ApprovalsClient approvals;
    private readonly GatewayClient gateway;
    private readonly QueueState queue;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource closed = new();
    private readonly Dictionary<int, string> revealed = [];
    private (bool Approve, string? Reason, Guid Id)? unanswered;
    private (string Reason, Guid Id)? unansweredGlass;
    private ClaimLease? lease;
    private Task refreshing = Task.CompletedTask, askingAgain = Task.CompletedTask;
    private bool refreshAgain;

    // Components are public, so what they take as a parameter is; only this assembly can make one.
    internal ReviewDesk(string id, PersonView person, ApprovalsClient approvals, GatewayClient gateway, QueueState queue, TimeProvider clock) =>
        (this.id, this.person, this.approvals, this.gateway, this.queue, this.clock) = (id, person, approvals, gateway, queue, clock);

    internal event Action? Changed;

    internal string Id => id;

    public PersonView Person => person;

    internal ReviewDetail? Detail { get; private set; }

    internal PromptView? Prompt { get; private set; }

    /// <summary>Why there is no detail; null while loading and once it is there.</summary>
    internal ApiProblem? DetailProblem { get; private set; }

    /// <summary>Why the text is not shown; null while loading and once it is there.</summary>
    internal ApiProblem? PromptProblem { get; private set; }

    public IReadOnlyDictionary<int, string> Revealed => revealed;

    /// <summary>A vote or undo is on its way.</summary>
    internal bool Busy { get; private set; }

    /// <summary>The last act's refusal; null after one that went through.</summary>
    internal ApiProblem? Refusal { get; private set; }

    internal async Task OpenAsync()
    {
        queue.ReviewChanged += Hear;
        await Task.WhenAll(LoadDetailAsync(), LoadPromptAsync());
        lease = new ClaimLease(this, approvals, clock);
        lease.Start(closed.Token);
        askingAgain = AskAgainAsync();
    }

    private async Task AskAgainAsync()
    {
        try
        {
            while (DetailProblem == Silence || PromptProblem == Silence)
            {
                await Task.Delay(BeforeAskingAgain, clock, closed.Token);
                if (DetailProblem == Silence) await LoadDetailAsync();
                if (PromptProblem == Silence) await LoadPromptAsync();
            }
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page was left meanwhile.
        }
    }

    internal async Task LoadDetailAsync()
    {
        switch (await approvals.ReviewAsync(id, closed.Token))
        {
            case ApiResult<ReviewDetail>.Ok(var detail):
                Take(detail);
                break;
            case ApiResult<ReviewDetail>.Refused(var problem):
                DetailProblem = problem;
                break;
            default:
                DetailProblem = Detail is null ? Silence : null;
                break;
        }

        Changed?.Invoke();
    }

    internal async Task LoadPromptAsync()
    {
        PromptProblem = null;
        switch (await gateway.PromptAsync(id, closed.Token))
        {
            case ApiResult<PromptView>.Ok(var prompt):
                Prompt = prompt;
                break;
            case ApiResult<PromptView>.Refused(var problem):
                PromptProblem = problem;
                break;
            default:
                PromptProblem = Silence;
                break;
        }

        Changed?.Invoke();
    }

    /// <summary>Why nothing can be decided here now, as a sentence; null when it can.</summary>
    internal string? WhyNot(FeedState feed) => this switch
    {
        { Detail: null } => "The review has not loaded.",
        { Detail.MayNotVote: { } sentence } => sentence,
        { Detail.Summary.Status: not ApprovalStatus.Pending } => "This review has been decided.",
        _ => WhyNotKnown(feed),
    };

    /// <summary>What nobody decides without, whatever they may: the text under review on the screen, and a live line.</summary>
    internal string? WhyNotKnown(FeedState feed) => this switch
    {
        { Detail: null } => "The review has not loaded.",
        { Prompt: null } => "The prompt's text is not on your screen, so there is nothing to decide about yet.",
        _ when Prompt.Digest != Detail.Digest => "The text on your screen is not the text under review. Reload the page before deciding.",
        _ => feed switch
        {
            FeedState.Live => null,
            FeedState.Offline => "You are offline: decisions are paused until the connection is back.",
            _ => "Reconnecting: decisions are paused for a moment.",
        },
    };

    /// <summary>After silence the same vote goes out under the same operation id, so pressing again cannot count twice.</summary>
    internal async Task VoteAsync(bool approve, string? reason)
    {
        if (Detail is null || Prompt is null || Busy)
        {
            return;
        }

        var said = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        var operation = unanswered is { } open && open.Approve == approve && open.Reason == said ? open.Id : Guid.NewGuid();
        unanswered = (approve, said, operation);
        var vote = new CastVote { OperationId = operation, Approve = approve, Reason = said, Digest = Prompt.Digest };

        // Not cancelled by leaving the page: a vote that was pressed is sent.
        await ActAsync(() => approvals.VoteAsync(id, vote, CancellationToken.None));
    }

    /// <summary>Under one operation id for one reason, as a vote.</summary>
    /// <returns>The refusal, or null once it is released.</returns>
    internal async Task<ApiProblem?> BreakGlassAsync(string reason)
    {
        if (Prompt is null || Busy)
        {
            return Silence;
        }

        var said = reason.Trim();
        var operation = unansweredGlass is { } open && open.Reason == said ? open.Id : Guid.NewGuid();
        unansweredGlass = (said, operation);
        var deed = new BreakGlass { OperationId = operation, Reason = said, Digest = Prompt.Digest };
        await ActAsync(() => approvals.BreakGlassAsync(id, deed, CancellationToken.None));
        return Refusal;
    }

    internal Task UndoAsync() => Busy ? Task.CompletedTask : ActAsync(() => approvals.UndoAsync(id, new(Guid.NewGuid()), CancellationToken.None));

    public async Task<ApiProblem?> RevealAsync(int finding, string reason)
    {
        switch (await gateway.RevealAsync(id, new(finding, reason.Trim()), closed.Token))
        {
            case ApiResult<RevealedFinding>.Ok(var shown):
                revealed[finding] = shown.Text;
                Changed?.Invoke();
                return null;
            case ApiResult<RevealedFinding>.Refused(var problem):
                return problem;
            default:
                return Silence;
        }
    }

    /// <summary>Takes an answer about this review unless something newer is known.</summary>
    internal void Take(ReviewDetail detail)
    {
        DetailProblem = null;
        if (Detail is null || detail.Summary.Version >= Detail.Summary.Version)
        {
            Detail = detail;
        }

        queue.Apply([detail.Summary]);
        Changed?.Invoke();
    }

    private async Task ActAsync(Func<Task<ApiResult<ReviewDetail>>> act)
    {
        (Busy, Refusal) = (true, null);
        Changed?.Invoke();
        var answer = await act();
        Busy = false;
        switch (answer)
        {
            case ApiResult<ReviewDetail>.Ok(var detail):
                (unanswered, unansweredGlass) = (null, null);
                Take(detail);
                break;
            case ApiResult<ReviewDetail>.Refused(var problem):
                (unanswered, unansweredGlass) = (null, null);
                Refusal = problem;
                await LoadDetailAsync();
                break;
            default:
                Refusal = Silence;
                Changed?.Invoke();
                break;
        }
    }

    private void Hear(ReviewSummary review)
    {
        if (review.Id == id && Detail is { } detail && review.Version > detail.Summary.Version)
        {
            // The summary is drawn at once; votes and the right to vote follow with the detail.
            Detail = detail with { Summary = review };
            Changed?.Invoke();
            refreshAgain = true;
            if (refreshing.IsCompleted)
            {
                refreshing = RefreshAsync();
            }
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            while (refreshAgain)
            {
                refreshAgain = false;
                await LoadDetailAsync();
            }
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page was left meanwhile.
        }
    }

    private static ApiProblem Silence { get; } = new(0, "");

    public async ValueTask DisposeAsync()
    {
        queue.ReviewChanged -= Hear;
        await closed.CancelAsync();
        await refreshing;
        await askingAgain;
        if (lease is not null)
        {
            await lease.DisposeAsync();
        }

        closed.Dispose();
    }
}
