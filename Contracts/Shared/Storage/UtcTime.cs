using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Shared;

/// <summary>Times are stored as UTC without an offset: SQLite cannot order by an offset, PostgreSQL accepts only UTC.</summary>
internal sealed class UtcTime() : ValueConverter<DateTimeOffset, DateTime>(
    time => time.UtcDateTime, stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
