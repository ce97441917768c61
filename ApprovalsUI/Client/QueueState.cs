using ApprovalsUI.Client.Triage;
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

    /// <summary>Between two times that all are placed anew because time has passed.</summary>
    private static readonly TimeSpan BetweenOrders = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, QueueRow> known = new(StringComparer.Ordinal);
    private readonly Queue<string> decided = new();
    private readonly HashSet<(string Id, int Stage)> voted = [];
    private readonly QueueLine line = new();
    private HeldRows? still;
    private PersonView? person;
    private DateTimeOffset ordered;

    /// <summary>A review is now as given; also raised for rows that were there already.</summary>
    internal event Action<ReviewSummary>? ReviewChanged;

    /// <summary>The list on the screen is to be drawn again.</summary>
    internal event Action? ListChanged;

    /// <summary>The first full list has arrived.</summary>
    internal bool Loaded { get; private set; }

    /// <summary>Rows in the order of the screen.</summary>
    internal IReadOnlyList<QueueRow> Rows
    {
        get
        {
            lock (gate)
            {
                return still?.Rows ?? line.Rows;
            }
        }
    }

    /// <summary>What the list was last narrowed to: who opens one of them goes on among them.</summary>
    internal QueueFilter Filter { get; set; } = QueueFilter.None;

    /// <summary>Waiting for people, on the screen or gathered.</summary>
    internal int Waiting => line.Pending;

    /// <summary>Came in while the list was held and are not on the screen yet.</summary>
    internal int Gathered => still?.Gathered ?? 0;

    /// <summary>Whose queue it is: what they may decide comes first.</summary>
    internal void For(PersonView whose)
    {
        lock (gate)
        {
            person = whose;
            Order();
        }
    }

    /// <summary>Takes a full list of open reviews, keeping what was heard since its sequence number.</summary>
    internal void Load(IReadOnlyList<ReviewSummary> open, long upTo)
    {
        lock (gate)
        {
            foreach (var old in known.Values.Where(row => row.Review.Sequence <= upTo).ToArray())
            {
                known.Remove(old.Id);
            }

            foreach (var review in open)
            {
                known.TryAdd(review.Id, Place(review, clock.GetUtcNow()));
            }

            Loaded = true;
            Order();
            still?.Show(line.Rows);
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
            voted.Clear();
            Order();
        }
    }

    /// <summary>Takes news about reviews, whatever their order; what is not news is left out.</summary>
    internal void Apply(params IReadOnlyCollection<ReviewSummary> reviews)
    {
        ReviewSummary[] news;
        lock (gate)
        {
            news = [.. reviews.Where(Know)];
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
        var before = known.GetValueOrDefault(review.Id);
        if (before?.Review.Version >= review.Version)
        {
            return false;
        }

        var row = known[review.Id] = Place(review, before?.Arrived ?? clock.GetUtcNow());
        if (!review.Status.IsDecided())
        {
            line.Put(row);
        }
        else
        {
            line.Remove(review.Id);
            // Where it stood says what is next after it.
            known[review.Id] = before is null ? row : before with { Review = review };
            if (before?.Review.Status.IsDecided() != true) Remember(review.Id);
        }

        still?.Take(known[review.Id], line);
        return true;
    }

    /// <summary>They have agreed: in this stage it is for others. The list of reviews does not say who has.</summary>
    internal void Voted(string id, int stage)
    {
        lock (gate)
        {
            if (!voted.Add((id, stage)) || !line.Has(id)) return;
            line.Put(known[id] = Place(known[id].Review, known[id].Arrived));
        }

        ListChanged?.Invoke();
    }

    /// <summary>Places all anew once time has changed somebody's place; the screen follows unless it is held.</summary>
    internal void Refresh()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (line.Until > now || ordered + BetweenOrders > now) return;
            Order();
        }

        ListChanged?.Invoke();
    }

    /// <summary>The one to look at after this one: what is the person's to decide, by the order. Null for none.</summary>
    internal ReviewSummary? NextAfter(string? id, QueueFilter? filter = null)
    {
        lock (gate)
        {
            return line.NextAfter(id is null ? null : known.GetValueOrDefault(id), row => filter?.Lets(row.Review) != false)?.Review;
        }
    }

    /// <summary>Rows stay where they are until <see cref="LetGo"/>.</summary>
    internal void Hold()
    {
        lock (gate)
        {
            still ??= new HeldRows(line.Rows);
        }
    }

    internal void LetGo()
    {
        lock (gate)
        {
            still = null;
        }

        ListChanged?.Invoke();
    }

    /// <summary>Puts the gathered ones on the screen at the reader's wish, though the list is held.</summary>
    internal void ShowGathered()
    {
        lock (gate)
        {
            still?.Show(line.Rows);
        }

        ListChanged?.Invoke();
    }

    private void Order()
    {
        ordered = clock.GetUtcNow();
        foreach (var row in known.Values.Where(row => !row.Review.Status.IsDecided()).ToArray())
        {
            known[row.Id] = Place(row.Review, row.Arrived);
        }

        line.Fill(known.Values.Where(row => !row.Review.Status.IsDecided()));
    }

    private QueueRow Place(ReviewSummary review, DateTimeOffset arrived) =>
        QueueRow.Place(review, person, voted.Contains((review.Id, review.Stage)), clock.GetUtcNow(), arrived);

    private void Remember(string id)
    {
        decided.Enqueue(id);
        if (decided.Count > MaxDecided)
        {
            known.Remove(decided.Dequeue());
        }
    }
}
