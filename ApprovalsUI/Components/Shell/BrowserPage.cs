using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace ApprovalsUI.Components.Shell;

/// <summary>The few things only the browser can do: say its time zone, move to a place on the page, keep a draft.</summary>
internal sealed class BrowserPage(IJSRuntime browser, IOptions<ConsoleOptions> options) : IAsyncDisposable
{
    private IJSObjectReference? module;

    /// <returns>IANA name of the reader's time zone.</returns>
    internal async Task<string?> StartAsync() => await (await ModuleAsync()).InvokeAsync<string?>("start");

    /// <summary>Scrolls an element into view and puts the focus on it.</summary>
    internal async Task GoToAsync(string elementId) => await (await ModuleAsync()).InvokeVoidAsync("goTo", elementId);

    /// <returns>The reason that was being written on this page when it had to reload; given out once.</returns>
    internal async Task<string?> TakeDraftAsync() => await (await ModuleAsync()).InvokeAsync<string?>("takeDraft");

    private async Task<IJSObjectReference> ModuleAsync() =>
        module ??= await browser.InvokeAsync<IJSObjectReference>("import", $"./{options.Value.Files}console.js");

    public async ValueTask DisposeAsync()
    {
        if (module is not null)
        {
            try
            {
                await module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone, and the module with it.
            }
        }
    }
}
