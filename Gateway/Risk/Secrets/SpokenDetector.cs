using Contracts;
using Gateway.Risk.Secrets.Written;

namespace Gateway.Risk.Secrets;

/// <summary>
/// Passwords that are plain words, phrases of several words, or named only afterwards. What stands to the right decides, so this
/// reads whole prompts and no answers.
/// </summary>
internal sealed class SpokenDetector : IRiskDetector
{
    public static RuleTable Table { get; } = new(SpokenRules.All);

    public bool ReadsAnswers => false;

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [.. Table.Profiles, PasswordColumns.Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        Table.Detect(text, found.Add);
        PasswordColumns.Detect(text, found);
    }
}
