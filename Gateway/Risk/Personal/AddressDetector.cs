using System.Buffers;
using System.Text.RegularExpressions;
using Contracts;

namespace Gateway.Risk.Personal;

/// <summary>Street addresses as they are written in English, German, Dutch, French, Spanish and Italian: a street's word and a house's number.</summary>
internal sealed partial class AddressDetector : IRiskDetector
{
    private static readonly DetectorProfile Profile = new("personal.address", RiskCategory.Personal, "STREET_ADDRESS",
        ["lives at ⟦164 Silk Street⟧,", "⟦1600 Old Mill Road, Apt 4⟧", "wohnt ⟦Hauptstraße 12a⟧", "⟦12 rue de la Paix⟧", "⟦Calle Mayor 5⟧", "⟦Via Garibaldi 22⟧", "⟦Keizersgracht 101⟧", "⟦P.O. Box 1234⟧"],
        ["in 5 Steps", "version 12 Drive", "12 monkeys", "the road 66", "Via email 12"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public bool ReadsAnswers => false;

    public void Detect(InspectedText text, List<Finding> found)
    {
        foreach (var line in text.Text.AsSpan().Split('\n'))
        {
            var written = text.Text.AsSpan()[line];
            if (!written.ContainsAnyInRange('0', '9') || !written.ContainsAny(StreetWords)) continue; // every address has both, and none goes on in the next line
            var start = line.Start.Value;
            foreach (var match in Streets().EnumerateMatches(written)) found.Add(text.Finding(Profile, start + match.Index, start + match.Index + match.Length, 0.7, "Is written like a street address."));
        }
    }

    /// <summary>Of which <see cref="Streets"/> needs one: looked for first, as the pattern tries every number of a line.</summary>
    private static readonly SearchValues<string> StreetWords = SearchValues.Create(
        [" St", " Road", " Rd", " Row", " Ave", " Lane", " Ln", " Drive", " Court", " Ct", " Circle", " Close", " Crescent", " Boulevard", " Blvd", " Way", " Place", " Terrace", " Trail", " Parkway", " Pkwy", " Square",
         " Highway", " Hwy", " Gardens", " Mews",
         "straße", "strasse", "str.", "gasse", "allee", "platz", "weg", "damm", "ufer", "straat", "laan", "gracht", "plein", "kade",
         " rue ", " avenue ", " boulevard ", " place ", " impasse ", " chemin ", " allée ", " quai ", " route ",
         "Calle ", "Avenida ", "Avda", "Plaza ", "Paseo ", "Carrera ", "Via", "Piazza ", "Corso ", "Rua ", "Rue ", "Box "], StringComparison.Ordinal);

    private const string Name = @"[\p{Lu}][\p{L}'’.\-]{1,24}";

    [GeneratedRegex($$"""
        (?<![\w.,\-])\d{1,5}[A-Za-z]?\x20(?:{{Name}}\x20){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Court|Ct|Boulevard|Blvd|Way|Place|Terrace|Trail|Parkway|Pkwy|Circle|Square|Highway|Hwy|Close|Crescent|Row|Gardens|Mews)\b\.?(?:,?\x20(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|\#)\.?\x20?\w{1,5}\b)?
        | (?<!\w)P\.?\x20?O\.?\x20Box\x20\d{1,6}\b
        | (?<!\w)\p{Lu}[\p{L}\-]{2,24}(?:straße|strasse|str\.|gasse|allee|platz|weg|damm|ufer|straat|laan|gracht|plein|kade)\x20\d{1,4}\x20?[a-z]?\b
        | (?<![\w.,])\d{1,4}(?:\x20(?:bis|ter))?,?\x20(?:rue|avenue|boulevard|place|impasse|chemin|allée|quai|route)\x20(?:(?:de|du|des|la|le|les|d'|l')\x20?){0,2}{{Name}}(?:[\x20\-]{{Name}}){0,2}
        | (?<!\w)(?:Calle|Avenida|Avda\.?|Plaza|Paseo|Carrera|Via|Viale|Piazza|Corso|Rua|Rue)\x20(?:(?:de|del|della|di|da|do|la|los)\x20){0,2}{{Name}}(?:\x20{{Name}}){0,2},?\x20(?:n[.º°]\x20?)?\d{1,4}\b
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Streets();
}
