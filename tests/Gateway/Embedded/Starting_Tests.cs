using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared;

namespace Gateway.Tests.Embedded;

/// <summary>What is done beside the start, and what waits for its end.</summary>
public sealed class Starting_Tests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Background_work_begins_when_the_doors_are_open_and_ends_with_the_host()
    {
        var doors = new Doors();
        using var host = Composed(services => services.AddSingleton(doors).AddOnceOpen<Work>().AddHostedService<SlowDoors>());

        await host.StartAsync(Ct);
        var wereOpen = await doors.SeenByWork.Task.WaitAsync(Ct);
        await host.StopAsync(Ct);

        Assert.True(wereOpen);
        Assert.True(host.Services.GetRequiredService<Work>().ExecuteTask!.IsCompleted);
    }

    [Fact]
    public async Task Work_that_breaks_stops_the_host_as_any_other_would()
    {
        using var host = Composed(services => services.AddOnceOpen<Broken>());
        var stopping = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => stopping.TrySetResult());

        await host.StartAsync(Ct);

        await stopping.Task.WaitAsync(Ct);
    }

    [Fact]
    public async Task A_host_that_never_opens_its_doors_never_begins_the_work()
    {
        using var host = Composed(services => services.AddSingleton(new Doors()).AddOnceOpen<Work>().AddHostedService<NoDoors>());

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Ct));
        await host.StopAsync(Ct);

        Assert.Null(host.Services.GetRequiredService<Work>().ExecuteTask);
    }

    [Fact]
    public async Task What_cannot_be_made_ahead_does_not_keep_the_next_from_being_made()
    {
        var made = false;
        await using var provider = new ServiceCollection().MakeAhead(_ => throw new InvalidOperationException()).MakeAhead(_ => made = true).BuildServiceProvider();

        await provider.MakeAheadAsync();

        Assert.True(made);
    }

    private static IHost Composed(Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        add(builder.Services);
        return builder.Build();
    }

    private sealed class Doors
    {
        public bool Open { get; set; }
        public TaskCompletionSource<bool> SeenByWork { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class SlowDoors(Doors doors) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            doors.Open = true;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NoDoors : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("The address is taken.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Work(Doors doors) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken)
        {
            doors.SeenByWork.SetResult(doors.Open);
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken);
        }
    }

    private sealed class Broken : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new InvalidOperationException("Broken.");
    }
}
