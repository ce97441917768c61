using Gateway.Embedded;
using Microsoft.Extensions.Options;

try
{
    var builder = WebApplication.CreateBuilder(EmbeddedHost.WithoutFlags(args));
    builder.AddEmbedded(demo: args.Contains("--demo"));

    var app = builder.Build();
    await app.UseEmbeddedAsync();
    await app.RunAsync();
    return 0;
}
catch (Exception refused) when (refused is OptionsValidationException or EmbeddedRefusedException)
{
    Console.Error.WriteLine("Approvals does not start:");
    foreach (var reason in refused is OptionsValidationException invalid ? invalid.Failures : [refused.Message]) Console.Error.WriteLine($"  - {reason}");
    return 1;
}
