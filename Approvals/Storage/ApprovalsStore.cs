using Microsoft.EntityFrameworkCore;
using Shared;

namespace Approvals.Storage;

/// <summary>
/// Reviews are kept for ever; no prompt text is ever in here beyond the masked excerpt. Rooms keep their entities and
/// mappings themselves and are found by <see cref="IEntityTypeConfiguration{TEntity}"/>, so storage knows no room.
/// </summary>
internal class ApprovalsStore(DbContextOptions<ApprovalsStore> options) : DbContext(options)
{
    public const string Schema = "approvals";

    public DbSet<SequenceCounter> Counters => Set<SequenceCounter>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseConventions(Database);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseSchema(Database, Schema);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ApprovalsStore).Assembly);
        modelBuilder.Entity<SequenceCounter>(SequenceCounter.Map);
        modelBuilder.Entity<OutboxMessage>(OutboxMessage.Map);
        modelBuilder.Entity<SignedOut>(SignedOut.Map);
    }
}
