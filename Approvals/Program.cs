using Approvals;
using Shared;

return await Service.RunAsync(args, builder =>
{
    builder.AddApprovalsService();
    return ApprovalsService.MapApprovalsService;
});
