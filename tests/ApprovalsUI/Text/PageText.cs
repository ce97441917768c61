using System.Globalization;
using System.Text;
using AngleSharp.Dom;

namespace ApprovalsUI.Tests.Text;

/// <summary>Reads a text back from the page: what stands there, labels as the characters they stand for, the console's own notes left out.</summary>
internal static class PageText
{
    private static readonly string[] Elements = ["BDI", "SPAN", "BUTTON", "MARK"];
    private static readonly string[] Attributes = ["class", "role", "aria-label", "aria-expanded", "title", "type", "data-chars", "data-times"];

    internal static string Of(INode node) => node switch
    {
        IText text => text.Data,
        IElement element when element.ClassList.Contains("host-note") => "",
        IElement element when element.HasAttribute("data-chars") => Meant(element) + (element.GetAttribute("data-times") == "0" ? string.Concat(element.ChildNodes.Skip(1).Select(Of)) : ""),
        _ => string.Concat(node.ChildNodes.Select(Of)),
    };

    /// <summary>Whatever is there was put there by the console, and what shows can be seen.</summary>
    internal static void IsClean(IElement text, bool pictures)
    {
        foreach (var element in text.QuerySelectorAll("*").Prepend(text))
        {
            Assert.Contains(element.TagName, Elements);
            Assert.All(element.Attributes.Where(one => !one.Name.StartsWith("blazor:", StringComparison.Ordinal)), one => Assert.Contains(one.Name, Attributes));
            Assert.All(element.Attributes, one => IsSeen(one.Value, pictures));
        }

        IsSeen(text.TextContent, pictures);
    }

    internal static void IsSeen(string shown, bool pictures)
    {
        foreach (var rune in shown.EnumerateRunes().Where(rune => rune.Value is not ('\n' or '\t')))
        {
            var category = Rune.GetUnicodeCategory(rune);
            Assert.False(
                category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
                || (category is UnicodeCategory.Format && !pictures),
                $"U+{rune.Value:X4} is on the page.");
        }
    }

    private static string Meant(IElement label)
    {
        var unit = new StringBuilder();
        foreach (var code in (label.GetAttribute("data-chars") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = code.Split('*');
            var character = int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var said = character is >= 0xD800 and <= 0xDFFF ? ((char)character).ToString() : char.ConvertFromUtf32(character);
            unit.Insert(unit.Length, said, parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
        }

        return new StringBuilder().Insert(0, unit.ToString(), int.Parse(label.GetAttribute("data-times") ?? "1", CultureInfo.InvariantCulture)).ToString();
    }
}
