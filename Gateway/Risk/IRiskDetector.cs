using Contracts;

namespace Gateway.Risk;

/// <summary>Looks for one family of risks in one text. Stateless: the same text gives the same findings on any thread.</summary>
internal interface IRiskDetector
{
    /// <summary>What it can report, with what it must find and spare. Every finding carries one of these names.</summary>
    IReadOnlyList<DetectorProfile> Profiles { get; }

    /// <summary>
    /// Whether it also looks at what models answer, piece by piece (see <see cref="RiskScorer.FindSensitive"/>). Not what is
    /// ordinary in an answer, as names and places are, nor what only a whole text tells.
    /// </summary>
    bool ReadsAnswers => true;

    /// <summary>Adds what it finds. Costs time linear in the text's length, whatever the text.</summary>
    void Detect(InspectedText text, List<Finding> found);
}

/// <summary>A named detector and the examples it is held to.</summary>
/// <param name="Name">Stable; the same in configuration, metrics and trail.</param>
/// <param name="Finds">Texts with each expected span in <c>⟦ ⟧</c>.</param>
/// <param name="Spares">Look-alikes that this detector must leave alone.</param>
internal sealed record DetectorProfile(
    string Name, RiskCategory Category, string Type, IReadOnlyList<string> Finds, IReadOnlyList<string> Spares);
