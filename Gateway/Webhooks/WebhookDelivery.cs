using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Webhooks;

/// <summary>One notice to a caller that a ticket has come to its end; written with the end itself, sent until it is taken or given up.</summary>
internal sealed class WebhookDelivery
{
    public required Guid Id { get; init; }
    public required string TicketId { get; init; }
    public required string CallerSubject { get; init; }

    /// <summary>The words sent: ids, status and times, never text.</summary>
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not sent before; moved ahead by whoever is sending it. Null when delivered or given up.</summary>
    public DateTimeOffset? DueAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<WebhookDelivery>
    {
        public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
        {
            builder.ToTable("Webhooks").HasKey(d => d.Id);
            builder.HasIndex(d => d.DueAt);
            builder.Property(d => d.TicketId).HasMaxLength(100);
            builder.Property(d => d.CallerSubject).HasMaxLength(300);
        }
    }
}
