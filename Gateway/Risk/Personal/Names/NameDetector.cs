using System.Runtime.InteropServices;
using Contracts;

namespace Gateway.Risk.Personal.Names;

/// <summary>
/// Names of people, organisations and places, by lists, by the words around and by capital letters. Honest about how little
/// that is: the less speaks for a name the less sure the finding, and most places and organisations are told to nobody.
/// </summary>
internal sealed class NameDetector : IRiskDetector
{
    private static readonly DetectorProfile Person = new("personal.person", RiskCategory.Personal, "PERSON",
        ["ask ⟦Maria Rossi⟧ about it", "Dear ⟦Pia⟧,", "my name is ⟦Fariza⟧", "Dr. ⟦Okonkwo⟧ said no", "Name: ⟦John Smith⟧", "with ⟦Ludwig van Beethoven⟧"],
        ["Please mark it", "In May we will", "Hello World", "The Quick Start guide", "Will it rain?", "Use Hash Map"]);

    private static readonly DetectorProfile Place = new("personal.place", RiskCategory.Personal, "LOCATION",
        ["a flight to ⟦Buenos Aires⟧", "City: ⟦Hightstown⟧", "lives in ⟦Lyon⟧"], ["In Summary", "At First"]);

    private static readonly DetectorProfile Organisation = new("personal.organisation", RiskCategory.Personal, "ORGANIZATION",
        ["hired by ⟦Rossi Consulting GmbH⟧", "at ⟦Ghent University⟧"], ["The Company", "Group them"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Person, Place, Organisation];

    public bool ReadsAnswers => false;

    public void Detect(InspectedText text, List<Finding> found)
    {
        List<CapitalWord> run = new(CapitalRuns.MostWords);
        for (var at = 0; CapitalRuns.Next(text.Text, ref at, run);) Judge(text, CollectionsMarshal.AsSpan(run), found);
    }

    private static void Judge(InspectedText text, ReadOnlySpan<CapitalWord> run, List<Finding> found)
    {
        var evidence = new Evidence(text.Text, run);
        var (range, before) = evidence.Trimmed();
        var words = run[range];
        if (words.Length == 0) return;
        var (start, end) = (words[0].Start, words[^1].End);
        var best = evidence.Weigh(words, before, After(text.Text, end));
        var confidence = best.Kind == NameKind.Person ? Confidence(best.Weight) : Math.Min(Confidence(best.Weight), RiskScorer.LeastConfidence + 0.1);
        if (confidence <= 0) return;
        var (profile, reason) = best.Kind switch
        {
            NameKind.Person => (Person, "Reads like a person's name."),
            NameKind.Place => (Place, "Reads like the name of a place."),
            _ => (Organisation, "Reads like the name of an organisation."),
        };
        found.Add(text.Finding(profile, start, text.Text[end - 1] == '.' && !words[^1].IsInitial ? end - 1 : end, confidence, reason));
    }

    private static double Confidence(double weight) => weight switch { >= 4 => 0.8, >= 3 => 0.65, >= 2.2 => 0.5, >= 1.5 => 0.25, >= 1 => 0.15, _ => 0 };

    private static Lists After(string text, int at)
    {
        if (at >= text.Length || text[at] != ' ') return Lists.None;
        var end = at + 1;
        while (end < text.Length && char.IsAsciiLetterLower(text[end]) && end - at < 12) end++;
        return Listed.Of(text.AsSpan(at + 1, end - at - 1));
    }
}
