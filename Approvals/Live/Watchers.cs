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
    private readonly ConcurrentDictionary<string, (Reviewer Person, Action HangUp)> people = new(StringComparer.Ordinal);

    public bool IsEmpty => people.IsEmpty;

    public void Add(string connection, Reviewer person, Action hangUp)
    {
        if (people.TryAdd(connection, (person, hangUp))) metrics.ConsoleCame();
    }

    public void Remove(string connection)
    {
        if (people.TryRemove(connection, out _)) metrics.ConsoleWent();
    }

    public void HangUp(string subject)
    {
        foreach (var watcher in people.Values)
            if (watcher.Person.Subject == subject) watcher.HangUp();
    }

    public IReadOnlyList<string> Entitled(IReadOnlyCollection<string> groups) =>
        [.. people.Where(watcher => watcher.Value.Person.ReadsAll || watcher.Value.Person.IsIn(groups)).Select(watcher => watcher.Key)];
}
