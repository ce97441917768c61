using System.Globalization;
using System.Text;
using ApprovalsUI.Components.Text;

namespace ApprovalsUI.Components.Hosts;

/// <summary>What a host name looks like beside what it is.</summary>
internal static class HostLook
{
    private const int ShortestWhole = 3;
    private static readonly IdnMapping Idn = new();
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    /// <summary>Names that others dress up as: digits for letters and accents are only told for these.</summary>
    private static readonly HashSet<string> Imitated =
    [
        "adobe", "airbnb", "aliexpress", "amazon", "anthropic", "apple", "binance", "booking", "chase", "citibank", "coinbase", "dhl", "discord", "docusign", "dropbox",
        "ebay", "facebook", "fedex", "github", "gitlab", "gmail", "google", "hsbc", "icloud", "instagram", "linkedin", "mastercard", "metamask", "microsoft",
        "microsoftonline", "netflix", "office", "okta", "openai", "outlook", "paypal", "postbank", "revolut", "salesforce", "santander", "slack", "sparkasse",
        "spotify", "stripe", "telegram", "twitter", "visa", "wellsfargo", "whatsapp", "yahoo", "zoom",
    ];

    /// <param name="address">It stands where only a host can stand.</param>
    /// <returns>Null for a name that is what it looks like.</returns>
    internal static string? At(string host, bool address)
    {
        var labels = HostNames.Labels(host);
        if (labels.Length < 2 || labels.Any(label => label.Length == 0))
        {
            return null;
        }

        if (labels.Any(label => label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase)))
        {
            return Encoded(host);
        }

        var latin = labels.Select(Latin).ToArray();
        var whole = latin.All(label => label is not null) && IsEnding(latin[^1]!) ? string.Join('.', latin) : null; // all are there
        foreach (var (at, label) in labels.Index())
        {
            if (Oddity(label, latin[at], whole is not null) is { } odd)
            {
                return $"looks like {whole ?? latin[at]}, but {odd}";
            }

            if (latin[at] is { } plain && Dressed(plain, label) is { } name)
            {
                return $"looks like {string.Join('.', latin.Select((other, i) => i == at ? name : other ?? labels[i]))}, but is written {VisibleText.InOneLine(host)}";
            }

            if (address && Mixture(label) is { } mixture)
            {
                return mixture;
            }
        }

        return null;
    }

    private static string Encoded(string host)
    {
        try
        {
            var said = Idn.GetUnicode(host.ToLowerInvariant());
            return said.Equals(host, StringComparison.OrdinalIgnoreCase) ? "has a part in Punycode that says nothing" : $"stands for {VisibleText.InOneLine(said)}{(At(said, address: true) is { } look ? $", which {look}" : "")}";
        }
        catch (ArgumentException)
        {
            return "has a part in Punycode that cannot be read";
        }
    }

    /// <returns>The label in small ASCII letters; null when one of its letters looks like none.</returns>
    private static string? Latin(string label)
    {
        var latin = new StringBuilder();
        foreach (var rune in label.EnumerateRunes())
        {
            if (Confusables.Of(rune) is { } letter)
            {
                latin.Append(letter);
            }
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark)
            {
                return null;
            }
        }

        return latin.ToString();
    }

    /// <summary>Letters of another script among those that look alike; accents are no other script.</summary>
    private static string? Oddity(string label, string? latin, bool wholeLooksLatin)
    {
        var letters = label.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark).Index().ToList();
        var odd = letters.Where(letter => Rune.IsLetterOrDigit(letter.Item) && (Script.Of(letter.Item.Value) is { } script ? script != Script.Latin : false)
            || letter.Item.Value is 0x251 or 0x261 or 0x131 or 0x269 or 0x2113).ToList();
        if (latin is null || odd.Count == 0 || (odd.Count == letters.Count && (!wholeLooksLatin || letters.Count < ShortestWhole)))
        {
            return null;
        }

        var scripts = odd.Select(letter => Script.Of(letter.Item.Value)).Distinct().ToList();
        var named = string.Join(" and ", scripts.Select(script => script == Script.Latin ? "not the usual Latin" : script));
        return odd.Count == letters.Count ? $"every letter is {named}"
            : odd.Count > 1 ? $"{odd.Count} of its letters are {named}"
            : $"the {(odd[0].Index < Ordinals.Length ? $"{Ordinals[odd[0].Index]} letter" : $"letter {odd[0].Index + 1}")} is {named} {odd[0].Item}";
    }

    private static string? Dressed(string latin, string label)
    {
        var plain = latin.Replace('0', 'o').Replace('1', 'l').Replace('3', 'e').Replace('5', 's').Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal);
        return Imitated.Contains(plain) && !plain.Equals(label, StringComparison.OrdinalIgnoreCase) ? plain : null;
    }

    private static string? Mixture(string label)
    {
        var scripts = label.EnumerateRunes().Where(Rune.IsLetter).Select(rune => Script.Of(rune.Value)).OfType<string>().Distinct().ToList();
        return scripts.Count < 2 ? null
            : scripts.Exists(Script.RunsFromTheRight) ? $"is written in two directions ({string.Join(" and ", scripts)})"
            : $"mixes letters of {string.Join(" and ", scripts)}";
    }

    private static bool IsEnding(string label) => label.Length >= 2 && label.All(char.IsAsciiLetter);
}
