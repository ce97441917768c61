using Gateway.Risk;
using Gateway.Risk.Own;
using Gateway.Upstreams;
using Microsoft.Extensions.Options;

namespace Gateway.Judges;

internal sealed class JudgeCheck(IOptions<UpstreamList> upstreams) : IValidateOptions<OwnDetectorOptions>
{
    public ValidateOptionsResult Validate(string? name, OwnDetectorOptions options)
    {
        List<string> problems = [];
        foreach (var (judge, at) in options.Judges.Select((j, i) => (j, i)))
        {
            void Say(string problem) => problems.Add($"Detectors:Judges:{at} {problem}");
            if (!OwnDetectorCheck.IsName(judge.Name)) Say("needs a Name of small letters, digits and dashes.");
            if (!OwnDetectorCheck.IsType(judge.Type)) Say("needs a Type of capitals, digits and underscores.");
            if (upstreams.Value.Upstreams.Find(upstream => upstream.Name == judge.Upstream) is not { Kind: "openai" or "anthropic" }) Say($"needs an Upstream that is one of Upstreams and no echo, and names '{judge.Upstream}'.");
            if (judge.Model.Length == 0 || judge.Question.Length == 0) Say("needs a Model, and a Question that is not empty.");
            if (!(judge.Threshold >= RiskScorer.LeastConfidence && judge.Threshold <= 1)) Say($"needs a Threshold from {RiskScorer.LeastConfidence} to 1: what is less sure is told to nobody.");
            if (judge.Timeout <= TimeSpan.Zero || judge.Timeout > TimeSpan.FromMinutes(1) || judge.LongestText < 1) Say("needs a Timeout of more than nothing and at most a minute, and a LongestText of 1 or more.");
        }
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
