using Contracts;

namespace Gateway.Risk.Own;

/// <summary>Parts of registered documents, by their fingerprints. Says which document and where, as one finding for each stretch.</summary>
internal sealed class DocumentDetector(string name, FingerprintFile registered) : IRiskDetector
{
    /// <summary>Two common fingerprints no farther apart, in folded characters, belong to one stretch.</summary>
    private const int Together = 4 * Fingerprints.Guaranteed;

    private readonly DetectorProfile profile = new($"confidential.own-{name}", RiskCategory.Confidential, "REGISTERED_DOCUMENT", [], []);

    public IReadOnlyList<DetectorProfile> Profiles => [profile];
    public bool ReadsAnswers => false;

    public void Detect(InspectedText text, List<Finding> found)
    {
        if (text.Folded.Text.Length < Fingerprints.Guaranteed) return;
        (int Document, int Start, int End, int Count)? open = null;
        foreach (var (hash, start, end) in Fingerprints.Of(text.Folded.Text))
        {
            if (!registered.ByHash.TryGetValue(hash, out var document)) continue;
            if (open is { } stretch && stretch.Document == document && start - stretch.End <= Together)
            {
                open = (document, stretch.Start, Math.Max(stretch.End, end), stretch.Count + 1);
                continue;
            }
            Close(open);
            open = (document, start, end, 1);
        }
        Close(open);

        void Close((int Document, int Start, int End, int Count)? stretch)
        {
            if (stretch is not { } whole) return;
            var (from, to) = text.Folded.Original(whole.Start, whole.End);
            // Ten words in common happen, in contracts more than elsewhere; thirty do not.
            var confidence = whole.Count switch { 1 => 0.6, 2 => 0.85, _ => 0.98 };
            found.Add(text.Finding(profile, from, to, confidence, $"Is also in the registered document \"{registered.Documents[whole.Document]}\"."));
        }
    }
}
