using Approvals;
using Shared;

namespace Gateway.Embedded;

/// <summary>The reviewers' tables are brought to this version together with the gateway's own.</summary>
internal sealed class ApprovalsTables(IServiceProvider services) : IStoreMigration
{
    public Task RunAsync(bool byCommand, CancellationToken ct) => services.MigrateApprovalsAsync(byCommand, ct);
}
