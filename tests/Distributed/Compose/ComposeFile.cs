using System.Reflection;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Distributed.Tests.Compose;

/// <summary>docker-compose.yml with its anchors merged; variables stay as they are written.</summary>
internal sealed partial class ComposeFile
{
    public static string Root { get; } = typeof(ComposeFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Root").Value!; // the project file says it

    public static ComposeFile Ours { get; } = new(File.ReadAllText(In("docker-compose.yml")));

    private ComposeFile(string text)
    {
        Text = text;
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(new StringReader(text))));
        Services = Map(file, "services").ToDictionary(service => (string)service.Key, service => new ComposeService((string)service.Key, (Dictionary<object, object>)service.Value));
        Secrets = Map(file, "secrets").ToDictionary(secret => (string)secret.Key, secret => FieldOf(secret.Value, "file"));
        Volumes = [.. Map(file, "volumes").Keys.Cast<string>()];
    }

    public string Text { get; }
    public IReadOnlyDictionary<string, ComposeService> Services { get; }

    /// <summary>Name → file.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; }
    public IReadOnlyList<string> Volumes { get; }

    /// <summary>Those that are built here.</summary>
    public IEnumerable<ComposeService> OurServices => Services.Values.Where(service => service.Dockerfile is not null);

    /// <summary>Variables without which compose refuses to begin.</summary>
    public IReadOnlySet<string> RequiredVariables => Variable().Matches(Text).Where(match => match.Groups["how"].Value == "?").Select(match => match.Groups["name"].Value).ToHashSet();

    public static string In(string path) => Path.GetFullPath(Path.Combine(Root, path));

    /// <summary>As compose does it: <c>${NAME:?why}</c>, <c>${NAME:-default}</c>, <c>$$</c>.</summary>
    public static string Interpolated(string text, IReadOnlyDictionary<string, string> variables) => Variable().Replace(text, match =>
        match.Value == "$$" ? "$"
        : variables.TryGetValue(match.Groups["name"].Value, out var value) ? value
        : match.Groups["how"].Value == "-" ? match.Groups["rest"].Value
        : throw new InvalidOperationException($"{match.Groups["name"].Value} is not set."));

    private static Dictionary<object, object> Map(Dictionary<string, object> file, string key) => (Dictionary<object, object>)file[key];

    private static string FieldOf(object node, string key) => (string)((Dictionary<object, object>)node)[key];

    [GeneratedRegex(@"\$\$|\$\{(?<name>\w+)(:(?<how>[?-])(?<rest>[^}]*))?\}")]
    private static partial Regex Variable();
}

internal sealed class ComposeService(string name, Dictionary<object, object> node)
{
    public string Name => name;
    public string Image => Text("image")!; // compose.yml names each image, built here or not
    public string? User => Text("user");
    public string? Restart => Text("restart");
    public bool ReadOnly => Text("read_only") == "true";
    public string? Dockerfile => Map("build") is { } build ? (string)build["dockerfile"] : null;
    public IReadOnlyList<string> HealthCheck => Map("healthcheck") is { } check ? [.. ((List<object>)check["test"]).Cast<string>()] : [];
    public IReadOnlyList<string> Ports => Texts("ports");
    public IReadOnlyList<string> DroppedCapabilities => Texts("cap_drop");
    public IReadOnlyList<string> AddedCapabilities => Texts("cap_add");
    public IReadOnlyList<string> SecurityOptions => Texts("security_opt");
    public IReadOnlyList<string> Volumes => Texts("volumes");
    public IReadOnlyDictionary<string, string> Environment => (Map("environment") ?? []).ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value);

    /// <summary>Service → condition.</summary>
    public IReadOnlyDictionary<string, string> DependsOn => (Map("depends_on") ?? []).ToDictionary(entry => (string)entry.Key, entry => (string)((Dictionary<object, object>)entry.Value)["condition"]);

    /// <summary>Setting, which is the file's name in the container → secret.</summary>
    public IReadOnlyDictionary<string, string> Secrets => (node.TryGetValue("secrets", out var list) ? (List<object>)list : []).Cast<Dictionary<object, object>>()
        .ToDictionary(secret => (string)secret["target"], secret => (string)secret["source"]);

    public string? Text(string key) => node.TryGetValue(key, out var value) ? (string)value : null;

    private Dictionary<object, object>? Map(string key) => node.TryGetValue(key, out var value) ? (Dictionary<object, object>)value : null;

    private IReadOnlyList<string> Texts(string key) => node.TryGetValue(key, out var value) ? [.. ((List<object>)value).Cast<string>()] : [];
}
