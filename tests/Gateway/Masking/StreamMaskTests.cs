using Contracts;
using Gateway.Masking;

namespace Gateway.Tests.Masking;

public sealed class StreamMaskTests
{
    private const string Card = "4111 1111 1111 1111";

    [Theory]
    [InlineData("Hello wor", "Hello ")]
    [InlineData("I have 3 ap", "I have 3 ")]
    [InlineData("in 2024 The", "in 2024 ")]
    [InlineData("- one\n- two", "- one\n- ")]
    [InlineData("東京、大阪", "東京、")]
    [InlineData("card 4111 1111 11", "card ")]
    [InlineData("call +49 (0)30 123", "call ")]
    [InlineData("IBAN GB29 NWBK 6016 13", "IBAN ")]
    [InlineData("nino QQ 12 34", "nino ")]
    [InlineData("key -----BEGIN RSA PRI", "key ")]
    [InlineData("key -----BEGIN PUBLIC KEY----- M", "key -----BEGIN PUBLIC KEY----- ")]
    public void Only_what_could_still_become_a_match_is_held(string pushed, string left) => Assert.Equal(left, Mask().Open().Push(pushed));

    [Fact]
    public void What_is_left_comes_with_finish()
    {
        var stream = Mask().Open();

        Assert.Equal("", stream.Push("Hello"));
        Assert.Equal(5, stream.Held);
        Assert.Equal("Hello", stream.Finish());
        Assert.Equal(0, stream.Held);
        Assert.Equal("", stream.Finish());
        Assert.Throws<InvalidOperationException>(() => stream.Push("more"));
    }

    [Theory]
    [InlineData("Your card 4111 1111 1111 1111, thanks", "Your card [CARD hidden], thanks")]
    [InlineData("My password is correct-horse now", "My password is [SECRET hidden] now")]
    [InlineData("\uD83D\uDE00a@b.example\uD83D\uDE00", "\uD83D\uDE00[EMAIL hidden]\uD83D\uDE00")]
    [InlineData("password=[SECRET_1] ok", "password=hunter22 ok")]
    [InlineData("password=x[SECRET_1] ok", "password=xhunter22 ok")]
    [InlineData("a@b.example,[SECRET_1],c@d.example", "[EMAIL hidden],hunter22,[EMAIL hidden]")]
    public void Leaks_are_hidden_and_pseudonyms_restored(string answer, string left)
    {
        var mask = new AnswerMask(SampleFinder.Find, Pseudonyms.Import(new Dictionary<string, string> { ["[SECRET_1]"] = "hunter22" }), _ => false);

        Assert.Equal(left, mask.MaskWhole(answer));
    }

    [Fact]
    public void The_callers_own_value_is_no_leak()
    {
        var mask = new AnswerMask(SampleFinder.Find, new Pseudonyms(), value => value is Card);

        Assert.Equal($"{Card} but not [EMAIL hidden]", mask.MaskWhole($"{Card} but not a@b.example"));
        Assert.Equal(1, mask.Hidden);
        Assert.Equal(1, mask.HiddenByType["EMAIL_ADDRESS"]);
    }

    [Fact]
    public void Slots_of_one_answer_do_not_mix_but_are_counted_together()
    {
        var mask = Mask();
        var (first, second) = (mask.Open(), mask.Open());

        var left = first.Push("a@b.") + second.Push("password is") + first.Push("example") + second.Push(" hunter22") + "|" + first.Finish() + "|" + second.Finish();

        Assert.Equal("password is |[EMAIL hidden]|[SECRET hidden]", left);
        Assert.Equal(2, mask.Hidden);
    }

    [Fact]
    public void A_finding_that_begins_before_the_unit_hides_the_part_inside_it()
    {
        var mask = new AnswerMask(text => text.IndexOf("two words", StringComparison.Ordinal) is >= 0 and var at ? [SampleFinder.Finding(at, at + 9, "PERSON")] : [], new Pseudonyms(), _ => false);

        Assert.Equal("two [PERSON hidden] here", mask.MaskWhole("two words here"));
    }

    [Theory]
    [InlineData(3_000)]
    [InlineData(3_400)]
    [InlineData(3_580)]
    [InlineData(3_700)]
    [InlineData(4_000)]
    [InlineData(4_090)]
    public void A_secret_on_a_forced_boundary_is_judged_whole(int at)
    {
        var (secret, fill) = ("sk-" + new string('k', 900), new string('~', at));
        var own = new AnswerMask(SampleFinder.Find, new Pseudonyms(), value => value == secret);

        Assert.Equal($"{fill}[SECRET hidden]~", Mask().MaskWhole($"{fill}{secret}~"));
        Assert.Equal($"{fill}{secret}~", own.MaskWhole($"{fill}{secret}~"));
    }

