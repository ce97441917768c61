using ApprovalsUI.Client.Calls;
using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>One review on somebody's screen: its detail, its text, and what the person does with it.</summary>
public sealed class ReviewDesk : IRevealing, ILeased, IAsyncDisposable
{
    /// <summary>Between two attempts to load what a service did not answer: nobody should have to press for it.</summary>
    private static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly string id;
    private readonly PersonView person;
    private readonly ApprovalsClient approvals;
    private readonly GatewayClient gateway;
    private readonly QueueState queue;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource closed = new();
    private readonly Dictionary<int, string> revealed = [];
    private (bool Approve, string? Reason, RejectCause? Cause, Guid Id)? unanswered;
    private (EditPrompt Edit, Guid Id)? unansweredEdit;
    private (string Reason, Guid Id)? unansweredGlass;
    private ClaimLease? lease;
    private Task refreshing = Task.CompletedTask, askingAgain = Task.CompletedTask, catchingUp = Task.CompletedTask;
    private bool refreshAgain;
    private TaskCompletionSource writingChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Components are public, so what they take as a parameter is; only this assembly can make one.
    internal ReviewDesk(string id, PersonView person, ApprovalsClient approvals, GatewayClient gateway, QueueState queue, TimeProvider clock) =>
        (this.id, this.person, this.approvals, this.gateway, this.queue, this.clock) = (id, person, approvals, gateway, queue, clock);

    internal event Action? Changed;

    public string Id => id;

    public PersonView Person => person;

    public ReviewDetail? Detail { get; private set; }

    internal PromptView? Prompt { get; private set; }

    /// <summary>Why there is no detail; null while loading and once it is there.</summary>
    internal ApiProblem? DetailProblem { get; private set; }

    /// <summary>Why the text is not shown; null while loading and once it is there.</summary>
    internal ApiProblem? PromptProblem { get; private set; }

    public IReadOnlyDictionary<int, string> Revealed => revealed;

    /// <summary>What the runs of <see cref="Prompt"/> point into.</summary>
    internal IReadOnlyList<Finding> Findings => Prompt?.Edit?.Findings ?? Detail?.Findings ?? [];

    /// <summary>What there was before that is like this one; null while loading, and where it could not be had.</summary>
    internal ReviewContext? Context { get; private set; }

    /// <summary>Somebody else has changed the text while it was on this screen: it has to be looked at before anybody decides here.</summary>
    internal PromptEdit? Unseen { get; private set; }

    public bool IsWriting { get; private set; }

    public Task WritingChanged => writingChanged.Task;

    /// <summary>A vote or undo is on its way.</summary>
    internal bool Busy { get; private set; }

    /// <summary>The last act's refusal; null after one that went through.</summary>
    internal ApiProblem? Refusal { get; private set; }

