using ApprovalsUI.Pages;
using ApprovalsUI.Tests.Backend;
using Bunit;
using Contracts.Api;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ApprovalsUI.Tests.Interactions;

/// <summary>The page of one interaction, with the dialogs it opens.</summary>
public abstract class InteractionTest : ConsoleTest
{
    protected const string Id = "int_1";
    protected const string Confirm = "button.confirm";

    /// <summary>Drawn with the page.</summary>
    protected IRenderedComponent<MudDialogProvider> Dialogs { get; private set; } = null!;

    protected InteractionView Erased() => Sample.Interaction(Id, Now) with
    {
        Texts = TextState.Erased,
        Entries = [new(Sample.Entry(50, Now, "erasure", "dana", "erased") with { ActorName = "Dana Weiss", Reason = "Request 9 of the data subject." }, null, null)],
    };

    protected IRenderedComponent<InteractionScreen> Open(InteractionView? view = null, OpenedInteraction? texts = null)
    {
        Backend.Records.Interactions[Id] = view ?? Sample.Interaction(Id, Now);
        Backend.Records.Texts[Id] = texts ?? Sample.Opened("The invoice is on its way.");
        Dialogs = Render<MudDialogProvider>();
        var page = Draw(Id);
        Eventually(page, () => Assert.NotEmpty(page.FindAll("[data-testid=facts]")));
        return page;
    }

    protected IRenderedComponent<InteractionScreen> Draw(string id) => Render<InteractionScreen>(page => page.Add(screen => screen.Id, id));

    protected async Task OpenTextsAsync(IRenderedComponent<InteractionScreen> page)
    {
        await PressAsync(page, "button.open-texts");
        await SayAsync("Complaint 17.");
        Eventually(page, () => Assert.NotEmpty(page.FindAll(".part-text")));
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll("#reason")));
    }

    /// <summary>Gives the dialog its reason, and confirms.</summary>
    protected async Task SayAsync(string reason)
    {
        Eventually(Dialogs, () => Assert.NotEmpty(Dialogs.FindAll("#reason")));
        await WriteAsync(Dialogs, "#reason", reason);
        Eventually(Dialogs, () => Assert.False(Dialogs.Find(Confirm).HasAttribute("disabled")));
        await PressAsync(Dialogs, Confirm);
    }

    protected static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
