using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Shared;

/// <summary>
/// How each service begins and ends. <c>migrate</c> brings its tables to this version and ends; <c>health</c> asks the
/// instance beside it whether it is ready, for containers without a shell; anything else runs it.
/// </summary>
internal static class Service
{
    private const int Refused = 1;

    /// <summary>Of Microsoft.Extensions.FileProviders.Physical: files are looked at every four seconds.</summary>
    private const string Polling = "DOTNET_USE_POLLING_FILE_WATCHER";

    /// <summary>What is worth a line unless the settings say otherwise; every statement to the database is not.</summary>
    private static readonly MemoryConfigurationSource Quiet = new()
    {
        InitialData = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Gateway"] = "Information", ["Logging:LogLevel:Approvals"] = "Information", ["Logging:LogLevel:ApprovalsUI"] = "Information",
            // A first start looks for tables that are not there yet; what goes wrong later is told by whoever asked.
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Critical", ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Query"] = "Critical",
            // A broker that is away is told once by the health check, not at every attempt.
            ["Logging:LogLevel:MassTransit"] = "Error",
        },
    };

    /// <param name="compose">Adds what the service is made of, and gives what opens its doors.</param>
    /// <returns>The exit code: 0, or 1 for a start that was refused with reasons.</returns>
    public static async Task<int> RunAsync(string[] args, Func<WebApplicationBuilder, Action<WebApplication>> compose)
    {
        // What we write is the same on every machine; drivers still find the cultures they ask for by name.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        WebApplication? app = null;
        try
        {
            if (args is ["health", .. var where]) return await HealthProbe.RunAsync(where);
            // A watch on the settings' folder is one on all folders in it: where the data are there too, each write of a database would wake it. And machines have few to give.
            if (Environment.GetEnvironmentVariable(Polling) is null) Environment.SetEnvironmentVariable(Polling, "1");
            var migrate = args is ["migrate", ..];
            var builder = WebApplication.CreateBuilder(migrate ? args[1..] : args);
            builder.Configuration.Sources.Insert(0, Quiet); // below everything that anybody sets
            var map = compose(builder);
            app = builder.Build();
            if (!migrate) _ = app.Services.MakeAheadAsync();
            await app.PrepareAsync(migrate);
            if (migrate)
            {
                Console.WriteLine("The tables are those of this version.");
                return 0;
            }
            map(app);
            await app.RunAsync();
            return 0;
        }
        catch (OperationCanceledException) when (app?.Lifetime.ApplicationStopping.IsCancellationRequested == true)
        {
            return 0; // told to stop while it was starting
        }
        catch (Exception fault) when (StartRefusal.ReasonsOf(fault) is { } reasons)
        {
            Console.Error.WriteLine("Approvals does not start:");
            foreach (var reason in reasons) Console.Error.WriteLine($"  - {reason}");
            return Refused;
        }
    }

    /// <summary>What every service on a network has: secrets from files, time to finish, health and telemetry.</summary>
    public static WebApplicationBuilder AddService(this WebApplicationBuilder builder, string name)
    {
        var folder = builder.Configuration["Secrets:Folder"] ?? "/run/secrets";
        if (Directory.Exists(folder)) builder.Configuration.AddKeyPerFile(folder, optional: true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Shutdown.Longest);
        builder.Services.AddProblemDetails().AddExceptionHandler<StoreFaultHandler>();
        builder.AddTelemetry(name);
        return builder;
    }

    /// <summary>Looks at all settings, then brings the stores to this version.</summary>
    public static async Task PrepareAsync(this WebApplication app, bool migrate = false)
    {
        // The host looks too, but only behind the first component that trips over one of them: that would tell of that one only.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        await app.Services.MigrateStoresAsync(migrate, app.Lifetime.ApplicationStopping);
    }
}
