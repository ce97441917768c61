using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Gateway.Upstreams;

/// <summary>Bounds of an answer.</summary>
internal sealed class UpstreamLimits
{
    public const string Section = "Proxy";

    /// <summary>Bytes of an answer; what is longer ends in an error, never unrecorded.</summary>
    [Range(1_024, 256 * 1_024 * 1_024)]
    public int LargestAnswer { get; set; } = 32 * 1_024 * 1_024;

    /// <summary>How long an upstream may take to begin its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan UpstreamTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long it may be silent within its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan UpstreamSilence { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>Where prompts go: <c>Upstreams:{n}</c>, first match wins.</summary>
internal sealed class UpstreamOptions
{
    public const string Section = "Upstreams";

    public string Name { get; set; } = "";

    /// <summary><c>openai</c>, <c>anthropic</c>, or <c>echo</c> (answers with the prompt's last words; needs no account).</summary>
    public string Kind { get; set; } = "openai";
    public string BaseUrl { get; set; } = "";
    public string? ApiKey { get; set; }

    /// <summary>Name of the environment variable that holds the key.</summary>
    public string? ApiKeyFrom { get; set; }

    /// <summary>Model patterns (<c>*</c> matches any run).</summary>
    public List<string> Models { get; set; } = [];

    public string? ResolveKey() => string.IsNullOrEmpty(ApiKeyFrom) ? ApiKey : Environment.GetEnvironmentVariable(ApiKeyFrom);
}

internal sealed class UpstreamList
{
    public List<UpstreamOptions> Upstreams { get; set; } = [];
}

internal sealed class UpstreamListRules : IValidateOptions<UpstreamList>
{
    public ValidateOptionsResult Validate(string? name, UpstreamList options)
    {
        var errors = new List<string>();
        for (var i = 0; i < options.Upstreams.Count; i++)
        {
            var upstream = options.Upstreams[i];
            var key = $"{UpstreamOptions.Section}:{i}";
            if (upstream.Name.Length == 0) errors.Add($"{key}:Name is empty; the trail could not say where a prompt went.");
            if (upstream.Kind is not ("openai" or "anthropic" or "echo")) errors.Add($"{key}:Kind ({upstream.Kind}) must be openai, anthropic or echo.");
            if (upstream.Models.Count == 0) errors.Add($"{key}:Models is empty; no prompt would ever reach it. Use [\"*\"] for every model.");
            if (upstream.Kind != "echo" && !(Uri.TryCreate(upstream.BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
                errors.Add($"{key}:BaseUrl ({upstream.BaseUrl}) must be an absolute http or https URL.");
            if (!string.IsNullOrEmpty(upstream.ApiKeyFrom) && string.IsNullOrEmpty(upstream.ResolveKey()))
                errors.Add($"{key}:ApiKeyFrom names the environment variable '{upstream.ApiKeyFrom}', which is empty.");
        }
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
