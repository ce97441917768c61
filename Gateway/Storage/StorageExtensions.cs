using Shared;

namespace Gateway.Storage;

internal static class StorageExtensions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Storage";

    public static IHostApplicationBuilder AddGatewayStorage(this IHostApplicationBuilder builder)
    {
        builder.AddStore<GatewayStore>(Section, GatewayStore.Schema, GatewayStoreMigrations.For);
        builder.Services.AddOutbox<GatewayStore>();
        return builder;
    }
}
