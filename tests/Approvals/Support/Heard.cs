using System.Collections.Concurrent;
using Contracts.Messages;
using MassTransit;

namespace Approvals.Tests.Support;

/// <summary>What the rest of the house hears from Approvals over the bus, in the order of arrival.</summary>
internal sealed class Heard : IConsumer<ReviewDecided>, IConsumer<ReviewChanged>, IConsumer<PersonActed>, IConsumer<CallerAsked>
{
    private readonly Log log;

    public Heard(Log log) => this.log = log;

    /// <summary>A ticket that its hearer breaks on.</summary>
    public const string Poison = "apr_poison";

    public async Task Consume(ConsumeContext<ReviewDecided> context)
    {
        if (context.Message.TicketId == Poison) throw new FormatException("Words that quote a prompt, perhaps.");
        await log.Add(context.Message);
        foreach (var act in context.Message.Acts) await log.AddOnce(act);
    }

    public Task Consume(ConsumeContext<ReviewChanged> context) => log.Add(context.Message);

    public Task Consume(ConsumeContext<PersonActed> context) => log.AddOnce(context.Message);

    public Task Consume(ConsumeContext<CallerAsked> context) => log.Add(context.Message);

    internal sealed class Log
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
        private readonly ConcurrentQueue<object> messages = new();
        private readonly ConcurrentDictionary<Guid, PersonActed> acts = new();

        /// <summary>Everybody who waits looks again: a bell that wakes one wakes the wrong one.</summary>
        private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>As the trail does it: told twice, kept once.</summary>
        public Task AddOnce(PersonActed act) => acts.TryAdd(act.ActionId, act) ? Add(act) : Task.CompletedTask;

        public Task Add(object message)
        {
            messages.Enqueue(message);
            Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            return Task.CompletedTask;
        }

        public IReadOnlyList<T> All<T>() => [.. messages.OfType<T>()];

        /// <summary>Waits until <paramref name="count"/> messages of this kind have come.</summary>
        public async Task<IReadOnlyList<T>> WaitAsync<T>(Func<T, bool> match, int count = 1)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (true)
            {
                var heard = Volatile.Read(ref next).Task;
                var found = messages.OfType<T>().Where(match).ToList();
                if (found.Count >= count) return found;
                await heard.WaitAsync(patience.Token);
            }
        }
    }
}
