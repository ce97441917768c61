using Gateway.Risk;

namespace Gateway.Tests.Risk;

public sealed class DetectorExamples_Tests
{
    public static TheoryData<string> Detectors => [.. RiskRoom.Profiles.Select(profile => profile.Name)];

    [Theory, MemberData(nameof(Detectors))]
    public void A_detector_finds_exactly_what_its_examples_mark(string detector)
    {
        foreach (var example in Profile(detector).Finds)
        {
            var expected = Marked.Read(example);

            var found = RiskRoom.FindingsOf(detector, expected.Text);

            Assert.Equal(expected.Spans.Select(s => Quote(expected.Text, s.Start, s.End)), found.Select(f => Quote(expected.Text, f.Start, f.End)));
        }
    }

    [Theory, MemberData(nameof(Detectors))]
    public void A_detector_spares_its_look_alikes(string detector)
    {
        foreach (var example in Profile(detector).Spares)
        {
            var found = RiskRoom.FindingsOf(detector, example).Where(f => f.Confidence >= RiskScorer.LeastConfidence).ToList(); // a guess is told to nobody

            Assert.True(found.Count == 0, $"{detector} must spare: {example}");
        }
    }

    [Theory, MemberData(nameof(Detectors))]
    public void A_detector_without_examples_is_not_finished(string detector)
    {
        Assert.NotEmpty(Profile(detector).Finds);
        Assert.NotEmpty(Profile(detector).Spares);
    }

    [Fact]
    public void Detector_names_are_unique_and_stable_words()
    {
        Assert.Equal(RiskRoom.Profiles.Count, RiskRoom.Profiles.Select(p => p.Name).Distinct().Count());
        Assert.All(RiskRoom.Profiles, profile => Assert.Matches("^(secrets|personal|attack|code|confidential)\\.[a-z0-9-]+$", profile.Name));
        Assert.All(RiskRoom.Profiles, profile => Assert.Matches("^[A-Z_]+$", profile.Type));
    }

    private static DetectorProfile Profile(string name) => RiskRoom.Profiles.Single(p => p.Name == name);

    private static string Quote(string text, int start, int end) => $"{start}:{text[start..end]}";
}
