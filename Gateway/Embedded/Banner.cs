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
        people.TokenReplaced += PrintNextLink;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        people.TokenReplaced -= PrintNextLink;
        await registration.DisposeAsync();
    }

    private string Url => server.OwnAddress().ToString().TrimEnd('/');

    private string SignInLink => $"{Url}/console/sign-in#{people.Token}";

    private void PrintNextLink() => Console.WriteLine($"The sign-in link was used. The next one: {SignInLink}");

    private void Print()
    {
        // The demo caller is the last one: it is added behind those of the configuration.
        Console.WriteLine($"""

            Approvals is ready.

              Base URL (OpenAI SDKs)      {Url}/v1
              Base URL (Anthropic SDKs)   {Url}
              Caller key                  {callers.Value.Callers[^1].Key}
              Model                       echo
              Console sign-in             {SignInLink}
              Data folder                 {data.Path}

            Press Ctrl+C to stop.
            """);
    }
}
