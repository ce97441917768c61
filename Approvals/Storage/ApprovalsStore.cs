using Approvals.Workflow;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Approvals.Storage;

/// <summary>Reviews are kept for ever; no prompt text is ever in here beyond the masked excerpt.</summary>
internal sealed class ApprovalsStore(DbContextOptions<ApprovalsStore> options) : DbContext(options)
{
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<Audience> Audience => Set<Audience>();
    public DbSet<Operation> Operations => Set<Operation>();
    public DbSet<EarlyCancel> EarlyCancels => Set<EarlyCancel>();
    public DbSet<SequenceCounter> Counters => Set<SequenceCounter>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTime>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var reviews = new ReviewMapping();
        modelBuilder.ApplyConfiguration<Review>(reviews);
        modelBuilder.ApplyConfiguration<Audience>(reviews);
        modelBuilder.ApplyConfiguration<Operation>(reviews);
        modelBuilder.ApplyConfiguration<EarlyCancel>(reviews);
        modelBuilder.Entity<SequenceCounter>(SequenceCounter.Map);
        modelBuilder.Entity<OutboxMessage>(OutboxMessage.Map);
    }
}
