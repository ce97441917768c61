using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Gateway.Policy.Yaml;

/// <summary>
/// One mapping of the text, read key by key. What is not as it should be becomes an error with its line and reads as not
/// there, so that the rest is looked at too; a key that nobody asked for is an error at the end.
/// </summary>
internal sealed class YamlMap(YamlMappingNode node, string path, PolicyErrors errors)
{
    private const int LongestText = 500;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public int Line => LineOf(node);

    public static int LineOf(YamlNode node) => (int)node.Start.Line;

    public void Error(string message) => errors.Add(Line, $"{path}: {message}");

    public void Error(string key, string message) => errors.Add(Find(key) is { } at ? LineOf(at) : Line, $"{At(key)}: {message}");

    public void Error(int line, string key, string message) => errors.Add(line, $"{At(key)}: {message}");

    public bool Has(string key) => Find(key) is not null;

    public string? Text(string key, int longest = LongestText)
    {
        if (Take(key) is not { } found) return null;
        if (Scalar(found) is not { Length: > 0 } text) Error(key, "must be a text.");
        else if (text.Length > longest) Error(key, $"has more than {longest} characters.");
        else return text;
        return null;
    }

    public int? Whole(string key, int least, int most)
    {
        if (Take(key) is not { } found) return null;
        if (int.TryParse(Scalar(found), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Error(key, $"must be a whole number from {least} to {most}.");
        return null;
    }

    public double? Fraction(string key)
    {
        if (Take(key) is not { } found) return null;
        if (double.TryParse(Scalar(found), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1) return number;
        Error(key, "must be a number from 0 to 1, such as 0.6.");
        return null;
    }

    public bool? Flag(string key)
    {
        if (Take(key) is not { } found) return null;
        if (Scalar(found) is "true") return true;
        if (Scalar(found) is "false") return false;
        Error(key, "must be true or false.");
        return null;
    }

    /// <summary>Such as <c>30s</c>, <c>15m</c>, <c>2h</c>, <c>3d</c>.</summary>
    public TimeSpan? Duration(string key, TimeSpan least, TimeSpan most)
    {
        if (Take(key) is not { } found) return null;
        if (Durations.Read(Scalar(found) ?? "") is not { } time) Error(key, "must be a time such as 30s, 15m, 2h or 3d.");
        else if (time < least || time > most) Error(key, $"must be from {Durations.Write(least)} to {Durations.Write(most)}.");
        else return time;
        return null;
    }

    public T? Word<T>(string key, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (Take(key) is not { } found) return null;
        if (Scalar(found) is { } text && words.TryGetValue(text, out var value)) return value;
        Error(key, $"must be one of {string.Join(", ", words.Keys)}.{Spelling.Suggest(Scalar(found), words.Keys)}");
        return null;
    }

    /// <summary>A list of texts; a single text stands for a list of one. Each with the line it stands on.</summary>
    public IReadOnlyList<(string Text, int Line)> Texts(string key, int most = 100)
    {
        if (Take(key) is not { } found) return [];
        var nodes = found is YamlSequenceNode list ? list.Children : [found];
        if (nodes.Count == 0) Error(key, "is an empty list, which nothing fits; leave it out to mean all.");
        if (nodes.Count > most) Error(key, $"has more than {most} entries.");
        var texts = new List<(string, int)>();
        foreach (var each in nodes.Take(most))
        {
            if (Scalar(each) is { Length: > 0 and <= LongestText } text) texts.Add((text, LineOf(each)));
            else errors.Add(LineOf(each), $"{At(key)}: every entry must be a text of 1 to {LongestText} characters.");
        }
        return texts;
    }

    public YamlMap? Map(string key)
    {
        if (Take(key) is not { } found) return null;
        if (found is YamlMappingNode map) return new YamlMap(map, At(key), errors);
        Error(key, "must hold keys of its own.");
        return null;
    }

    public IReadOnlyList<YamlMap> Maps(string key, int most)
    {
        if (Take(key) is not { } found) return [];
        if (found is not YamlSequenceNode list)
        {
            Error(key, "must be a list: lines that begin with a dash.");
            return [];
        }
        if (list.Children.Count > most) Error(key, $"has more than {most} entries.");
        var maps = new List<YamlMap>();
        foreach (var (child, i) in list.Children.Take(most).Select((child, i) => (child, i)))
        {
            if (child is YamlMappingNode map) maps.Add(new YamlMap(map, $"{At(key)}[{i + 1}]", errors));
            else errors.Add(LineOf(child), $"{At(key)}[{i + 1}]: must hold keys of its own.");
        }
        return maps;
    }

    /// <summary>To be called when all that can be there was asked for.</summary>
    public void Done()
    {
        foreach (var key in node.Children.Keys)
        {
            if (Scalar(key) is not { } name) errors.Add(LineOf(key), $"{path}: a key must be a text.");
            else if (!asked.Contains(name)) errors.Add(LineOf(key), $"{At(name)}: there is no such key here.{Spelling.Suggest(name, asked)}");
        }
    }

    private string At(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private YamlNode? Take(string key)
    {
        asked.Add(key);
        return Find(key);
    }

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;

    private static string? Scalar(YamlNode node) => (node as YamlScalarNode)?.Value;
}
