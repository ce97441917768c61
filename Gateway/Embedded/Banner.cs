using Gateway.Identity;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace Gateway.Embedded;

/// <summary>Says, once the doors are open, all that somebody needs to begin.</summary>
internal sealed class Banner(IServer server, LocalPeople people, DataFolder data, IOptions<CallerList> callers, IHostApplicationLifetime lifetime) : IHostedService
{
    private CancellationTokenRegistration registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        registration = lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await registration.DisposeAsync();

    private void Print()
    {
        var url = server.OwnAddress().ToString().TrimEnd('/');
        // The demo caller is the last one: it is added behind those of the configuration.
        Console.WriteLine($"""

            Approvals is ready.

              Base URL (OpenAI SDKs)      {url}/v1
              Base URL (Anthropic SDKs)   {url}
              Caller key                  {callers.Value.Callers[^1].Key}
              Model                       echo
              Console sign-in             {url}/console/sign-in#{people.Token}
              Data folder                 {data.Path}

            Press Ctrl+C to stop.
            """);
    }
}
