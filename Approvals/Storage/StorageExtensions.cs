using Shared;

namespace Approvals.Storage;

internal static class StorageExtensions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Approvals:Storage";

    public static IHostApplicationBuilder AddApprovalsStorage(this IHostApplicationBuilder builder)
    {
        builder.AddStore<ApprovalsStore>(Section, ApprovalsStore.Schema, ApprovalsStoreMigrations.For);
        builder.Services.AddOutbox<ApprovalsStore>().AddSingleton<SingleWriter>();
        return builder;
    }
}
