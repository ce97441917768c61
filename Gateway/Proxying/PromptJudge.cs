using Contracts;
using Gateway.Identity;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Risk;
using Gateway.Upstreams;

namespace Gateway.Proxying;

/// <summary>What today's policy says to a prompt, and what would leave of it. It sends nothing.</summary>
/// <param name="Masked">Null where a finding stands in a place that cannot be masked.</param>
internal sealed record Judgement(PromptPolicy Policy, Judged Facts, PolicyDecision Decision, byte[]? Masked, Pseudonyms Pseudonyms);

/// <summary>The step from what was found in a prompt to what policy wants, the same for a caller's and for one that only asks people.</summary>
internal sealed class PromptJudge(PolicyInForce policies, ConversationKeys conversations, TimeProvider clock)
{
    public async Task<Judgement> JudgeAsync(Caller caller, Prompt prompt, UpstreamOptions upstream, RiskAssessment risk, CancellationToken ct)
    {
        var policy = policies.Current; // once: no prompt is judged by two versions
        var pseudonyms = new Pseudonyms(prompt.Body.Parts.Select(p => p.Text));
        var masked = PromptMasking.TryMask(prompt, risk.Findings, MaskingPlan.Pseudonyms, pseudonyms);
        var facts = Judged.Of(caller, prompt.Route, prompt.Model, risk, clock.GetUtcNow()) with
        {
            Upstream = upstream.Name, Length = prompt.Body.Length, Unreadable = prompt.Body.Unreadable, Unmaskable = masked is null,
        };
        var decision = policy.Decide(facts);
        if (decision is PolicyDecision.Mask { Plan: { Lines.Count: > 0 } plan })
        {
            var key = plan.NeedsKey ? await conversations.ForAsync(caller.Subject, prompt, ct) : null;
            masked = PromptMasking.TryMask(prompt, risk.Findings, plan, pseudonyms = new Pseudonyms(prompt.Body.Parts.Select(p => p.Text)), key);
            if (masked is null) decision = policy.Decide(facts = facts with { Unmaskable = true });
        }
        return new Judgement(policy, facts, decision, masked, pseudonyms);
    }
}
