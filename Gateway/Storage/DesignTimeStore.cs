using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Gateway.Storage;

/// <summary>For <c>dotnet ef migrations add</c> only; never opens a database.</summary>
internal sealed class DesignTimeStore : IDesignTimeDbContextFactory<GatewayStore>
{
    public GatewayStore CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<GatewayStore>().UseSqlite("Data Source=:memory:").Options);
}
