using Approvals.Identity;
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

        /// <summary>What this person may know of, to read.</summary>
        public IQueryable<Review> ReviewsOf(Reviewer person)
        {
            var reviews = store.Reviews.AsNoTracking();
            if (person.ReadsAll) return reviews;

            var groups = person.Groups.ToArray();
            var audience = store.Audience;
            return reviews.Where(r => audience.Any(a => a.ReviewId == r.Id && groups.Contains(a.Group)));
        }
    }
}
