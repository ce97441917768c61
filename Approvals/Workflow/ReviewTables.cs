using Approvals.Storage;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Workflow;

/// <summary>This room's tables, by name.</summary>
internal static class ReviewTables
{
    extension(ApprovalsStore store)
    {
        public DbSet<Review> Reviews => store.Set<Review>();
        public DbSet<Audience> Audience => store.Set<Audience>();
        public DbSet<Operation> Operations => store.Set<Operation>();
        public DbSet<EarlyCancel> EarlyCancels => store.Set<EarlyCancel>();
    }
}
