using ApprovalsUI.Client;
using ApprovalsUI.Components;
using ApprovalsUI.Tests.Backend;
using Bunit;
using Bunit.Extensions.WaitForHelpers;
using Bunit.TestDoubles;
using Contracts;
using Contracts.Api;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using System.Security.Claims;

namespace ApprovalsUI.Tests;

/// <summary>A circuit of the real console, its services behind real HTTP, its clock in the test's hands.</summary>
public abstract class ConsoleTest : BunitContext, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected ConsoleTest()
    {
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero));
        Backend = new FakeBackend(Clock);
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./_content/ApprovalsUI/console.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./_content/ApprovalsUI/policy.js").Mode = JSRuntimeMode.Loose;
        Notices = JSInterop.SetupModule("./_content/ApprovalsUI/notice.js");
        Notices.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddMudServices();
        Services.AddOptions<ConsoleOptions>().Configure(console => console.ApprovalsUrl = console.GatewayUrl = Backend.Url);
        Services.AddClients();
        Services.AddComponents();
        SignIn(Sample.People[0]);
    }

    protected FakeTimeProvider Clock { get; }

    protected FakeBackend Backend { get; }

    /// <summary>What the browser is asked to tell its person.</summary>
    protected BunitJSModuleInterop Notices { get; }

    protected DateTimeOffset Now => Clock.GetUtcNow();

    internal QueueState Queue => Services.GetRequiredService<QueueState>();

    internal ReviewFeed Feed => Services.GetRequiredService<ReviewFeed>();

    public async ValueTask InitializeAsync() => await Backend.StartAsync();

    /// <summary>Whoever is signed in when the first page is drawn.</summary>
    protected void SignIn(PersonView person) => AddAuthorization().SetAuthorized(person.Name).SetClaims(
    [
        new(PersonClaims.Subject, person.Subject),
        new(PersonClaims.Name, person.Name),
        new(PersonClaims.AccessToken, Sample.TokenOf(person)),
        .. person.Groups.Select(group => new Claim(PersonClaims.Group, group)),
        .. person.Permissions.Select(permission => new Claim(PersonClaims.Permission, permission)),
    ]);

    /// <summary>The hub is connected and the queue is loaded.</summary>
    protected async Task GoLiveAsync()
    {
        var live = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Feed.StateChanged += () =>
        {
            if (Feed.State == FeedState.Live)
            {
                live.TrySetResult();
            }
        };
        Feed.Start();
        await live.Task.WaitAsync(Patience);
    }

    /// <summary>A pending review with its prompt.</summary>
    protected async Task<ReviewDetail> ParkAsync(ReviewDetail review, params PromptPartView[] parts)
    {
        Backend.Prompts[review.Summary.Id] = Sample.Prompt(review, parts);
        return await Backend.PutAsync(review);
    }

    protected static void Eventually<T>(IRenderedComponent<T> page, Action assertion)
        where T : IComponent => page.WaitForAssertion(assertion, Patience);

    /// <summary>The same while the clock runs, a second at a time, at most a minute.</summary>
    protected void AsTimePasses<T>(IRenderedComponent<T> page, Action assertion)
        where T : IComponent
    {
        for (var second = 0; ; second++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            try
            {
                page.WaitForAssertion(assertion, TimeSpan.FromMilliseconds(200));
                return;
            }
            catch (WaitForFailedException) when (second < 60)
            {
                // Not yet.
            }
        }
    }

    /// <summary>Finds and presses in one step, so that no other drawing comes between.</summary>
    protected static Task PressAsync<T>(IRenderedComponent<T> page, string selector)
        where T : IComponent => page.InvokeAsync(() => page.Find(selector).Click());

    protected static Task WriteAsync<T>(IRenderedComponent<T> page, string selector, string text)
        where T : IComponent => page.InvokeAsync(() => page.Find(selector).Input(text));

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsyncCore();
        await Backend.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
