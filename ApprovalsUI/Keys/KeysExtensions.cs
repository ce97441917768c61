using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Shared;

namespace ApprovalsUI.Keys;

internal static class KeysExtensions
{
    public const string Section = "Console:Storage";

    public static IHostApplicationBuilder AddSharedKeys(this IHostApplicationBuilder builder)
    {
        builder.AddStore<KeyStore>(Section, KeyStore.Schema, KeyStoreMigrations.For);
        builder.Services.AddDataProtection().SetApplicationName("approvals-console").PersistKeysToDbContext<KeyStore>();
        return builder;
    }
}
