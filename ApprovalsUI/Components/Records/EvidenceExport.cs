using ApprovalsUI.Client;
using ApprovalsUI.Client.Calls;
using ApprovalsUI.Components.Asking;
using ApprovalsUI.Components.Shell;
using Contracts.Api;
using MudBlazor;

namespace ApprovalsUI.Components.Records;

/// <summary>Asks why, has the gateway put the evidence together, and hands it to the browser as a file.</summary>
internal sealed class EvidenceExport(EvidenceClient evidence, BrowserPage browser, IDialogService dialogs)
{
    private const string Explanation =
        "The bundle is a zip with the entries, what signs them, and a report; it can be checked without a gateway. No text of a prompt or an answer is in it. Putting it together can take a while.";

    /// <param name="about">Such as "this case", for the question.</param>
    /// <param name="what">Takes the reason.</param>
    /// <returns>Whether the browser has it.</returns>
    internal Task<bool> AskAsync(string about, string file, Func<string, ExportEvidence> what) => ReasonDialog.AskAsync(
        dialogs, $"Export the evidence of {about}?", Explanation, "Export", reason => ExportAsync(what(reason), file), meanwhile: "Putting it together…");

    private async Task<ApiProblem?> ExportAsync(ExportEvidence what, string file)
    {
        var answer = await evidence.ExportAsync(what, CancellationToken.None);
        if (answer is not ApiResult<Stream>.Ok(var zip))
        {
            return answer.Problem();
        }

        await using (zip)
        {
            return await browser.SaveAsync(file, zip) ? null : new(0, "The bundle broke off on its way to your browser. Try again.");
        }
    }
}
