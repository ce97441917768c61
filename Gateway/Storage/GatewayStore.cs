using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Storage;

/// <summary>
/// The gateway's tables. Each room keeps its entities and their mapping in its own folder; they are found here by
/// <see cref="IEntityTypeConfiguration{TEntity}"/>, so storage knows no room.
/// </summary>
internal class GatewayStore(DbContextOptions<GatewayStore> options) : DbContext(options), IDataProtectionKeyContext
{
    public const string Schema = "gateway";

    /// <summary>What text at rest is sealed with, the same for all instances.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseConventions(Database);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseSchema(Database, Schema);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GatewayStore).Assembly);
        modelBuilder.Entity<OutboxMessage>(OutboxMessage.Map);
        modelBuilder.Entity<SignedOut>(SignedOut.Map);
        modelBuilder.Entity<DataProtectionKey>().ToTable("Keys");
    }
}
