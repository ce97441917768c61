using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>Text on somebody's screen whose masked findings can be shown one at a time, each for a reason that is recorded first.</summary>
public interface IRevealing
{
    PersonView Person { get; }

    /// <summary>Findings this person has had shown, by index.</summary>
    IReadOnlyDictionary<int, string> Revealed { get; }

    /// <returns>The refusal, or null once the text is in <see cref="Revealed"/>.</returns>
    Task<ApiProblem?> RevealAsync(int finding, string reason);
}
