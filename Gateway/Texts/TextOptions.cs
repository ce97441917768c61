using Microsoft.Extensions.Options;

namespace Gateway.Texts;

/// <summary>What the keys of texts are wrapped with.</summary>
internal sealed class TextOptions
{
    public const string Section = "Texts";

    /// <summary>The first wraps; all of them unwrap, until nothing is wrapped with them any more. None: ASP.NET Data Protection, whose keys rotate by themselves.</summary>
    public List<MasterKeyOptions> MasterKeys { get; set; } = [];
}

internal sealed class MasterKeyOptions
{
    /// <summary>Stays with what it has wrapped; never given to another key.</summary>
    public string Id { get; set; } = "";

    /// <summary>32 random bytes in base64, as a secret; or a file that holds them so.</summary>
    public string? Key { get; set; }
    public string? KeyFile { get; set; }
}

internal sealed class TextRules : IValidateOptions<TextOptions>
{
    public ValidateOptionsResult Validate(string? name, TextOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        foreach (var (n, key) in options.MasterKeys.Index())
        {
            var setting = $"Texts:MasterKeys:{n}";
            if (string.IsNullOrWhiteSpace(key.Id) || key.Id == DataProtectionMaster.Name) errors.AddError($"{setting}:Id must be a name of its own, or nobody knows later what was wrapped with it.");
            if (key.Key is null == key.KeyFile is null) errors.AddError($"{setting} needs either Key or KeyFile.");
            else if (ConfiguredMaster.Read(key) is null) errors.AddError($"{setting}:{(key.Key is null ? "KeyFile" : "Key")} must hold 32 random bytes in base64 (openssl rand -base64 32).");
        }
        foreach (var id in options.MasterKeys.GroupBy(key => key.Id).Where(same => same.Count() > 1)) errors.AddError($"Texts:MasterKeys holds the Id '{id.Key}' twice; each key needs one of its own.");
        return errors.Build();
    }
}
