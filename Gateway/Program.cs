using Gateway;
using Gateway.Embedded;
using Shared;

return await Service.RunAsync(EmbeddedHost.WithoutFlags(args), builder =>
{
    if (EmbeddedHost.IsChosen(builder.Configuration))
    {
        builder.AddEmbedded(demo: args.Contains("--demo"));
        return EmbeddedHost.MapEmbedded;
    }
    builder.AddGatewayService();
    return GatewayService.MapGatewayService;
});
