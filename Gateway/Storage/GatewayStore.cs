using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Storage;

/// <summary>
/// The gateway's tables. Each room keeps its entities and their mapping in its own folder; they are found here by
/// <see cref="IEntityTypeConfiguration{TEntity}"/>, so storage knows no room.
/// </summary>
internal sealed class GatewayStore(DbContextOptions<GatewayStore> options) : DbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTime>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GatewayStore).Assembly);
        modelBuilder.Entity<OutboxMessage>(OutboxMessage.Map);
    }
}
