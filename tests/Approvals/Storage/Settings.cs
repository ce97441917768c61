using Approvals.Storage;
using Approvals.Workflow;
using Approvals.Tests.Support;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared;

namespace Approvals.Tests.Storage;

public sealed class Settings
{
    [Theory]
    [InlineData("Approvals:Storage:Connection", "")]
    [InlineData("Approvals:Storage:Connection", "Data Source=:memory:")]
    [InlineData("Approvals:Storage:Connection", "Server=somewhere;Password=hunter2")]
    [InlineData("Workflow:ClaimFor", "00:00:01")]
    [InlineData("Workflow:PollEvery", "00:01:00")]
    public async Task A_wrong_setting_keeps_the_service_from_starting_and_names_its_key(string key, string value)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Approvals:Storage:Connection"] = "Data Source=unused.db", [key] = value });
        builder.Logging.ClearProviders();
        builder.AddApprovals();
        builder.Services.AddMassTransit(bus => bus.UsingInMemory());
        await using var app = builder.Build();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sqlite", "Data Source=none.db")]
    [InlineData("SqlServer", "Data Source=none")]
    [InlineData("PostgreSql", "Host=none")]
    public void The_model_has_a_migration_for_all_of_it(string name, string connection)
    {
        var provider = Enum.Parse<DatabaseProvider>(name);
        var options = new DbContextOptionsBuilder<ApprovalsStore>();
        options.UseDatabase(new DatabaseOptions { Provider = provider, Connection = connection }, ApprovalsStore.Schema);
        using var store = ApprovalsStoreMigrations.For(provider, options.Options);

        Assert.False(store.Database.HasPendingModelChanges());
        Assert.NotEmpty(store.Database.GetMigrations());
    }

    [Fact]
    public async Task The_file_is_in_write_ahead_mode_and_migrating_again_harms_nothing()
    {
        using var file = new TempStore();
        await using (var first = await ApprovalsHost.BuildAsync(file)) await first.Desk.OpenAsync(Given.Prompt(), TestContext.Current.CancellationToken);
        await using var host = await ApprovalsHost.BuildAsync(file);

        Assert.Equal("wal", await host.ReadAsync(store => store.Database.SqlQuery<string>($"PRAGMA journal_mode").AsAsyncEnumerable().FirstAsync().AsTask()));
        Assert.Equal(1, await host.ReadAsync(store => store.Reviews.CountAsync()));
    }
}
