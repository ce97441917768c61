using Gateway;
using Gateway.Embedded;
using Gateway.Shell;
using Shared;

Action<WebApplication> Compose(WebApplicationBuilder builder)
{
    if (EmbeddedHost.IsChosen(builder.Configuration))
    {
        builder.AddEmbedded(demo: args.Contains("--demo"));
        return EmbeddedHost.MapEmbedded;
    }
    builder.AddGatewayService();
    return GatewayService.MapGatewayService;
}

// For questions at a shell: what they print is the answer, and settings may stand behind them as --name=value.
WebApplication Composed()
{
    var builder = WebApplication.CreateBuilder([.. args.Where(IsSetting)]);
    builder.Logging.ClearProviders();
    Compose(builder);
    return builder.Build();
}

static bool IsSetting(string arg) => arg.StartsWith("--", StringComparison.Ordinal) && arg.Contains('=');

string[] question = [.. args.Where(arg => !IsSetting(arg))];
if (question is ["policy", .. var asked]) return await PolicyCommand.RunAsync(asked, Console.Out, Composed);
if (question is ["audit", .. var audited]) return await AuditCommand.RunAsync(audited, Console.Out, Composed);
if (args is ["score", .. var texts]) return await ScoreCommand.RunAsync(texts, Console.Out);
if (args is ["fingerprint", .. var documents]) return FingerprintCommand.Run(documents, Console.Out);
return await Service.RunAsync(EmbeddedHost.WithoutFlags(args), Compose);
