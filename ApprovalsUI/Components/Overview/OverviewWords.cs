using System.Globalization;
using ApprovalsUI.Components.Policy;
using ApprovalsUI.Components.Text;
using Contracts.Api;

namespace ApprovalsUI.Components.Overview;

/// <summary>Figures in the words of the page.</summary>
internal static class OverviewWords
{
    /// <summary>The rule of the policy's lines, which people move without writing.</summary>
    internal const string ByScore = "score.park";

    internal const string Nothing = "–";

    internal static string Time(TimeSpan? time) => time switch
    {
        null => Nothing,
        { TotalSeconds: < 60 } brief => string.Create(CultureInfo.InvariantCulture, $"{brief.TotalSeconds:0} s"),
        { } known => ReaderTime.Duration(known),
    };

    /// <summary>None is quieter than a number.</summary>
    internal static string Count(int count) => count == 0 ? Nothing : PolicyWords.Count(count);

    internal static string Share(int part, int of) => of == 0 ? Nothing : $"{PolicyWords.Count(part)} of {PolicyWords.Count(of)}";

    internal static int Ended(OverviewDay day) => day.Released + day.Rejected + day.Expired + TakenBack(day);

    internal static int TakenBack(OverviewDay day) => day.Undone + day.Cancelled;
}
