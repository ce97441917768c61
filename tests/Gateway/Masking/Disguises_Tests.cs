using System.Text;
using CsCheck;
using Gateway.Masking;
using Gateway.Masking.Disguised;
using Gateway.Policy;
using Gateway.Tests.Risk;

namespace Gateway.Tests.Masking;

/// <summary>An answer that says a value without showing it, judged by the detectors that ship.</summary>
public sealed class Disguises_Tests
{
    private const string Card = "4111111111111111", Email = "ada.lovelace@example.org", Iban = "DE89370400440532013000";

    public static TheoryData<string, string> Disguised => new()
    {
        { Base64(Email), "[EMAIL hidden]" },
        { Base64($"her address is {Email}, so"), "[EMAIL hidden]" },
        { Base64(Card), "[CARD hidden]" },
        { Base64(Iban).TrimEnd('='), "[IBAN hidden]" },
        { Convert.ToHexString(Encoding.ASCII.GetBytes(Email)), "[EMAIL hidden]" },
        { Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Card)), "[CARD hidden]" },
        { "ada.lovelace%40example.org", "[EMAIL hidden]" },
        { "https://x.example/?q=ada.lovelace%40example%2Eorg&z=1", "https://x.example/?q=[EMAIL hidden]&z=1" },
        { string.Concat(Card.Select(c => $"&#{(int)c};")), "[CARD hidden]" },
        { string.Concat(Email.Select(c => $"&#x{(int)c:x};")), "[EMAIL hidden]" },
        { "ada.lovelace&commat;example&period;org", "[EMAIL hidden]" },
        { @"ada.lovelace\u0040example.org", "[EMAIL hidden]" },
        { Reversed(Email), "[EMAIL hidden]" },
        { Reversed(Card), "[CARD hidden]" },
        { Reversed(Iban), "[IBAN hidden]" },
        { string.Join(' ', Card.ToArray()), "[CARD hidden]" },
        { string.Join('\n', Card.ToArray()), "[CARD hidden]" },
        { string.Join("\r\n", Card.ToArray()), "[CARD hidden]" },
        { string.Join(", ", Card.ToArray()), "[CARD hidden]" },
        { string.Join('-', Card.ToArray()), "[CARD hidden]" },
        { string.Join(' ', Email.ToArray()), "[EMAIL hidden]" },
        { string.Join('\n', Email.ToArray()), "[EMAIL hidden]" },
        { "four" + string.Concat(Enumerable.Repeat(" one", 15)), "[CARD hidden]" },
        { "Four" + string.Concat(Enumerable.Repeat(", one", 14)) + " 1", "[CARD hidden]" },
        { "four" + string.Concat(Enumerable.Repeat("-one", 15)), "[CARD hidden]" },
    };

    [Theory]
    [MemberData(nameof(Disguised))]
    public void A_value_in_disguise_is_hidden_and_counted_in_any_chunks(string disguised, string left)
    {
        var (mask, stream) = (Mask(), Mask().Open());

        Assert.Equal($"It is {left} she said", mask.MaskWhole($"It is {disguised} she said"));
        Assert.Equal(1, mask.Hidden);
        Assert.Equal($"It is {left} she said", string.Concat($"It is {disguised} she said".Select(c => stream.Push(c.ToString()))) + stream.Finish());
    }

    [Theory]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("msg_01XFDUDYJgAACzvnptvVoYEL chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT 550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("SGVsbG8sIHdvcmxkISBUaGlzIGlzIGEgbGV0dGVyLg== and 48656c6c6f2c20776f726c6421")]
    [InlineData("one two three four five six seven eight nine ten; one, two, three")]
    [InlineData("1 2 3 4 5 6 7 8 9\n4 5 6 7 8 9 1 2 3\n7 8 9 1 2 3 4 5 6")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z")]
    [InlineData("- a\n- b\n- c\n- d\n- e\n- f\n- g\n")]
    [InlineData("q=what%20is%20a%20fugue%3F &amp; &#8364;5 \\u00e9t\\u00e9 100% &nbsp; R&D @home 12345678901234")]
    public void What_only_looks_like_it_stays(string answer)
    {
        var mask = Mask();

        Assert.Equal(answer, mask.MaskWhole(answer));
        Assert.Equal(0, mask.Hidden);
    }

    [Fact]
    public void Pictures_digests_ids_and_times_stay()
    {
        var bytes = Gen.Byte.Array[9, 200];
        var ordinary = Gen.OneOf(bytes.Select(Convert.ToBase64String), bytes.Select(Convert.ToHexStringLower), Gen.Guid.Select(id => id.ToString()), Gen.DateTime.Select(time => time.ToString("O")),
            Gen.Int[1, 99].Array[4, 60].Select(numbers => string.Join(' ', numbers)), Gen.Int[0, 9].Array[4, 11].Select(digits => string.Join('\n', digits)), Gen.Double.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        ordinary.Sample(text =>
        {
            var edits = new List<Edit>();
            var mask = Mask();
            new Disguises(mask, new SlotText(json: false)).Find(text, edits);
            Assert.Empty(edits);
        }, iter: AnswerTexts.Cases);
    }

    [Fact]
    public void The_callers_own_value_may_be_said_in_any_way()
    {
        var mask = new AnswerMask(Find, new Pseudonyms(), value => value is Email or Card);
        var answer = $"{Base64(Email)} {Reversed(Card)} {string.Join(' ', Email.ToArray())}";

        Assert.Equal(answer, mask.MaskWhole(answer));
    }

    [Theory]
    [InlineData("""{"q":"$","n":1}""", """{"q":"[EMAIL hidden]","n":1}""")]
    public void In_arguments_the_json_stays(string arguments, string left) =>
        Assert.Equal(left, Mask().MaskWhole(arguments.Replace("$", Base64(Email), StringComparison.Ordinal), jsonText: true));

    [Fact]
    public void In_arguments_a_number_backwards_becomes_a_string() =>
        Assert.Equal("""{"n":"[CARD hidden]"}""", Mask().MaskWhole("""{"n":""" + Reversed("4012888888881881") + "}", jsonText: true));

    /// <summary>What docs/masking.md says is not caught; a change here changes that page.</summary>
    [Fact]
    public void What_goes_around_the_mask()
    {
        string[] around =
        [
            Base64(Base64(Email)), "QR89370400440532013000", // the letters of an IBAN moved by thirteen
            "ada dot lovelace at example dot org", "vier" + string.Concat(Enumerable.Repeat(" eins", 15)), "1. 4\n2. 1\n3. 1\n4. 1\n5. 1\n",
            $"{Base64(Email)[..10]} {Base64(Email)[10..]}",
        ];

        Assert.All(around, answer => Assert.Equal(answer, Mask().MaskWhole(answer)));
    }

    [Fact]
    public void Disguises_do_not_depend_on_chunking()
    {
        var values = Gen.OneOf<string>(AnswerTexts.Emails, AnswerTexts.Cards, AnswerTexts.Ibans);
        var disguised = Gen.Select(values, Gen.Int[0, 6]).Select((value, way) => way switch
        {
            0 => Base64(value),
            1 => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(value)),
            2 => Uri.EscapeDataString(value),
            3 => string.Concat(value.Select(c => $"&#{(int)c};")),
            4 => Reversed(value),
            5 => string.Join('\n', value.ToArray()),
            _ => string.Join(' ', value.ToArray()),
        });

        Gen.Select(AnswerTexts.WithValues(disguised), AnswerTexts.Cuts, Gen.Bool).Sample((sample, cuts, json) =>
        {
            var stream = new AnswerMask(SampleFinder.Find, new Pseudonyms(), _ => false).Open(json);

            Assert.Equal(new AnswerMask(SampleFinder.Find, new Pseudonyms(), _ => false).MaskWhole(sample.Text, json), string.Concat(AnswerTexts.Chunks(sample.Text, cuts).Select(stream.Push)) + stream.Finish());
        }, iter: AnswerTexts.Cases);
    }

    private static AnswerMask Mask() => new(Find, new Pseudonyms(), _ => false);

    private static IReadOnlyList<Contracts.Finding> Find(string text) => [.. RiskRoom.Scorer.FindSensitive(text).Where(PromptPolicy.Hides)];

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static string Reversed(string text) => string.Concat(text.Reverse());
}
