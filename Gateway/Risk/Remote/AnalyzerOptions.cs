namespace Gateway.Risk.Remote;

/// <summary>
/// A service that finds personal data, asked over HTTP as Presidio's analyzer is: <c>POST /analyze</c> with a text, entities in
/// return. It sees every text of every prompt in the clear, so it belongs to whoever runs the gateway.
/// </summary>
internal sealed class AnalyzerOptions
{
    /// <summary>Small letters, digits and dashes; its findings are called <c>personal.own-name</c>.</summary>
    public string Name { get; set; } = "analyzer";

    public string Detector => $"personal.own-{Name}";

    /// <summary>What <c>/analyze</c> is added to.</summary>
    public string Url { get; set; } = "";

    public string Language { get; set; } = "en";

    /// <summary>For all texts of one prompt together, at most a minute. What has no answer by then was not inspected, and that weighs.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What the service is less sure of is not asked for.</summary>
    public double LeastScore { get; set; } = 0.5;

    /// <summary>In UTF-16 units; a longer text is not sent and counts as not inspected.</summary>
    public int LongestText { get; set; } = 100_000;
}
