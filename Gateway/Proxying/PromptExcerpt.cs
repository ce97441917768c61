using Contracts;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Prompts;

namespace Gateway.Proxying;

/// <summary>The first words of the last turn, masked.</summary>
internal static class PromptExcerpt
{
    public static string Of(Prompt prompt, IReadOnlyList<Finding> findings)
    {
        var part = prompt.Body.Parts.LastOrDefault(p => p is { Role: "user", Kind: "text" }) ?? (prompt.Body.Parts.Count > 0 ? prompt.Body.Parts[0] : null);
        return part is null ? "" : Excerpt.Of(part.Text, findings.Where(f => f.Path == part.Path && PromptPolicy.Hides(f)));
    }
}
