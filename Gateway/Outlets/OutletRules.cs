using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Webhooks;
using Microsoft.Extensions.Options;

namespace Gateway.Outlets;

internal sealed class OutletRules(IConfiguration configuration, IOptions<WebhookOptions> webhooks) : IValidateOptions<OutletList>
{
    private const int LongestName = 50;
    private const long SmallestFile = 4096;
    private static readonly HashSet<string> Known = [.. typeof(OutletOptions).GetProperties().Select(property => property.Name.ToUpperInvariant())];

    public ValidateOptionsResult Validate(string? name, OutletList options)
    {
        var errors = new ValidateOptionsResultBuilder();
        for (var i = 0; i < options.Outlets.Count; i++)
        {
            var (outlet, key) = (options.Outlets[i], $"{OutletOptions.Section}:{i}");
            foreach (var setting in configuration.GetSection(key).GetChildren().Where(setting => !Known.Contains(setting.Key.ToUpperInvariant())))
                errors.AddError($"{key}:{setting.Key} is no setting of an outlet; it would have no effect.");
            CheckAll(outlet, key, errors);
            if (!IsOneOf<OutletKind>(outlet.Kind)) errors.AddError($"{key}:Kind ({outlet.Kind}) must be {Words<OutletKind>()}.");
            else if (outlet.KindOf == OutletKind.File) CheckFile(outlet, key, errors);
            else if (outlet.KindOf == OutletKind.Syslog) CheckSyslog(outlet, key, errors);
            else if (outlet.KindOf == OutletKind.Otlp) CheckOtlp(outlet, key, errors);
            else CheckWebhook(outlet, key, errors);
        }
        foreach (var twice in options.Outlets.GroupBy(outlet => outlet.Name).Where(group => group.Count() > 1))
            errors.AddError($"Outlets: the name '{twice.Key}' is given {twice.Count()} times; they would share one place in the trail, and each would miss what another sent.");
        foreach (var twice in options.Outlets.Where(outlet => Path.IsPathFullyQualified(outlet.Path ?? "") && IsOneOf<OutletKind>(outlet.Kind) && outlet.KindOf == OutletKind.File).GroupBy(outlet => Path.GetFullPath(outlet.Path!)).Where(group => group.Count() > 1)) // looked at before
            errors.AddError($"Outlets: {string.Join(" and ", twice.Select(outlet => $"'{outlet.Name}'"))} write to one file, {twice.Key}; neither's lines could be told from the other's.");
        return errors.Build();
    }

