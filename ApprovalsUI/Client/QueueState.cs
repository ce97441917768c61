using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>
/// What this circuit knows of the reviews. Lower versions are stale news and change nothing. While the list is held
/// (the pointer is over it) no row moves: new ones gather, decided ones stay where they are.
/// </summary>
internal sealed class QueueState(TimeProvider clock)
{
    /// <summary>Decided reviews remembered, so that late news about them is recognised as stale.</summary>
    private const int MaxDecided = 2_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, ReviewSummary> known = new(StringComparer.Ordinal);
    private readonly Queue<string> decided = new();
    private string[] shown = [];
    private bool held;

    /// <summary>A review is now as given; also raised for rows that were there already.</summary>
    internal event Action<ReviewSummary>? ReviewChanged;

    /// <summary>The list on the screen is to be drawn again.</summary>
    internal event Action? ListChanged;

    /// <summary>The first full list has arrived.</summary>
    internal bool Loaded { get; private set; }

    /// <summary>Rows in the order of the screen.</summary>
    internal IReadOnlyList<ReviewSummary> Rows { get; private set; } = [];

    /// <summary>Waiting for people, on the screen or gathered.</summary>
    internal int Waiting { get; private set; }

    /// <summary>Came in while the list was held and are not on the screen yet.</summary>
    internal int Gathered { get; private set; }

    /// <summary>Takes a full list of open reviews, keeping what was heard since its sequence number.</summary>
    internal void Load(IReadOnlyList<ReviewSummary> open, long upTo)
    {
        lock (gate)
        {
            foreach (var old in known.Values.Where(review => review.Sequence <= upTo).ToArray())
            {
                known.Remove(old.Id);
            }

            foreach (var review in open)
            {
                known.TryAdd(review.Id, review);
            }

            Loaded = true;
            Arrange(everything: true);
        }

        ListChanged?.Invoke();
    }

    /// <summary>Forgets everything: versions and sequences of another store mean nothing here.</summary>
    internal void Clear()
    {
        lock (gate)
        {
            known.Clear();
            decided.Clear();
        }
    }

    /// <summary>Takes news about reviews, whatever their order; what is not news is left out.</summary>
    internal void Apply(params IReadOnlyCollection<ReviewSummary> reviews)
    {
        ReviewSummary[] news;
        lock (gate)
        {
            news = [.. reviews.Where(Know)];
            Arrange(everything: !held);
        }

        foreach (var review in news)
        {
            ReviewChanged?.Invoke(review);
        }

        if (news.Length > 0)
        {
            ListChanged?.Invoke();
        }
    }

    /// <returns>False for stale news.</returns>
    private bool Know(ReviewSummary review)
    {
        if (known.TryGetValue(review.Id, out var before) && before.Version >= review.Version)
        {
            return false;
        }

        known[review.Id] = review;
        if (review.Status.IsDecided() && before?.Status.IsDecided() != true)
        {
            Remember(review.Id);
        }

        return true;
    }

    /// <summary>Rows stay where they are until <see cref="LetGo"/>.</summary>
    internal void Hold()
    {
        lock (gate)
        {
            held = true;
        }
    }

    internal void LetGo()
    {
        lock (gate)
        {
            held = false;
            Arrange(everything: true);
        }

        ListChanged?.Invoke();
    }

    /// <summary>Puts the gathered ones on the screen at the reader's wish, though the list is held.</summary>
    internal void ShowGathered()
    {
        lock (gate)
        {
            Arrange(everything: true);
        }

        ListChanged?.Invoke();
    }

    private void Arrange(bool everything)
    {
        var open = known.Values.Where(review => !review.Status.IsDecided()).ToArray();
        if (everything)
        {
            Array.Sort(open, new QueueOrder(clock.GetUtcNow()));
            shown = [.. open.Select(review => review.Id)];
        }

        Rows = [.. shown.Where(known.ContainsKey).Select(id => known[id])];
        var onScreen = shown.ToHashSet(StringComparer.Ordinal);
        Gathered = open.Count(review => !onScreen.Contains(review.Id));
        Waiting = open.Count(review => review.Status == ApprovalStatus.Pending);
    }

    private void Remember(string id)
    {
        decided.Enqueue(id);
        if (decided.Count > MaxDecided)
        {
            known.Remove(decided.Dequeue());
        }
    }
}