    internal async Task OpenAsync()
    {
        queue.ReviewChanged += Hear;
        await Task.WhenAll(LoadDetailAsync(), LoadPromptAsync(), LoadContextAsync());
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

    public async Task LoadDetailAsync()
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
                Show(prompt);
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

    /// <summary>It helps to decide; without it everything goes on.</summary>
    private async Task LoadContextAsync()
    {
        if (await approvals.ContextAsync(id, closed.Token) is ApiResult<ReviewContext>.Ok(var context))
        {
            Context = context;
            Changed?.Invoke();
        }
    }

    /// <summary>Another text than the one before comes with a word of warning, unless it is one's own.</summary>
    private void Show(PromptView prompt)
    {
        if (Prompt is { } before && before.Digest != prompt.Digest)
        {
            revealed.Clear();
            Unseen = prompt.Edit is { } edit && edit.By.Subject != person.Subject ? edit : null;
        }

        Prompt = prompt;
    }

    /// <summary>The person has looked at the text that came in the other's place.</summary>
    internal void Seen()
    {
        Unseen = null;
        Changed?.Invoke();
    }

    internal void Writes(bool writing)
    {
        if (IsWriting != writing)
        {
            IsWriting = writing;
            Interlocked.Exchange(ref writingChanged, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
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
        _ when Unseen is not null => $"{Unseen.By.Name} has changed the text while you were here. Look at it before you decide.",
        _ when Prompt.Digest != Detail.Digest => "The text on your screen is not the text under review. It is being loaded again.",
        _ => feed switch
        {
            FeedState.Live => null,
            FeedState.Offline => "You are offline: decisions are paused until the connection is back.",
            _ => "Reconnecting: decisions are paused for a moment.",
        },
    };

    /// <summary>After silence the same vote goes out under the same operation id, so pressing again cannot count twice.</summary>
    /// <param name="cause">What a rejection is about.</param>
    internal async Task VoteAsync(bool approve, string? reason, RejectCause? cause = null)
    {
        if (Detail is null || Prompt is null || Busy)
        {
            return;
        }

        var said = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        var operation = unanswered is { } open && open.Approve == approve && open.Reason == said && open.Cause == cause ? open.Id : Guid.NewGuid();
        unanswered = (approve, said, cause, operation);
        var vote = new CastVote { OperationId = operation, Approve = approve, Reason = said, Cause = approve ? null : cause, Digest = Prompt.Digest };

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

    /// <summary>Puts another text in the place of the one on the screen; it is on the screen when this comes back.</summary>
    /// <returns>The refusal, or null once it waits.</returns>
    internal async Task<ApiProblem?> EditAsync(EditPrompt edit)
    {
        if (Prompt is null || Busy)
        {
            return Silence;
        }

        // Under one operation id for one edit, as a vote.
        var operation = unansweredEdit is { } open && open.Edit == edit ? open.Id : edit.OperationId;
        unansweredEdit = (edit, operation);
        Busy = true;
        Changed?.Invoke();
        var answer = await gateway.EditAsync(id, edit with { OperationId = operation }, CancellationToken.None);
        Busy = false;
        if (answer is ApiResult<PromptView>.Ok(var prompt))
        {
            unansweredEdit = null;
            Show(prompt);
        }

        Changed?.Invoke();
        return answer switch { ApiResult<PromptView>.Ok => null, ApiResult<PromptView>.Refused(var problem) => problem, _ => Silence };
    }

    internal Task<ApiProblem?> PassAsync(string group, string reason) =>
        TellAsync(() => approvals.PassAsync(id, new(Guid.NewGuid(), group, reason.Trim()), CancellationToken.None));

    internal Task<ApiProblem?> AskCallerAsync(string question) =>
        TellAsync(() => approvals.AskCallerAsync(id, new(Guid.NewGuid(), question.Trim()), CancellationToken.None));

    /// <summary>For what is said in a dialog, which shows the refusal itself.</summary>
    private async Task<ApiProblem?> TellAsync(Func<Task<ApiResult<ReviewDetail>>> act)
    {
        switch (await act())
        {
            case ApiResult<ReviewDetail>.Ok(var detail):
                Take(detail);
                return null;
            case ApiResult<ReviewDetail>.Refused(var problem):
                await LoadDetailAsync();
                return problem;
            default:
                return Silence;
        }
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
    public void Take(ReviewDetail detail)
    {
        DetailProblem = null;
        lock (gate)
        {
            if (Detail is null || detail.Summary.Version >= Detail.Summary.Version)
            {
                var answered = Answers(detail) > Answers(Detail ?? detail);
                Detail = detail;
                if (Prompt is not null && (answered || Prompt.Digest != detail.Digest))
                {
                    catchingUp = CatchUpAsync(catchingUp);
                }
            }
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
        if (review.Id == id && Know(review))
        {
            Changed?.Invoke();
            refreshAgain = true;
            if (refreshing.IsCompleted)
            {
                refreshing = RefreshAsync();
            }
        }
    }

    /// <summary>The summary is drawn at once; votes and the right to vote follow with the detail. Pushes and answers come on threads of their own.</summary>
    private bool Know(ReviewSummary review)
    {
        lock (gate)
        {
            if (Detail is not { } detail || review.Version <= detail.Summary.Version)
            {
                return false;
            }

            Detail = detail with { Summary = review };
            return true;
        }
    }

    private static int Answers(ReviewDetail detail) => detail.Notes.Count(note => note.Kind == ReviewNoteKind.Answered);

    /// <summary>The text under review, or what is said of it, is another by now.</summary>
    private async Task CatchUpAsync(Task before)
    {
        await before;
        try
        {
            await LoadPromptAsync();
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page was left meanwhile.
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
        await catchingUp;
        if (lease is not null)
        {
            await lease.DisposeAsync();
        }

        closed.Dispose();
    }
}
