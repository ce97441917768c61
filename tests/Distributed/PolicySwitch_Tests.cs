using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Distributed.Support;

namespace Distributed;

/// <summary>Two gateways change to another policy under load: no call is refused, and each is judged by one version.</summary>
[Collection(SharedCluster.Name)]
public sealed class PolicySwitch_Tests(SharedCluster shared)
{
    private const int Switches = 8;
    private const int Callers = 3;
    private static readonly string[] Routes = ["/v1/chat/completions", "/v1/embeddings"];
    private readonly Cluster cluster = shared.Cluster;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_gateways_switch_versions_under_load_and_no_call_is_judged_by_a_mix()
    {
        using var ada = Cluster.Person(cluster.Gateways[0], await cluster.Provider.SignInAsync("ada"));
        using var riley = Cluster.Person(cluster.Gateways[1], await cluster.Provider.SignInAsync("riley"));
        var first = (await ada.GetFromJsonAsync<PolicyOverview>("/api/policies", JsonWire.Options, Stop))!.Current;
        var text = (await ada.GetFromJsonAsync<PolicyVersionView>($"/api/policies/{first}", JsonWire.Options, Stop))!.Text!;
        using var enough = new CancellationTokenSource();
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        var load = cluster.Gateways.Zip(Routes).SelectMany(at => Enumerable.Range(0, Callers).Select(_ => AskOnAndOnAsync(at.First, at.Second, statuses, enough.Token))).ToList();

        // An address scores 36: below the line of the odd versions, above the line of the even ones.
        var delays = new List<double>();
        var expected = new Dictionary<string, string>();
        for (var version = first + 1; version <= first + Switches; version++)
        {
            var masks = (version - first) % 2 == 0;
            expected[$"v{version}"] = masks ? "mask" : "forward";
            await ChangeAsync(ada, riley, text.Replace("mask: 30", masks ? "mask: 31" : "mask: 50", StringComparison.Ordinal));
            var approved = Stopwatch.GetTimestamp();
            // Approved at gateway B; A sees it by itself, and its next call is recorded with it.
            await Eventually.TrueAsync(() => HasJudgedByAsync(ada, version), $"gateway A judges by version {version}");
            delays.Add(Stopwatch.GetElapsedTime(approved).TotalMilliseconds);
        }
        await enough.CancelAsync();
        await Task.WhenAll(load);
        using var back = await riley.PostAsJsonAsync($"/api/policies/{first}/rollback", new RollBackPolicy(first + Switches, "The tests beside this one."), JsonWire.Options, Stop);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);

        Assert.Equal([HttpStatusCode.OK], statuses.Keys);
        var judged = new List<TrailEntryView>();
        for (long? before = null; ;)
        {
            var page = (await ada.GetFromJsonAsync<TrailPage>($"/api/trail?kind=interaction&finding=EMAIL_ADDRESS&take=200{(before is { } b ? $"&before={b}" : "")}", JsonWire.Options, Stop))!;
            judged.AddRange(page.Items);
            if (page.Next is null) break;
            before = page.Next;
        }
        var ofSwitches = judged.Where(entry => expected.ContainsKey(entry.PolicyVersion!)).ToList();
        Assert.All(ofSwitches, entry => Assert.Equal(expected[entry.PolicyVersion!], entry.Decision));
        Assert.Equal(expected.Keys.Order(), ofSwitches.Select(entry => entry.PolicyVersion!).Distinct().Order());
        Figures.Write("policy-switch.md", $"{Switches} policy versions put in force at one gateway while both answered {statuses.Values.Sum()} calls: a call at the other was recorded with it after {delays.Order().ElementAt(delays.Count / 2):F0} ms (median), {delays.Max():F0} ms at most.");
    }

    private static async Task AskOnAndOnAsync(ServiceProcess gateway, string route, ConcurrentDictionary<HttpStatusCode, int> statuses, CancellationToken enough)
    {
        using var caller = Cluster.Caller(gateway);
        while (!enough.IsCancellationRequested)
        {
            using var answer = await caller.PostAsJsonAsync(route, Body, Stop);
            statuses.AddOrUpdate(answer.StatusCode, 1, (_, times) => times + 1);
        }
    }

    /// <summary>By what the first gateway judged last; the route tells the two apart.</summary>
    private static async Task<bool> HasJudgedByAsync(HttpClient auditor, int version)
    {
        var page = await auditor.GetFromJsonAsync<TrailPage>("/api/trail?kind=interaction&take=50", JsonWire.Options, Stop);
        return page!.Items.FirstOrDefault(entry => entry.Route == Routes[0])?.PolicyVersion == $"v{version}";
    }

    private static async Task ChangeAsync(HttpClient author, HttpClient approver, string text)
    {
        var id = Guid.NewGuid();
        using var written = await author.PutAsJsonAsync($"/api/policies/drafts/{id}", new WriteDraft(text, "Under load.", null), JsonWire.Options, Stop);
        Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync(Stop));
        using var proposed = await author.PostAsync($"/api/policies/drafts/{id}/propose", null, Stop);
        var draft = await proposed.Content.ReadFromJsonAsync<PolicyDraftView>(JsonWire.Options, Stop);
        using var approved = await approver.PostAsJsonAsync($"/api/policies/drafts/{id}/approve", new ApproveDraft(draft!.Digest, null), JsonWire.Options, Stop);
        Assert.True(approved.IsSuccessStatusCode, await approved.Content.ReadAsStringAsync(Stop));
    }

    private static object Body => new { model = "counting", input = "(prompt 1900)", messages = new[] { new { role = "user", content = "Write to jo.doe@example.org (prompt 1900)" } } };
}
