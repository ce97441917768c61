using Contracts;
using Gateway.Risk.Own;
using Microsoft.Extensions.Options;

namespace Gateway.Risk.Classifiers;

internal sealed class ClassifierCheck(LoadedClassifiers models) : IValidateOptions<OwnDetectorOptions>
{
    private const int MostTokens = 8_192, MostThreads = 64;

    public ValidateOptionsResult Validate(string? name, OwnDetectorOptions options)
    {
        List<string> problems = [];
        foreach (var (classifier, at) in options.Classifiers.Select((c, i) => (c, i)))
        {
            var before = problems.Count;
            void Say(string problem) => problems.Add($"Detectors:Classifiers:{at} {problem}");
            if (!OwnDetectorCheck.IsName(classifier.Name)) Say("needs a Name of small letters, digits and dashes.");
            if (!OwnDetectorCheck.IsType(classifier.Type)) Say("needs a Type of capitals, digits and underscores.");
            if (classifier.Category is not (RiskCategory.Attack or RiskCategory.Code or RiskCategory.Confidential)) Say("needs a Category: attack, code or confidential. It tells no places, so it can have nothing masked.");
            if (!(classifier.Threshold >= RiskScorer.LeastConfidence && classifier.Threshold <= 1)) Say($"needs a Threshold from {RiskScorer.LeastConfidence} to 1: what is less sure is told to nobody.");
            if (classifier.Timeout <= TimeSpan.Zero || classifier.Timeout > TimeSpan.FromMinutes(1)) Say("needs a Timeout of more than nothing and at most a minute.");
            if (classifier.MaxTokens is < 8 or > MostTokens || classifier.MostWindows < 1 || classifier.LongestText < 1) Say($"needs MaxTokens from 8 to {MostTokens}, and MostWindows and LongestText of 1 or more.");
            if (classifier.Threads is < 1 or > MostThreads || classifier.AtOnce is < 1 or > MostThreads) Say($"needs Threads and AtOnce from 1 to {MostThreads}.");
            foreach (var file in new[] { classifier.Model, classifier.Vocabulary }.Where(file => !File.Exists(file))) Say($"names a file that is not there: {file}");
            if (problems.Count == before && models.WhyNot(classifier) is { } reason) Say($"cannot be used: {reason}");
        }
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
