using Contracts;
using Gateway.Audit;
using Gateway.Dialects;
using Gateway.Policy;
using Gateway.Risk;
using Gateway.Upstreams;

namespace Gateway.Inspection;

/// <summary>An answer that people have to look at before it leaves.</summary>
internal sealed class AnswerParkedException(HeldAnswer answer, JudgedAnswer judged, PolicyDecision.Park decision) : Exception("The answer waits for people.")
{
    public HeldAnswer Answer => answer;
    public JudgedAnswer Judged => judged;
    public PolicyDecision.Park Decision => decision;
}

/// <summary>What was found in an answer, and what the policy knew of it.</summary>
internal sealed record JudgedAnswer(Judged Facts, IReadOnlyList<Finding> Findings, IReadOnlyList<PromptPart> Parts, string PolicyVersion)
{
    private const string Mark = "Answer: ";

    public int Score => Facts.Score;

    /// <summary>What a queue shows: that it is an answer, and its first words, masked.</summary>
    public string Excerpt
    {
        get
        {
            var part = Parts.FirstOrDefault(p => Findings.Any(f => f.Path == p.Path)) ?? Parts.FirstOrDefault(p => p.Text.Length > 0);
            var tools = Facts.ToolCalls.Count > 0 ? $"calls {string.Join(", ", Facts.ToolCalls)}. " : "";
            var words = part is null ? "" : Masking.Excerpt.Of(part.Text, Findings.Where(f => f.Path == part.Path && PromptPolicy.Hides(f)));
            return Masking.Excerpt.Of($"{Mark}{tools}{words}", []);
        }
    }
}

/// <summary>Where answers are stopped. Only rules about answers come here; without one an answer streams through, masked.</summary>
internal sealed class AnswerGate(RiskScorer scorer, Trail trail, TimeProvider clock)
{
    /// <summary>Null where no rule can hold: nothing is held back then.</summary>
    /// <param name="request">What was known of the prompt.</param>
    /// <param name="prompt">Its texts: what an answer hands over may have begun in an earlier one.</param>
    /// <param name="isCallersOwn">Whether the caller wrote that very value into the prompt: saying it back is no leak.</param>
    /// <param name="entry">The start of the trail entry about this answer.</param>
    public InspectAnswer? For(PromptPolicy policy, Judged request, IReadOnlyList<PromptPart> prompt, Dialect dialect, Func<string, bool> isCallersOwn, Func<TrailEntry> entry) =>
        !policy.HoldsAnswers(request) ? null : answer => InspectAsync(policy, request, prompt, AnswerReading.Of(answer, dialect), answer, isCallersOwn, entry);

    private async Task InspectAsync(PromptPolicy policy, Judged request, IReadOnlyList<PromptPart> prompt, AnswerReading reading, HeldAnswer answer, Func<string, bool> isCallersOwn, Func<TrailEntry> entry)
    {
        var texts = reading.Parts.ToDictionary(part => part.Path, part => part.Text, StringComparer.Ordinal);
        var risk = await scorer.AssessAsync(reading.Parts, CancellationToken.None, finding => !(finding.Category is RiskCategory.Secret or RiskCategory.Personal && isCallersOwn(texts[finding.Path][finding.Start..finding.End])), earlier: prompt);
        var facts = request with
        {
            At = clock.GetUtcNow(), On = Direction.Response, Score = risk.Score, Scores = risk.Scores, Found = FoundType.Of(risk.Findings), Unreadable = 0, Unmaskable = false, ToolCalls = reading.ToolCalls,
        };
        var decision = policy.Decide(facts);
        var judged = new JudgedAnswer(facts, risk.Findings, reading.Parts, policy.Version);
        switch (decision)
        {
            case PolicyDecision.Park park:
                throw new AnswerParkedException(answer, judged, park);
            case PolicyDecision.Block block:
                await trail.RecordAsync(entry() with
                {
                    At = facts.At, Kind = "answer", Score = risk.Score, FindingTypes = TrailEntry.Types(risk.Findings.Select(f => f.Type)), Rule = block.Rule, Decision = block.Word,
                    Judged = PolicyJson.Write(facts), PolicyVersion = policy.Version, Outcome = "blocked",
                }, [], CancellationToken.None);
                throw new AnswerStoppedException(new ApiError(StatusCodes.Status403Forbidden, "answer_blocked", $"The model answered, and policy keeps the answer back (rule {block.Rule})."));
        }
    }
}
