using System.Collections.Concurrent;
using Approvals.Identity;
using Approvals.Workflow;

namespace Approvals.Live;

/// <summary>
/// Who is connected to this instance. SignalR's own groups would tell somebody with two hats everything twice, and would
/// not know who may read all.
/// </summary>
internal sealed class Watchers(ReviewMetrics metrics)
{
    private readonly ConcurrentDictionary<string, Reviewer> people = new(StringComparer.Ordinal);

    public bool IsEmpty => people.IsEmpty;

    public void Add(string connection, Reviewer person)
    {
        if (people.TryAdd(connection, person)) metrics.ConsoleCame();
    }

    public void Remove(string connection)
    {
        if (people.TryRemove(connection, out _)) metrics.ConsoleWent();
    }

    public IReadOnlyList<string> Entitled(IReadOnlyCollection<string> groups) =>
        [.. people.Where(watcher => watcher.Value.ReadsAll || watcher.Value.IsIn(groups)).Select(watcher => watcher.Key)];
}
