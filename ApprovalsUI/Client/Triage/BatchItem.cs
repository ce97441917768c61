using ApprovalsUI.Client.Calls;
using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client.Triage;

/// <summary>One of several reviews that are decided together: its own text, its own claim, its own vote, its own outcome.</summary>
public sealed class BatchItem : IRevealing, ILeased, IAsyncDisposable
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly ApprovalsClient approvals;
    private readonly GatewayClient gateway;
    private readonly Action changed;
    private readonly Dictionary<int, string> revealed = [];
    private readonly ClaimLease lease;
    private (bool Approve, string? Reason, Guid Id)? unanswered;

    // Components are public, so what they take as a parameter is; only this assembly can make one.
    internal BatchItem(ReviewSummary review, PersonView person, ApprovalsClient approvals, GatewayClient gateway, TimeProvider clock, Action changed)
    {
        (Review, Person, this.approvals, this.gateway, this.changed) = (review, person, approvals, gateway, changed);
        lease = new ClaimLease(this, approvals, clock);
    }

    public PersonView Person { get; }

    public IReadOnlyDictionary<int, string> Revealed => revealed;

    public string Id => Review.Id;

    internal ReviewSummary Review { get; private set; }

    public ReviewDetail? Detail { get; private set; }

    internal PromptView? Prompt { get; private set; }

    /// <summary>The person wants it decided with the others.</summary>
    internal bool Selected { get; set; } = true;

    internal bool Busy { get; private set; }

    /// <summary>This person's vote was counted: yes or no.</summary>
    internal bool? Counted { get; private set; }

    /// <summary>Why the last vote was not counted.</summary>
    internal ApiProblem? Refusal { get; private set; }

    /// <summary>A vote was sent and nobody answered: whether it counted is not known, and sent again it counts once.</summary>
    internal bool Unanswered => unanswered is not null && Counted is null && !Busy && Review.Status == ApprovalStatus.Pending;

    /// <summary>Why it cannot be decided here, as a sentence; null when it can.</summary>
    internal string? WhyNot => this switch
    {
        { Counted: not null } => null,
        { Loaded: false } => "Loading",
        { Detail: null } => "It could not be loaded.",
        { Detail.MayNotVote: { } sentence } => sentence,
        { Detail.Summary.Status: not ApprovalStatus.Pending } => "This review has been decided.",
        { Prompt: null } => "Its text could not be loaded.",
        _ when Prompt.Digest != Detail.Digest => "The text that was loaded is not the text under review.",
        _ => null,
    };

    internal bool Loaded { get; private set; }

    /// <summary>The reason is written for all of them, so of none is it said that somebody writes there.</summary>
    public bool IsWriting => false;

    public Task WritingChanged => Never;

    internal bool MayDecide => Counted is null && WhyNot is null && !Busy;

    internal async Task LoadAsync(CancellationToken cancel)
    {
        var prompt = gateway.PromptAsync(Id, cancel);
        await LoadDetailAsync();
        Prompt = (await prompt as ApiResult<PromptView>.Ok)?.Value ?? Prompt;
        Loaded = true;
        lease.Start(cancel);
    }

    public async Task LoadDetailAsync()
    {
        // Not cancelled by leaving the page: what a vote led to is to be known in the queue as well.
        if (await approvals.ReviewAsync(Id, CancellationToken.None) is ApiResult<ReviewDetail>.Ok(var detail))
        {
            Take(detail);
        }
    }

    /// <summary>After silence the same vote goes out under the same operation id, so that it cannot count twice.</summary>
    internal async Task VoteAsync(bool approve, string? reason)
    {
        if (!MayDecide || Prompt is null)
        {
            return;
        }

        (Busy, Refusal) = (true, null);
        changed();
        var operation = unanswered is { } open && open.Approve == approve && open.Reason == reason ? open.Id : Guid.NewGuid();
        unanswered = (approve, reason, operation);

        // Not cancelled by leaving the page: a vote that was pressed is sent.
        var answer = await approvals.VoteAsync(Id, new() { OperationId = operation, Approve = approve, Reason = reason, Digest = Prompt.Digest }, CancellationToken.None);
        switch (answer)
        {
            case ApiResult<ReviewDetail>.Ok(var detail):
                (unanswered, Counted) = (null, approve);
                Take(detail);
                break;
            case ApiResult<ReviewDetail>.Refused(var problem):
                (unanswered, Refusal) = (null, problem);
                await LoadDetailAsync();
                break;
            default:
                break;
        }

        Busy = false;
    }

    public async Task<ApiProblem?> RevealAsync(int finding, string reason)
    {
        switch (await gateway.RevealAsync(Id, new(finding, reason.Trim()), CancellationToken.None))
        {
            case ApiResult<RevealedFinding>.Ok(var shown):
                revealed[finding] = shown.Text;
                changed();
                return null;
            case ApiResult<RevealedFinding>.Refused(var problem):
                return problem;
            default:
                return new ApiProblem(0, "");
        }
    }

    /// <returns>Whether it is news.</returns>
    internal bool Hear(ReviewSummary review)
    {
        if (review.Id != Id || review.Version <= Review.Version)
        {
            return false;
        }

        Review = review;
        Detail = Detail is null ? null : Detail with { Summary = review };
        return true;
    }

    public void Take(ReviewDetail detail)
    {
        if (detail.Summary.Version >= Review.Version)
        {
            (Detail, Review) = (detail, detail.Summary);
            changed();
        }
    }

    public ValueTask DisposeAsync() => lease.DisposeAsync();
}
