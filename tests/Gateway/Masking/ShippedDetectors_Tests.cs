using CsCheck;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Risk;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Masking;

/// <summary>Promise 7 with the detectors that ship: masking does not depend on chunking.</summary>
public sealed class ShippedDetectors_Tests
{
    private static readonly RiskScorer Scorer = new ServiceCollection().AddRisk().BuildServiceProvider().GetRequiredService<RiskScorer>();

    private static readonly long Cases = Environment.GetEnvironmentVariable("APPROVALS_NIGHTLY") == "1" ? 100_000 : 5_000;

    private static readonly string[] Secrets =
    [
        "ada.lovelace@example.org", "4111 1111 1111 1111", "4111-1111-1111-1111", "GB29 NWBK 6016 1331 9268 19", "DE89370400440532013000",
        "+49 30 901820", "gh" + "p_x7Qm2RkT9vLw4NbZ8sYc1HdJ6fGp3AeU5iKo", "AKIA" + "4QX7NPLR2WMVKT3B", "postgres://report:hunter2secret@db.internal:5432/sales",
    ];

    private static readonly Gen<string> Piece = Gen.OneOf<string>(
        Gen.OneOf<string>(Secrets),
        Gen.OneOf<string>("the", "password", "is", "card", "number", "in", "2024", "3", "people", "paid", "EUR", "at", "😀", "naïve", "[EMAIL_1]", "(see", "below)", "1.2.3", "=", ":", "\n", "\n\n", "\t"),
        Gen.String[Gen.Char.AlphaNumeric, 1, 12]);

    private static readonly Gen<(string Text, int[] Cuts)> Streams =
        from pieces in Piece.Array[0, 25]
        from glue in Gen.OneOf<string>(" ", " ", "  ", ", ")
        let text = string.Join(glue, pieces)
        from cuts in Gen.Int[0, Math.Max(0, text.Length)].Array[0, 20]
        select (text, cuts);

    [Fact]
    public void Promise_7_Masking_does_not_depend_on_chunking() => Streams.Sample(s =>
    {
        var whole = Mask().MaskWhole(s.Text);

        var stream = Mask().Open();
        var streamed = string.Concat(Cut(s.Text, s.Cuts).Select(stream.Push)) + stream.Finish();

        Assert.Equal(whole, streamed);
    }, iter: Cases);

    [Fact]
    public void What_the_detectors_find_in_the_whole_text_is_not_in_what_leaves() => Streams.Sample(s =>
    {
        var found = Scorer.FindSensitive(s.Text).Where(PromptPolicy.Hides).Select(f => s.Text[f.Start..f.End]).Where(v => Secrets.Contains(v)).CountBy(v => v);

        var leaves = Mask().MaskWhole(s.Text);

        Assert.All(found, value => Assert.True(Count(leaves, value.Key) <= Count(s.Text, value.Key) - value.Value, leaves));
    }, iter: Cases);

    private static int Count(string text, string value) => text.Split(value).Length - 1;

    private static AnswerMask Mask() => new(text => [.. Scorer.FindSensitive(text).Where(PromptPolicy.Hides)], new Pseudonyms(), _ => false);

    private static IEnumerable<string> Cut(string text, int[] cuts)
    {
        var at = 0;
        foreach (var cut in cuts.Order())
        {
            yield return text[at..cut];
            at = cut;
        }
        yield return text[at..];
    }
}
