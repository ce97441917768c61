using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace ApprovalsUI.Components.Noticing;

/// <summary>What a person has switched on in this browser, and whether the browser lets us.</summary>
/// <param name="Permission"><c>granted</c>, <c>denied</c>, <c>default</c> for not asked, or <c>unsupported</c>.</param>
internal sealed record NoticeChoices(bool Notify, bool Sound, string Permission)
{
    internal static NoticeChoices Off { get; } = new(false, false, "default");
}

/// <summary>Notifications and sounds of this browser. It decides by itself whether anything is shown or heard.</summary>
internal sealed class BrowserNotices(IJSRuntime browser, IOptions<ConsoleOptions> options) : IAsyncDisposable
{
    internal const string Notify = "notify";
    internal const string Sound = "sound";
    private IJSObjectReference? module;

    internal async Task<NoticeChoices> ReadAsync() => await (await ModuleAsync()).InvokeAsync<NoticeChoices?>("read") ?? NoticeChoices.Off;

    internal async Task<NoticeChoices> TurnAsync(string what, bool on) => await (await ModuleAsync()).InvokeAsync<NoticeChoices?>("turn", what, on) ?? NoticeChoices.Off;

    /// <param name="path">Where a click leads, below the console's base.</param>
    internal async Task TellAsync(string words, string path)
    {
        try
        {
            await (await ModuleAsync()).InvokeVoidAsync("tell", words, path);
        }
        catch (JSDisconnectedException)
        {
            // Nobody is there to be told.
        }
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        module ??= await browser.InvokeAsync<IJSObjectReference>("import", $"./{options.Value.Files}notice.js");

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
