using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Approvals.Storage;

/// <summary>For <c>dotnet ef migrations add</c>; never used by a running service.</summary>
internal sealed class StoreDesign : IDesignTimeDbContextFactory<ApprovalsStore>
{
    public ApprovalsStore CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ApprovalsStore>().UseSqlite("Data Source=design.db").Options);
}
