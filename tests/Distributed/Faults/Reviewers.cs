using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Contracts;
using Contracts.Api;
using Distributed.Support;

namespace Distributed.Faults;

/// <summary>Two people, each at one approvals instance, decide whatever comes: every fourth prompt is rejected. What got no answer is sent again under its operation id.</summary>
internal sealed partial class Reviewers : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);
    private readonly CancellationTokenSource leaving = new();
    private readonly ConcurrentDictionary<string, Guid> operations = new();
    private readonly Task working;

    public Reviewers(Cluster cluster, string[] tokens) =>
        working = Task.WhenAll(cluster.Approvals.Select((instance, i) => WorkAsync(Cluster.Person(instance, tokens[i]))));

    public static bool Rejects(int prompt) => prompt % 4 == 1;

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await working;
        leaving.Dispose();
    }

    private async Task WorkAsync(HttpClient person)
    {
        using var _ = person;
        while (!leaving.IsCancellationRequested)
        {
            try
            {
                foreach (var review in await person.OpenAsync()) await DecideAsync(person, review);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
            {
                // Their service went away; it comes back.
            }
            await Task.Delay(Look, TimeProvider.System, leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DecideAsync(HttpClient person, ReviewSummary review)
    {
        var rejects = Rejects(int.Parse(Number().Match(review.Excerpt).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        var digest = (await person.DetailAsync(review.Id)).Digest;
        var operation = operations.GetOrAdd($"{review.Id} {person.BaseAddress}", _ => Guid.NewGuid());
        using var answer = await person.PostAsJsonAsync($"/api/reviews/{review.Id}/votes",
            new CastVote { OperationId = operation, Approve = !rejects, Reason = rejects ? "Not that one." : null, Digest = digest }, JsonWire.Options);
    }

    [GeneratedRegex(@"\(prompt (\d+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
