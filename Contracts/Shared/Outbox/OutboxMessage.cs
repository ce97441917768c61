using System.Diagnostics;
using System.Text.Json;
using Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shared;

/// <summary>A message that leaves if, and only if, the transaction that wrote it commits.</summary>
internal sealed class OutboxMessage
{
    public long Id { get; private set; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not sent before; moved ahead by whoever is sending it, so that others leave it alone.</summary>
    public required DateTimeOffset DueAt { get; set; }
    public int Attempts { get; private set; }

    /// <summary>The trace that this message goes on (W3C <c>traceparent</c>); null outside of any.</summary>
    public string? TraceParent { get; init; }

    public static void Map(EntityTypeBuilder<OutboxMessage> entity)
    {
        entity.ToTable("Outbox");
        entity.Property(m => m.Type).HasMaxLength(200);
        entity.Property(m => m.TraceParent).HasMaxLength(64);
        entity.HasIndex(m => new { m.DueAt, m.Id });
    }

    /// <summary>The message as its contract type. Only types of Contracts are ever made, whatever the row says.</summary>
    public object Open() =>
        JsonSerializer.Deserialize(Body, typeof(JsonWire).Assembly.GetType(Type, throwOnError: true)!, JsonWire.Options)
        ?? throw new JsonException($"Outbox message {Id} is empty.");
}

internal static class OutboxMessages
{
    /// <summary>Sends <paramref name="message"/> after the next <c>SaveChanges</c> of this context has committed.</summary>
    /// <param name="traceParent">The trace it belongs to; null for the one under way.</param>
    public static void Publish<T>(this DbContext store, T message, TimeProvider clock, string? traceParent = null) where T : class =>
        store.Add(Of(message, clock, traceParent));

    /// <summary>The same with the commit that stores <paramref name="rows"/>.</summary>
    public static void Publish<T>(this ICollection<object> rows, T message, TimeProvider clock) where T : class => rows.Add(Of(message, clock, null));

    private static OutboxMessage Of<T>(T message, TimeProvider clock, string? traceParent) where T : class
    {
        var now = clock.GetUtcNow();
        return new OutboxMessage
        {
            Type = typeof(T).FullName!,
            Body = JsonSerializer.Serialize(message, JsonWire.Options),
            CreatedAt = now,
            DueAt = now,
            TraceParent = traceParent ?? Activity.Current?.Id,
        };
    }
}
