using MudBlazor;

namespace ApprovalsUI.Components.Shell;

/// <summary>Type and shape for MudBlazor. Colours live in <c>tokens.css</c> alone, where light and dark are chosen before the first paint.</summary>
internal static class ConsoleTheme
{
    private static readonly string[] Family = ["Atkinson Hyperlegible Next", "system-ui", "sans-serif"];

    internal static MudTheme Theme { get; } = new()
    {
        LayoutProperties = new() { DefaultBorderRadius = "8px" },
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = Family, FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Family, FontSize = "0.9375rem", FontWeight = "600", LetterSpacing = "normal", TextTransform = "none" },
        },
    };
}
