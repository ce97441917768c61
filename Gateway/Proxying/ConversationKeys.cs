using Contracts;
using Gateway.Masking;
using Gateway.Prompts;
using Gateway.Texts;

namespace Gateway.Proxying;

/// <summary>
/// The key of a prompt's conversation. It hangs on a secret that the first gateway to need one makes up and seals in the
/// store, like any text: every instance finds the same, and nobody has to configure it. Whoever erases old texts leaves this one,
/// or running conversations get other digests and made-up values.
/// </summary>
internal sealed class ConversationKeys(InstallationSecrets secrets)
{
    private static readonly Guid SecretId = new("6d61736b-696e-4767-8b65-790000000001");

    private byte[]? secret;

    public async Task<ConversationKey> ForAsync(string caller, Prompt prompt, CancellationToken ct) =>
        ConversationKey.Of(secret ??= await secrets.OfAsync("conversations", SecretId, ct), caller, Opening(prompt.Body.Parts));

    /// <summary>
    /// The first system and the first user text. A client that sends only the newest turn (<c>previous_response_id</c>), or
    /// writes the time of day into its system text, begins a conversation with each call.
    /// </summary>
    public static IEnumerable<string> Opening(IReadOnlyList<PromptPart> parts) =>
        [parts.FirstOrDefault(part => part is { Role: "system", Kind: not "tool definition" })?.Text ?? "", parts.FirstOrDefault(part => part.Role == "user")?.Text ?? ""];
}
