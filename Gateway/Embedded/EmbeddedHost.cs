using Approvals;
using ApprovalsUI;
using Contracts;
using Contracts.Messages;
using Gateway.Access;
using Gateway.Audit;
using Gateway.Identity;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Proof;
using Gateway.Storage;
using Gateway.Upstreams;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Embedded;

/// <summary>
/// Composes all three doors into one process: the only place that knows them. SQLite in a data folder, messages in memory
/// (what a crash loses there, the outbox and the announcer send again), people from a printed link, a model that echoes.
/// </summary>
internal static class EmbeddedHost
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>A flag without a value would swallow the next argument as its own.</summary>
    public static string[] WithoutFlags(string[] args) => [.. args.Where(arg => arg != "--demo")];

    /// <summary>Unless the settings say <c>Mode=Distributed</c>.</summary>
    public static bool IsChosen(IConfiguration settings) => settings["Mode"] switch
    {
        null or "" or "Embedded" when settings["Bus:Url"] is { Length: > 0 } =>
            throw new StartRefusedException("Bus:Url is set, but Mode is not Distributed: everything would run in this one process and nothing would reach the broker. Set Mode=Distributed, or remove Bus:Url."),
        null or "" or "Embedded" => true,
        "Distributed" => false,
        var other => throw new StartRefusedException($"Mode ({other}) must be Embedded, everything in this process, or Distributed, this gateway alone."),
    };

    public static WebApplicationBuilder AddEmbedded(this WebApplicationBuilder builder, bool demo)
    {
        builder.ListenOnLoopbackOnly(DefaultUrl);
        var data = DataFolder.Open(builder);
        builder.KeepIn("Storage", data.File("gateway.db"));
        builder.KeepIn("Approvals:Storage", data.File("approvals.db"));

        builder.AddGateway();
        builder.AddApprovals(alone: true, recorder: services => services.GetRequiredService<ActsOfPeople>().RecordAsync, decider: services => services.GetRequiredService<TicketSteps>().DecideAsync);
        builder.AddConsole();

        builder.WebHost.UseStaticWebAssets(); // the console's files, when run from a build instead of a publish
        var services = builder.Services;
        services.AddSingleton(provider => HeardHere.Of<ReleaseSettled>(provider.SettleReviewAsync, elseByBus: true));
        services.AddDataProtection().SetApplicationName("approvals").PersistKeysToFileSystem(Directory.CreateDirectory(data.File("keys")));
        builder.AddInMemoryBus(bus =>
        {
            bus.AddGatewayConsumers();
            bus.AddApprovalsConsumers();
        });

        services.AddOptions<EmbeddedOptions>().BindConfiguration(EmbeddedOptions.Section).ValidateDataAnnotations().ValidateOnStart()
            .PostConfigure(options => { if (options.People.Count == 0) options.People = LocalPerson.Defaults(); });
        services.AddAuthentication().AddBearerToken(PersonClaims.Scheme, options => options.BearerTokenExpiration = LocalPeople.SessionLife);
        services.AddSingleton(sp => KnownReviewersOf(sp.GetRequiredService<IOptions<EmbeddedOptions>>().Value.People));
        services.AddSingleton<IStoreMigration, ApprovalsTables>();
        services.AddSingleton<LocalPeople>().AddSingleton<IAccessDirectory, LocalAccess>().AddSingleton(data);
        services.PostConfigure<ProofOptions>(proof => { if (proof is { SigningKey: null, SigningKeyFile: null }) proof.SigningKeyFile = data.SigningKeyFile(); });
        services.PostConfigure<CallerList>(list => list.Callers.Add(new CallerOptions
        {
            Subject = "demo", Name = "Demo application", Key = data.CallerKey(builder.Configuration[$"{EmbeddedOptions.Section}:{nameof(EmbeddedOptions.CallerKey)}"]), Groups = ["demo"],
        }));
        services.PostConfigure<UpstreamList>(list => list.Upstreams.Add(new UpstreamOptions { Name = "echo", Kind = "echo", Models = ["echo"] }));
        services.AddOptions<ConsoleOptions>().Configure<IServer>((options, server) => options.ApprovalsUrl = options.GatewayUrl = server.OwnAddress());
        services.AddOpenApi();
        services.AddHostedService<Banner>();
        if (demo) services.AddHostedService<DemoPrompts>();
        return builder;
    }

    private static KnownReviewers KnownReviewersOf(List<LocalPerson> people)
    {
        var reviewers = people.Where(person => person.Permissions.Intersect(Permissions.AnyReview).Any()).ToList();
        return new KnownReviewers(
            reviewers.SelectMany(person => person.Groups).ToHashSet(StringComparer.Ordinal),
            group => [.. reviewers.Where(person => person.Groups.Contains(group)).Select(person => person.Subject)]);
    }

    /// <summary>SQLite in the data folder, unless the settings name another database.</summary>
    private static void KeepIn(this WebApplicationBuilder builder, string section, string file)
    {
        if (builder.Configuration[$"{section}:Connection"] is null) builder.Configuration[$"{section}:Connection"] = $"Data Source={file}";
    }

    /// <summary>Looks at all settings, brings the stores to this version, then opens the doors.</summary>
    public static async Task UseEmbeddedAsync(this WebApplication app)
    {
        await app.PrepareAsync();
        app.MapEmbedded();
    }

    public static void MapEmbedded(this WebApplication app)
    {
        app.UseGateway();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGateway();
        app.MapApprovals();
        app.MapStaticAssets();
        app.MapConsole();
        app.MapSessions();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapOpenApi("/openapi");
        app.MapHealth();
        app.MapGet("/", () => TypedResults.Redirect("/console")).ExcludeFromDescription();
    }
}
