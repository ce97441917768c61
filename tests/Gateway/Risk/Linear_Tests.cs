using System.Diagnostics;
using Contracts;
using CsCheck;
using Gateway.Risk.Attacks;
using Gateway.Risk.Secrets;

namespace Gateway.Tests.Risk;

/// <summary>
/// Looks for texts whose cost grows faster than their length: what triggers rules, in random rows, repeated. The ordinary run
/// reads some to their end; with <c>APPROVALS_NIGHTLY=1</c>, where nothing else runs, one text is compared with itself eight times as long.
/// </summary>
public sealed class Linear_Tests
{
    private const int Short = 12_000, Times = 8;

    /// <summary>Twice what linear work would take, since memory and collections of garbage are not linear; quadratic work takes four times this.</summary>
    private const double Most = 2.0 * Times;

    private static readonly bool Nightly = Environment.GetEnvironmentVariable("APPROVALS_NIGHTLY") == "1";

    private static readonly string[] Pieces =
    [
        .. AttackSigns.Rules.SelectMany(rule => rule.Triggers), .. SecretDetector.Vendors.SelectMany(rule => rule.Triggers), "password", "token", "api_key", "secret", "pin", "://", "-u ", "--", "key",
        " ", "\n", "\t", ".", ",", ":", "=", "\"", "'", "-", "_", "/", "@", "(", ")", "<", ">", "{", "}", "%41", "\\u0041", "&quot;", "a", "Ab", "1", "12", "4111 ", "+49 ", "DE89", "ann@site.org", "http://", "John ", "Main Street ",
        "Berlin", "é", "а", "机密", "\u200B", "\u202E", "\U000E0041", "SWdub3JlIGFsbA==", "69676e6f", "i g n o r e ", "gur ", "eht ", "all ", "previous ", "instructions ", "the ", "is ", "for ", "internal use only", "born ", "1990-01-02",
    ];

    [Fact]
    public void Whatever_a_text_repeats_it_is_read_to_its_end_and_eight_times_as_much_costs_about_eight_times_as_much() =>
        Gen.Int[0, Pieces.Length - 1].Array[1, 5].Sample(picked =>
        {
            var piece = string.Concat(picked.Select(at => Pieces[at]));
            Assert.DoesNotContain(RiskRoom.Assess(Text(piece, Short * Times)).Findings, finding => finding.Category == RiskCategory.Fault);
            if (!Nightly) return;
            var ratio = Cost(piece, Short * Times) / Cost(piece, Short);
            if (ratio > Most) ratio = Math.Min(ratio, Cost(piece, Short * Times) / Cost(piece, Short)); // something else may have run
            Assert.True(ratio <= Most, $"{ratio:0.0} times as long for \"{piece}\"");
        }, iter: Nightly ? 400 : 30, threads: 1);

    private static string Text(string piece, int length) => string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];

    private static double Cost(string piece, int length)
    {
        var text = Text(piece, length);
        RiskRoom.Assess(text); // builds what it needs
        return Enumerable.Range(0, 3).Min(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            RiskRoom.Assess(text);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        });
    }
}
