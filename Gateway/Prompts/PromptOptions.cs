using System.ComponentModel.DataAnnotations;

namespace Gateway.Prompts;

/// <summary>Bounds of a request.</summary>
internal sealed class PromptOptions
{
    public const string Section = "Proxy";

    /// <summary>Bytes of a prompt; a larger one gets 413.</summary>
    [Range(1_024, 256 * 1_024 * 1_024)]
    public int LargestPrompt { get; set; } = 8 * 1_024 * 1_024;

    /// <summary>Routes (with <c>*</c>) whose bodies may pass unread, such as audio uploads. Each is recorded as unread.</summary>
    public List<string> UnreadRoutes { get; set; } = [];
}
