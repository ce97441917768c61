using System.Globalization;
using Contracts.Api;

namespace ApprovalsUI.Components.Interactions;

/// <summary>Where an interaction's page is, and its words for people.</summary>
internal static class InteractionWords
{
    /// <param name="id">Of the interaction, or of its ticket.</param>
    internal static string Path(string id) => "console/interactions/" + Uri.EscapeDataString(id);

    /// <returns>The page of a policy version; null where the label is none, such as a draft's.</returns>
    internal static string? PolicyPath(string? label) =>
        label is not null && int.TryParse(label.TrimStart('v'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? "console/policy/versions/" + number.ToString(CultureInfo.InvariantCulture)
            : null;

    /// <summary>Who made the texts go, if it is on record here; a rule of time erases many at once.</summary>
    internal static TrailEntryView? Erasure(InteractionView view) => view.Entries.Select(proven => proven.Entry).LastOrDefault(entry => entry.Kind == "erasure");

    internal static string Erased(ErasedTexts came)
    {
        var left = new[] { (came.Held, "under a legal hold"), (came.Open, "not over yet") }.Where(part => part.Item1 > 0).Select(part => $"{Count(part.Item1)} {part.Item2}").ToList();
        return (came.Erased == 0 ? "Nothing was erased." : $"The texts of {Interactions(came.Erased)} are gone.") + (left.Count == 0 ? "" : $" Left as they are: {string.Join(", ", left)}.");
    }

    internal static string Interactions(long count) => count == 1 ? "1 interaction" : $"{Count(count)} interactions";

    internal static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
