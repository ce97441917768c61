using CsCheck;
using Gateway.Risk;
using Gateway.Risk.Secrets;
using Gateway.Risk.Secrets.Written;

namespace Gateway.Tests.Risk.Secrets;

public sealed class Beginnings_Tests
{
    private static readonly SecretRule[] Rules = [.. WrittenRules.All.Concat(ToldRules.All).Concat(SpokenRules.All).Where(rule => rule.MayFit is not null)];

    /// <summary>With the Kelvin sign, which patterns take for a k.</summary>
    private static readonly string[] Pieces =
        ["password", "Passwd", "PASSWORD", "_NAME", "'", "\"", "']", "=", " = ", " ", "\t", "swordfish", "--", "--api-", "key", "\u212Aey", "to\u212Aen", "Tr0ub4dor&3x", "eyJ", "abcdefghijkl", ".", "-", "é", " to ", "'s", " is ", "“seven otters”", " for bob", " (old)", " of ", "\n"];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Array[1, 12].Select(picked => string.Concat(picked.Select(piece => Pieces[piece])));

    [Fact]
    public void No_rule_is_left_out_where_its_pattern_fits() => Texts.Sample(text =>
    {
        foreach (var rule in Rules)
        {
            for (var at = 0; at < text.Length; at++)
            {
                if (Fits(rule, text, at)) Assert.True(rule.MayFit!(text.AsSpan(at)), $"{rule.Profile.Name} at {at} of {text}");
            }
        }
    }, iter: 1_000);

    [Fact]
    public void What_cannot_fit_is_seen_without_the_pattern()
    {
        Assert.False(Beginnings.IsDottedRun("eyJeyJeyJ and on"));
        Assert.False(Beginnings.IsSecretOption("-----BEGIN PRIVATE KEY-----"));
        Assert.False(Beginnings.IsQuotedOrLoud("password=password="));
        Assert.False(Beginnings.HasSpace("password=password="));
        Assert.False(Beginnings.HasWhiteSpace("password=password="));
        Assert.False(Beginnings.HasQuote("password is password"));
    }

    private static bool Fits(SecretRule rule, string text, int at) =>
        rule.Tail is { } tail ? ToldMatch.Find(rule.Pattern, tail, text, at) is not null : rule.Pattern.Match(text, at, Math.Min(rule.Window, text.Length - at)) is { Success: true } match && match.Groups["v"].Index - at <= InspectedText.ContextLength;
}