    private static void CheckAll(OutletOptions outlet, string key, ValidateOptionsResultBuilder errors)
    {
        if (outlet.Name.Length is 0 or > LongestName || !outlet.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            errors.AddError($"{key}:Name ({outlet.Name}) must have 1 to {LongestName} lower-case letters, digits or dashes; it is the outlet's place in the trail and its name in metrics.");
        if (!IsOneOf<OutletContent>(outlet.Send)) errors.AddError($"{key}:Send ({outlet.Send}) must be {Words<OutletContent>()}.");
        if (!IsOneOf<OutletStart>(outlet.From)) errors.AddError($"{key}:From ({outlet.From}) must be {Words<OutletStart>()}.");
        if (outlet.Patience < TimeSpan.FromSeconds(1) || outlet.Patience > TimeSpan.FromMinutes(1)) errors.AddError($"{key}:Patience ({outlet.Patience}) must be 1 second to 1 minute.");
        if (outlet.FirstBackoff < TimeSpan.FromMilliseconds(100) || outlet.FirstBackoff > TimeSpan.FromMinutes(1)) errors.AddError($"{key}:FirstBackoff ({outlet.FirstBackoff}) must be 0.1 seconds to 1 minute.");
        if (outlet.LateAfter <= TimeSpan.Zero) errors.AddError($"{key}:LateAfter ({outlet.LateAfter}) must be more than nothing, or the outlet would always be late.");
    }

    private static void CheckFile(OutletOptions outlet, string key, ValidateOptionsResultBuilder errors)
    {
        if (!Path.IsPathFullyQualified(outlet.Path ?? "")) errors.AddError($"{key}:Path ({outlet.Path}) must be a whole path, or where the lines are would depend on where the gateway was started.");
        if (outlet.LargestFile < SmallestFile) errors.AddError($"{key}:LargestFile ({outlet.LargestFile}) must be at least {SmallestFile} bytes.");
        if (outlet.KeepFiles is < 0 or > 1000) errors.AddError($"{key}:KeepFiles ({outlet.KeepFiles}) must be 0 to 1000.");
    }

    private static void CheckSyslog(OutletOptions outlet, string key, ValidateOptionsResultBuilder errors)
    {
        if (Uri.CheckHostName(outlet.Host) == UriHostNameType.Unknown) errors.AddError($"{key}:Host ({outlet.Host}) must be the name or address of a syslog server.");
        if (!IsOneOf<SyslogTransport>(outlet.Transport)) errors.AddError($"{key}:Transport ({outlet.Transport}) must be {Words<SyslogTransport>()}.");
        if (outlet.Port is < 1 or > 65_535) errors.AddError($"{key}:Port ({outlet.Port}) must be 1 to 65535.");
        if (outlet.Facility is < 0 or > 23) errors.AddError($"{key}:Facility ({outlet.Facility}) must be 0 to 23; 13 is log audit.");
        if (outlet.AuthorityFile is null) return;
        try
        {
            if (Authorities(outlet.AuthorityFile).Count == 0) errors.AddError($"{key}:AuthorityFile ({outlet.AuthorityFile}) holds no certificate in PEM.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or CryptographicException)
        {
            errors.AddError($"{key}:AuthorityFile ({outlet.AuthorityFile}) cannot be read: {wrong.Message}");
        }
    }

    private static void CheckOtlp(OutletOptions outlet, string key, ValidateOptionsResultBuilder errors)
    {
        if (string.IsNullOrEmpty(outlet.Endpoint)) errors.AddError($"{key}:Endpoint must be set where {OutletsExtensions.OtlpEndpoint} is not.");
        else if (!IsWeb(outlet.Endpoint, out _)) errors.AddError($"{key}:Endpoint ({outlet.Endpoint}) must be an absolute http or https URL.");
        using var request = new HttpRequestMessage();
        foreach (var (header, value) in outlet.Headers)
        {
            // The value may be a secret, so it is not repeated.
            if (value.Contains('\n', StringComparison.Ordinal) || value.Contains('\r', StringComparison.Ordinal) || !request.Headers.TryAddWithoutValidation(header, value)) errors.AddError($"{key}:Headers:{header} is no header that can be sent.");
        }
    }

    private void CheckWebhook(OutletOptions outlet, string key, ValidateOptionsResultBuilder errors)
    {
        if (!IsWeb(outlet.Url, out var url)) errors.AddError($"{key}:Url ({outlet.Url}) must be an absolute http or https URL.");
        else if (!webhooks.Value.AllowPrivate && (url.IsLoopback || (IPAddress.TryParse(url.DnsSafeHost, out var address) && !PublicAddresses.IsPublic(address))))
            errors.AddError($"{key}:Url ({outlet.Url}) is not on the public internet, so nothing would be sent; Webhooks:AllowPrivate would allow it.");
        if (outlet.Secret is { Length: > 0 } == outlet.SecretFrom is { Length: > 0 }) errors.AddError($"{key} needs exactly one of Secret and SecretFrom, or its receiver could not tell our events from anybody's.");
        else if (outlet.ResolveSecret() is not { Length: > 0 } secret) errors.AddError($"{key}:SecretFrom names the environment variable '{outlet.SecretFrom}', which is empty.");
        else if (secret.Length < 16) errors.AddError($"{key}:Secret needs at least 16 characters, or it could be guessed.");
        else if (secret.StartsWith("whsec_", StringComparison.Ordinal) && !System.Buffers.Text.Base64.IsValid(secret.AsSpan(6))) errors.AddError($"{key}:Secret begins with whsec_, so the rest must be base64.");
        if (outlet.Source.Length == 0 || !Uri.IsWellFormedUriString(outlet.Source, UriKind.RelativeOrAbsolute)) errors.AddError($"{key}:Source ({outlet.Source}) must be a URI or a path; CloudEvents ask for it.");
    }

    internal static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }

    private static bool IsWeb(string? url, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? web) => Uri.TryCreate(url, UriKind.Absolute, out web) && web.Scheme is ("http" or "https");

    /// <summary>By name only: the numbers behind the names are nobody's setting.</summary>
    private static bool IsOneOf<T>(string word) where T : struct, Enum => Enum.GetNames<T>().Contains(word, StringComparer.OrdinalIgnoreCase);

    private static string Words<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>());
}
