using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Gateway.Policy.Yaml;

/// <summary>Moves a threshold in a policy's text and leaves every other letter, comments too, as its author wrote it.</summary>
internal static class ThresholdText
{
    /// <param name="line"><c>mask</c>, <c>park</c> or <c>block</c>.</param>
    /// <returns>Null where the text is not YAML or has no such line.</returns>
    public static string? With(string text, string line, int score)
    {
        if (text.Length > PolicyReader.LongestText) return null;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is not [{ RootNode: YamlMappingNode root }]
                || !root.Children.TryGetValue(new YamlScalarNode("thresholds"), out var found) || found is not YamlMappingNode thresholds
                || !thresholds.Children.TryGetValue(new YamlScalarNode(line), out var value) || value is not YamlScalarNode) return null;
            return string.Concat(text.AsSpan(0, (int)value.Start.Index), score.ToString(CultureInfo.InvariantCulture), text.AsSpan((int)value.End.Index));
        }
        catch (Exception broken) when (broken is YamlException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
