using Contracts.Api;

namespace ApprovalsUI.Components.Retention;

internal static class HoldWords
{
    /// <summary>What it keeps, for a question and for ears.</summary>
    internal static string About(HoldView hold) => hold switch
    {
        { InteractionId: { } interaction } => $"interaction {interaction}",
        { Subject: { } subject } => $"all of {subject}",
        _ => "a period",
    };
}