    [Theory]
    [InlineData(2_500)]
    [InlineData(3_000)]
    [InlineData(3_500)]
    public void A_long_secret_in_minified_json_is_judged_whole_because_windows_end_at_delimiters(int at)
    {
        var secret = $"key:{new string('k', 1_900)}:end";
        var fill = string.Concat(Enumerable.Repeat("1,", at / 2));
        var mask = new AnswerMask(text => text.IndexOf(secret, StringComparison.Ordinal) is >= 0 and var start ? [SampleFinder.Finding(start, start + secret.Length, "SECRET")] : [], new Pseudonyms(), _ => false);

        Assert.Equal($"[{fill}\"[SECRET hidden]\",{fill}1]", mask.MaskWhole($"[{fill}\"{secret}\",{fill}1]"));
    }

    [Fact]
    public void A_value_longer_than_a_window_is_hidden_to_the_end_of_its_run()
    {
        var mask = new AnswerMask(text => text.IndexOf("key:", StringComparison.Ordinal) is >= 0 and var at ? [SampleFinder.Finding(at, text.Length, "SECRET")] : [], new Pseudonyms(), _ => false);

        Assert.Equal($"{new string('~', 1_000)}[SECRET hidden], then", mask.MaskWhole($"{new string('~', 1_000)}key:{new string('k', 20_000)}, then"));
        Assert.Equal(1, mask.Hidden);
    }

    [Fact]
    public void A_detector_never_sees_half_a_character()
    {
        var seen = new List<string>();
        var mask = new AnswerMask(text => { seen.Add(text); return []; }, new Pseudonyms(), _ => false);

        foreach (var shift in new[] { "", "x" }) mask.MaskWhole(shift + string.Concat(Enumerable.Repeat("😀", 5_000)) + " " + shift + "😀😀😀 end");

        Assert.All(seen, text => Assert.DoesNotContain(text.EnumerateRunes(), rune => rune == System.Text.Rune.ReplacementChar));
        Assert.True(seen.Count > 4);
    }

    [Fact]
    public void What_leaves_is_never_cut_inside_a_character()
    {
        foreach (var shift in new[] { "", "x", new string('~', 3_583) + "😀~" })
        {
            var stream = Mask().Open();
            foreach (var half in shift + string.Concat(Enumerable.Repeat("😀", 5_000)) + " 😀 end")
            {
                var left = stream.Push(half.ToString());
                Assert.False(left.Length > 0 && char.IsHighSurrogate(left[^1]), "A chunk left that ends with half a character.");
            }
        }
    }

    [Fact]
    public void What_is_held_is_bounded_whatever_comes()
    {
        foreach (var endless in new[] { "x", "7", "1 ", "AB 1 ", "a,", "[", "\uD83D\uDE00", "-----BEGIN ", "\\u0041", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B" })
        {
            foreach (var json in new[] { false, true })
            {
                var stream = Mask().Open(json);
                for (var i = 0; i < 40_000; i += endless.Length)
                {
                    stream.Push(endless);
                    Assert.InRange(stream.Held, 0, (KeyBlock.Longest + 200) * (json ? 6 : 1));
                }
            }
        }
    }

    [Theory]
    [InlineData("word ")]
    [InlineData("x")]
    [InlineData("7 ")]
    [InlineData("{\"a\":1},")]
    [InlineData("[EMAIL_1]")]
    public void The_work_grows_with_the_text_and_no_faster(string piece)
    {
        var (calls, judged) = (0L, 0L);
        var mask = new AnswerMask(text => { calls++; judged += text.Length; return []; }, Pseudonyms.Import(new Dictionary<string, string> { ["[EMAIL_1]"] = "a" }), _ => false);
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));

        mask.MaskWhole(text);

        Assert.InRange(calls, 1, text.Length);
        const int readings = 3; // as it is, spelled out, backwards
        Assert.InRange(judged, 1, readings * (text.Length + calls * 128 + text.Length / (UnitCutter.Longest - 512) * 512 + UnitCutter.Longest));
    }

    [Fact]
    public void A_whole_text_that_holds_nothing_is_looked_at_once()
    {
        var seen = new List<string>();
        var mask = new AnswerMask(text => { seen.Add(text); return SampleFinder.Find(text); }, Pseudonyms.Import(new Dictionary<string, string> { ["[EMAIL_1]"] = "a@caller.example" }), _ => false);
        const string prose = "Nothing is in these words that anybody would want to keep, and they are many.";

        Assert.Equal(prose, mask.MaskWhole(prose));
        Assert.Equal([prose], seen);

        Assert.Equal($"{prose} a@caller.example [EMAIL hidden] end", mask.MaskWhole($"{prose} [EMAIL_1] b@d.example end"));
        Assert.True(seen.Count > 10);
    }

    private static AnswerMask Mask() => new(SampleFinder.Find, new Pseudonyms(), _ => false);
}
