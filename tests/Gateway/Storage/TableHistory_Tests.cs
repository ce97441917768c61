using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Shared;
using Tests.Servers;

namespace Gateway.Tests.Storage;

public sealed class TableHistory_Tests(Databases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => Databases.All;

    [Theory, MemberData(nameof(All))]
    public async Task A_store_that_had_each_migration_is_known_and_one_that_lacks_one_is_not(string provider)
    {
        var database = await OptionsAsync(provider);
        var options = new DbContextOptionsBuilder<GatewayStore>();
        options.UseDatabase(database, GatewayStore.Schema);
        await using var store = GatewayStoreMigrations.For(database.Provider, options.Options);
        await store.Database.MigrateAsync(Ct);

        Assert.True(await KnowsAsync(database, store.Database.GetMigrations()));
        Assert.False(await KnowsAsync(database, [.. store.Database.GetMigrations(), "29991231235959_Next"]));
    }

    [Theory, MemberData(nameof(All))]
    public async Task One_without_tables_is_not_known_and_nothing_is_made(string provider)
    {
        var database = await OptionsAsync(provider);

        Assert.False(await KnowsAsync(database, []));
        if (database.Provider == DatabaseProvider.Sqlite) Assert.False(File.Exists(database.Connection.Split('=')[1]));
    }

    private static Task<bool> KnowsAsync(DatabaseOptions database, IEnumerable<string> migrations) => TableHistory.KnowsAsync(database, GatewayStore.Schema, migrations, Ct);

    private async Task<DatabaseOptions> OptionsAsync(string provider) =>
        new() { Provider = Enum.Parse<DatabaseProvider>(provider), Connection = (await databases.NewAsync(provider)).Connection };
}
