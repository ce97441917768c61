using System.Diagnostics;
using System.Text.Json;
using Contracts;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Prompts;

namespace Gateway.Proxying;

/// <summary>Writes pseudonyms, or what the policy wants in their place, into a prompt's bytes.</summary>
internal static class PromptMasking
{
    /// <returns>The masked body, or null where a finding stands in a place no pseudonym can take: then people have to look.</returns>
    /// <param name="key">Needed where <see cref="MaskingPlan.NeedsKey"/>.</param>
    public static byte[]? TryMask(Prompt prompt, IEnumerable<Finding> findings, MaskingPlan plan, Pseudonyms pseudonyms, ConversationKey? key = null)
    {
        ConversationKey Key() => key ?? throw new UnreachableException(); // whoever has such a plan asks for the key

        string TokenFor(string type, string value) => plan.For(type) switch
        {
            MaskedAs.Pseudonym => pseudonyms.TokenFor(type, value),
            MaskedAs.Label => Labels.Hidden(type),
            MaskedAs.Partial => Labels.Partial(type, value),
            MaskedAs.Fake => pseudonyms.FakeFor(type, value, Key()),
            MaskedAs.Hash => Labels.Hash(type, value, Key()),
            _ => throw new UnreachableException(), // what is kept is not masked
        };

        var byPath = findings.Where(plan.Hides).ToLookup(finding => finding.Path);
        var texts = new Dictionary<int, string>();
        for (var i = 0; i < prompt.Body.Parts.Count; i++)
        {
            var part = prompt.Body.Parts[i];
            if (!byPath.Contains(part.Path)) continue;
            var known = pseudonyms.Count;
            var masked = TextMask.Apply(part.Text, byPath[part.Path], TokenFor);
            if (masked == part.Text) continue;
            if (!prompt.Body.IsString(i) || BreaksJson(part, masked)) return null;
            // What a model has signed it wrote with the pseudonyms it was given: those it may have back, and nothing else.
            if (prompt.Body.IsSealed(i) && (pseudonyms.Count > known || byPath[part.Path].Any(finding => plan.For(finding.Type) != MaskedAs.Pseudonym))) return null;
            texts[i] = masked;
        }
        return prompt.Body.Rewrite(texts);
    }

    /// <summary>Tool arguments are JSON inside a string; a pseudonym in the place of a number would break them.</summary>
    public static bool BreaksJson(PromptPart part, string masked) =>
        part.Path.EndsWith("/arguments", StringComparison.Ordinal) && IsJson(part.Text) && !IsJson(masked);

    private static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
