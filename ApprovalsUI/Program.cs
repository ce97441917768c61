using ApprovalsUI;
using Shared;

return await Service.RunAsync(args, builder =>
{
    builder.AddConsoleService();
    return ConsoleService.MapConsoleService;
});
