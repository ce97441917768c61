using Contracts;
using Contracts.Api;
using Gateway.Policy;

namespace Gateway.Tuning;

/// <summary>
/// Judges recorded prompts by another policy. It asks the same engine, about the facts that the live engine was asked about
/// and recorded, so what it says is what would have been decided. Grants, which people give for the moment, are left out.
/// </summary>
internal sealed class WhatIf(RecordedTraffic traffic, PolicyInForce inForce)
{
    private const int MostChanges = 200;

    public async Task<WhatIfReport> CompareAsync(PromptPolicy then, TimeSpan back, CancellationToken ct) => Compare(inForce.Current, then, await traffic.LastAsync(back, ct));

    public static WhatIfReport Compare(PromptPolicy now, PromptPolicy then, RecordedPeriod period)
    {
        var tally = new Tally();
        foreach (var prompt in period.Prompts)
        {
            var facts = prompt.Facts;
            tally.Add(prompt, now.Decide(facts), then.Decide(facts));
        }
        return tally.Report(period);
    }

    private sealed class Tally
    {
        private static readonly string[] Actions = [.. Enum.GetValues<PolicyAction>().Select(action => action.ToString().ToLowerInvariant())];
        private readonly Dictionary<string, int> before = Actions.ToDictionary(action => action, _ => 0);
        private readonly Dictionary<string, int> after = Actions.ToDictionary(action => action, _ => 0);
        private readonly int[] scores = new int[101];
        private readonly SortedDictionary<DateOnly, (int Now, int Then)> days = [];
        private readonly SortedDictionary<string, (int Prompts, int Now, int Then)> groups = new(StringComparer.Ordinal);
        private readonly List<ChangedDecision> changes = [];
        private int changed;
        private int releasedNowBlocked;
        private int rejectedNowForwarded;

        public void Add(RecordedPrompt prompt, PolicyDecision now, PolicyDecision then)
        {
            var facts = prompt.Facts;
            before[now.Word]++;
            after[then.Word]++;
            scores[Math.Clamp(facts.Score, 0, 100)]++;
            var (parkedNow, parkedThen) = (now is PolicyDecision.Park ? 1 : 0, then is PolicyDecision.Park ? 1 : 0);
            var day = DateOnly.FromDateTime(facts.At.UtcDateTime);
            var ofDay = days.GetValueOrDefault(day);
            days[day] = (ofDay.Now + parkedNow, ofDay.Then + parkedThen);
            foreach (var group in facts.Groups.Count > 0 ? facts.Groups : [""])
            {
                var ofGroup = groups.GetValueOrDefault(group);
                groups[group] = (ofGroup.Prompts + 1, ofGroup.Now + parkedNow, ofGroup.Then + parkedThen);
            }
            if (now.Action != then.Action) AddChange(prompt, now, then);
        }

        private void AddChange(RecordedPrompt prompt, PolicyDecision now, PolicyDecision then)
        {
            changed++;
            if (prompt.People == "released" && then is PolicyDecision.Block) releasedNowBlocked++;
            if (prompt.People is "rejected" or "expired" && then.Action <= PolicyAction.Mask) rejectedNowForwarded++;
            if (changes.Count >= MostChanges) return;
            changes.Add(new ChangedDecision(prompt.InteractionId, prompt.TicketId, prompt.Facts.At, prompt.Caller, prompt.Facts.Model, prompt.Facts.Score, now.Word, now.Rule, then.Word, then.Rule, prompt.People));
        }

        public WhatIfReport Report(RecordedPeriod period) => new()
        {
            From = period.From, To = period.To, Judged = period.Prompts.Count, Truncated = period.Truncated, Now = before, Then = after, Scores = scores,
            Days = [.. days.Select(day => new ReviewsPerDay(day.Key, day.Value.Now, day.Value.Then))],
            Groups = [.. groups.Select(group => new ReviewsPerGroup(group.Key, group.Value.Prompts, group.Value.Now, group.Value.Then))],
            Changed = changed, Changes = changes, ReleasedNowBlocked = releasedNowBlocked, RejectedNowForwarded = rejectedNowForwarded,
        };
    }
}
