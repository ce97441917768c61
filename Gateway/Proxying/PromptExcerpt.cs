using Contracts;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Prompts;

namespace Gateway.Proxying;

/// <summary>The first words of the last turn, masked.</summary>
/// <param name="IsWhole">They are all that a model would read: no other text, no attachment, nothing cut.</param>
internal sealed record PromptExcerpt(string Words, bool IsWhole = false)
{
    public static PromptExcerpt Of(Prompt prompt, IReadOnlyList<Finding> findings)
    {
        var parts = prompt.Body.Parts;
        var part = parts.LastOrDefault(p => p is { Role: "user", Kind: "text" }) ?? (parts.Count > 0 ? parts[0] : null);
        if (part is null) return new PromptExcerpt("");

        var words = Excerpt.Of(part.Text, findings.Where(f => f.Path == part.Path && PromptPolicy.Hides(f)), out var cut);
        return new PromptExcerpt(words, !cut && parts.Count == 1 && prompt.Body.Attachments.Count == 0);
    }
}
