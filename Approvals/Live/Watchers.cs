using System.Collections.Concurrent;
using Approvals.Identity;

namespace Approvals.Live;

/// <summary>
/// Who is connected to this instance. SignalR's own groups would tell somebody with two hats everything twice, and would
/// not know who may read all.
/// </summary>
internal sealed class Watchers
{
    private readonly ConcurrentDictionary<string, Reviewer> people = new(StringComparer.Ordinal);

    public bool IsEmpty => people.IsEmpty;

    public void Add(string connection, Reviewer person) => people[connection] = person;

    public void Remove(string connection) => people.TryRemove(connection, out _);

    public IReadOnlyList<string> Entitled(IReadOnlyCollection<string> groups) =>
        [.. people.Where(watcher => watcher.Value.ReadsAll || watcher.Value.IsIn(groups)).Select(watcher => watcher.Key)];
}
