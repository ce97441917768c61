using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Shared;

/// <summary>PostgreSQL has no character NUL; wherever one is sent in, its picture ␀ is kept instead, on every database.</summary>
internal sealed class StorableText() : ValueConverter<string, string>(text => text.Replace('\0', '\u2400'), stored => stored);
