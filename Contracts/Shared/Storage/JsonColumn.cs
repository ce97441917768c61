using System.Text.Json;
using Contracts;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shared;

internal static class JsonColumn
{
    /// <summary>Keeps an immutable value as JSON text. It changes only by being replaced, so references tell a change.</summary>
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property) => property.HasConversion(
        value => JsonSerializer.Serialize(value, JsonWire.Options),
        text => JsonSerializer.Deserialize<T>(text, JsonWire.Options)!, // the column never holds a JSON null: EF keeps null as NULL
        new ValueComparer<T>((left, right) => ReferenceEquals(left, right), value => value!.GetHashCode(), value => value));
}
