using Gateway.Embedded;

try
{
    var builder = WebApplication.CreateBuilder(EmbeddedHost.WithoutFlags(args));
    builder.AddEmbedded(demo: args.Contains("--demo"));

    var app = builder.Build();
    await app.UseEmbeddedAsync();
    await app.RunAsync();
    return 0;
}
catch (Exception fault) when (StartRefusal.ReasonsOf(fault) is not null)
{
    Console.Error.WriteLine("Approvals does not start:");
    foreach (var reason in StartRefusal.ReasonsOf(fault)!) Console.Error.WriteLine($"  - {reason}");
    return 1;
}
