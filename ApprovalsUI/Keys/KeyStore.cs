using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace ApprovalsUI.Keys;

/// <summary>What all console instances seal their cookies with, so that any of them knows who is signed in. Nothing else is kept here.</summary>
internal class KeyStore(DbContextOptions<KeyStore> options) : DbContext(options), IDataProtectionKeyContext
{
    public const string Schema = "console";

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseConventions(Database);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseSchema(Database, Schema);
        modelBuilder.Entity<DataProtectionKey>().ToTable("Keys");
    }
}
