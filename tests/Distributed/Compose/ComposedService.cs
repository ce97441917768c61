using Approvals;
using ApprovalsUI;
using Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Distributed.Tests.Compose;

/// <summary>Notes which of its settings anybody asks for.</summary>
internal sealed class WatchedSettings(IReadOnlyDictionary<string, string> settings) : ConfigurationProvider, IConfigurationSource
{
    public HashSet<string> Asked { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load()
    {
        foreach (var (key, value) in settings) Set(key, value);
    }

    public override bool TryGet(string key, out string? value)
    {
        var there = base.TryGet(key, out value);
        if (there) Asked.Add(key);
        return there;
    }
}

/// <summary>One of our services with the settings that compose would give it, and no others.</summary>
internal static class ComposedService
{
    /// <summary>Environment and secrets, as the service sees them: <c>Bus:Url</c>.</summary>
    public static Dictionary<string, string> SettingsOf(string service)
    {
        var secrets = MadeUpSecrets.Once;
        var composed = ComposeFile.Ours.Services[service];
        var environment = composed.Environment.Select(variable => (variable.Key, Value: ComposeFile.Interpolated(variable.Value, secrets.Variables)));
        var files = composed.Secrets.Select(secret => (secret.Key, Value: secrets.Files[ComposeFile.Ours.Secrets[secret.Value]]));
        return environment.Concat(files).ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => setting.Value);
    }

    /// <returns>What keeps it from starting; empty when it would start.</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string service, WatchedSettings settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        ((IConfigurationBuilder)builder.Configuration).Add(settings);
        Compose(service, builder);
        await using var app = builder.Build();
        app.Services.GetRequiredService<ILoggerFactory>();
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return [.. invalid.Failures];
        }
        catch (AggregateException several)
        {
            return [.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(invalid => invalid.Failures)];
        }
    }

    private static void Compose(string service, WebApplicationBuilder builder)
    {
        switch (service)
        {
            case "gateway": builder.AddGatewayService(); break;
            case "approvals": builder.AddApprovalsService(); break;
            case "console": builder.AddConsoleService(); break;
            default: throw new ArgumentOutOfRangeException(nameof(service), service, "Not one of ours.");
        }
    }
}
