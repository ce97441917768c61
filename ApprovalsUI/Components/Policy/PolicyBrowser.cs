using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace ApprovalsUI.Components.Policy;

/// <summary>What only the browser can do on the policy pages: put the caret on a line, save a file, follow a pointer.</summary>
internal sealed class PolicyBrowser(IJSRuntime browser, IOptions<ConsoleOptions> options) : IAsyncDisposable
{
    private IJSObjectReference? module;

    /// <summary>Selects a line of a text area and brings it into view.</summary>
    internal async Task GoToLineAsync(string elementId, int line) => await (await ModuleAsync()).InvokeVoidAsync("goToLine", elementId, line);

    internal async Task DownloadAsync(string name, string text) => await (await ModuleAsync()).InvokeVoidAsync("download", name, text);

    /// <summary>Lets the lines on a plot be dragged; each move is told to the component's <c>Slide</c>.</summary>
    internal async Task SlideAsync<T>(ElementReference plot, DotNetObjectReference<T> component) where T : class =>
        await (await ModuleAsync()).InvokeVoidAsync("slide", plot, component);

    private async Task<IJSObjectReference> ModuleAsync() =>
        module ??= await browser.InvokeAsync<IJSObjectReference>("import", $"./{options.Value.Files}policy.js");

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
