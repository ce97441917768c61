using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Tests.Storage;

public sealed class Migrations_Tests
{
    [Theory]
    [InlineData("Sqlite", "Data Source=none.db")]
    [InlineData("SqlServer", "Data Source=none")]
    [InlineData("PostgreSql", "Host=none")]
    public void The_model_has_a_migration_for_all_of_it(string name, string connection)
    {
        var provider = Enum.Parse<DatabaseProvider>(name);
        var options = new DbContextOptionsBuilder<GatewayStore>();
        options.UseDatabase(new DatabaseOptions { Provider = provider, Connection = connection }, GatewayStore.Schema);
        using var store = GatewayStoreMigrations.For(provider, options.Options);

        Assert.False(store.Database.HasPendingModelChanges());
        Assert.NotEmpty(store.Database.GetMigrations());
    }
}
