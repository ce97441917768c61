using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace ApprovalsUI.Components.Shell;

/// <summary>The few things only the browser can do: say its time zone, move to a place on the page, copy, save a file, keep what is this person's own.</summary>
internal sealed class BrowserPage(IJSRuntime browser, IOptions<ConsoleOptions> options) : IAsyncDisposable
{
    private static readonly TimeSpan LongestSave = TimeSpan.FromMinutes(10);
    private IJSObjectReference? module;

    /// <returns>IANA name of the reader's time zone.</returns>
    internal async Task<string?> StartAsync() => await (await ModuleAsync()).InvokeAsync<string?>("start");

    /// <summary>Scrolls an element into view and puts the focus on it.</summary>
    internal async Task GoToAsync(string elementId) => await (await ModuleAsync()).InvokeVoidAsync("goTo", elementId);

    /// <returns>False where the browser does not let a page copy.</returns>
    internal async Task<bool> CopyAsync(string text) => await (await ModuleAsync()).InvokeAsync<bool>("copy", text);

    /// <returns>Whether nobody can be looking: another tab is in front, or the window is away.</returns>
    internal async Task<bool> IsHiddenAsync() => await (await ModuleAsync()).InvokeAsync<bool>("isHidden");

    /// <returns>What this person was writing in that field of this page (its <c>data-keep</c>) when the page had to be left; null for nothing.</returns>
    internal async Task<string?> ReadKeptAsync(string field) => await (await ModuleAsync()).InvokeAsync<string?>("readKept", field);

    internal async Task DropKeptAsync(string field) => await (await ModuleAsync()).InvokeVoidAsync("dropKept", field);

    /// <summary>The same, given out once.</summary>
    internal async Task<string?> TakeKeptAsync(string field) => await (await ModuleAsync()).InvokeAsync<string?>("takeKept", field);

    /// <returns>Whether this person wants as little motion as can be.</returns>
    internal async Task<bool> IsCalmAsync() => await (await ModuleAsync()).InvokeAsync<bool>("isCalm");

    /// <returns>What this person keeps in this browser under that name; null for nothing.</returns>
    internal async Task<string?> ReadOwnAsync(string name) => await (await ModuleAsync()).InvokeAsync<string?>("readOwn", name);

    /// <returns>False where the browser keeps nothing.</returns>
    internal async Task<bool> KeepOwnAsync(string name, string words) => await (await ModuleAsync()).InvokeAsync<bool>("keepOwn", name, words);

    /// <summary>Hands a file to the browser, which saves it.</summary>
    /// <returns>False where it broke off.</returns>
    internal async Task<bool> SaveAsync(string name, Stream file, string type = "application/zip")
    {
        using var reference = new DotNetStreamReference(file);
        try
        {
            await (await ModuleAsync()).InvokeVoidAsync("save", LongestSave, name, reference, type);
            return true;
        }
        catch (JSException)
        {
            return false;
        }
        catch (TaskCanceledException)
        {
            return false;
        }
    }

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
