using CsCheck;
using Gateway.Risk;

namespace Gateway.Tests.Risk;

/// <summary>What a streaming masker relies on: no match needs more than 128 units to its left, or anything to its right.</summary>
public sealed class LeftContext_Tests
{
    /// <summary>The context itself, and what tells whether a word begins there.</summary>
    private const int Least = InspectedText.ContextLength + 4, Most = 128;

    private static readonly string[] Sentences =
        [.. RiskRoom.Profiles.Where(p => p.Name != "secrets.private-key").SelectMany(p => p.Finds.Select(e => Marked.Read(e).Text).Concat(p.Spares))];

    private static readonly Gen<string> NamedFromAfar = Gen.Select(
        Gen.OneOf("call", "my phone is", "ssn", "version", "password"), Gen.Int[0, 30], Gen.OneOf("030 901820", "536228145", "12.34.56.78", "= hunter2x!"),
        (name, words, value) => $"{name} {string.Concat(Enumerable.Repeat("so on ", words))}{value}");

    private static readonly Gen<string> AnyText = Gen.OneOf(
        NamedFromAfar,
        Gen.OneOf<string>(Sentences), Gen.String[Gen.Char.AlphaNumeric, 0, 20], Gen.String[Gen.Char["0123456789 .-+()/"], 0, 30],
        Gen.OneOf("password: ", "my phone is ", "the password is ", "SSN", "call", "card", "token = ", "version ", ". ", ", ", "\n", "api_key=", "hasło to ", "is now ", "to ", " is ", "creds: bob / ", "mysql -u root -p", "login ", "my pin ", "kubeadm --token ", "password for the db ", "unzip -P ", "identified by ", "license key ", "machine h login bob password ", "password (old) for ", "```\n", ": string = ", "aws ", "ssn ", "Tel. "))
        .Array[1, 30].Select(pieces => string.Join(' ', pieces));

    [Fact]
    public void A_unit_with_what_stood_before_it_gives_the_findings_of_the_whole() =>
        Gen.Select(AnyText, Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000], Gen.Int[Least, Most]).Sample((text, first, second, context) =>
        {
            var cuts = SafeCuts(text);
            var (a, b) = (cuts[first % cuts.Count], cuts[second % cuts.Count]);
            var (start, end) = (Math.Min(a, b), Math.Max(a, b));
            var from = Math.Max(0, start - context);

            var whole = Spans(text, 0).Where(f => f.Start >= start && f.End <= end).ToList();
            var unit = Spans(text[from..end], from).Where(f => f.Start >= start).ToList();

            Assert.Equal(whole, unit);
            Assert.DoesNotContain(Spans(text, 0), f => f.Start < start && f.End > start);
        }, iter: 5_000);

    [Fact]
    public void A_name_farther_to_the_left_than_the_context_says_nothing()
    {
        var far = "my phone number is, as I said and will say again to anybody who cares to listen to me today, 441 8203";

        Assert.Empty(RiskRoom.Scorer.FindSensitive(far));
        Assert.NotEmpty(RiskRoom.Scorer.FindSensitive("my phone number is 441 8203"));
    }

    [Fact]
    public void Words_to_the_right_say_nothing()
    {
        Assert.Empty(RiskRoom.Scorer.FindSensitive("441 8203 is my phone number"));
        Assert.Empty(RiskRoom.Scorer.FindSensitive("536228145 is my social security number"));
    }

    private static List<(string Detector, int Start, int End, double Confidence)> Spans(string text, int offset) =>
        [.. RiskRoom.Scorer.FindSensitive(text).Select(f => (f.Detector, f.Start + offset, f.End + offset, f.Confidence))];

    /// <summary>Where a unit may end: before white space, unless digit groups or groups of an account number go on behind it.</summary>
    private static List<int> SafeCuts(string text)
    {
        List<int> cuts = [0, text.Length];
        for (var at = 1; at < text.Length - 1; at++)
        {
            if (!char.IsWhiteSpace(text[at])) continue;
            var digits = (char.IsAsciiDigit(text[at - 1]) || text[at - 1] == ')') && (char.IsAsciiDigit(text[at + 1]) || text[at + 1] == '(');
            var groups = text[at] == ' ' && char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at + 1]) && Word(text, at - 1, -1) is 4 && Word(text, at + 1, 1) <= 4;
            if (!digits && !groups) cuts.Add(at);
        }
        return cuts;
    }

    private static int Word(string text, int at, int step)
    {
        var length = 0;
        for (; at >= 0 && at < text.Length && char.IsAsciiLetterOrDigit(text[at]); at += step) length++;
        return length;
    }
}
