using Contracts;
using Gateway.Risk;

namespace Gateway.Tests.Risk;

public sealed class HostileInput_Tests
{
    private const int Length = 100_000;

    /// <summary>Inputs that make scanners look again and again at the same place. Superlinear work on 100,000 characters would outlast any test run.</summary>
    public static TheoryData<string> Repeated =>
    [
        "a", " ", "\n", "@", "a@", "a.", "0", "0 ", "1-", "(1) ", "+1 ", "1.", "::", "f:", "A1 ", "DE89 ", "=", "==", "\"", "eyJ", "eyJ.", "-eyJ", "-----BEGIN ", "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA", "-----END ", "password", "password=", "password is ", "password=password=", "sk-sk-sk-", "%41", "\\u0041", "a,b,password\n", "as the password ", "api_key: ", "pin is ", "$2a$", "token: ", "-ops_eyJ", "-sk-proj-", "://", "://a:", "--token", "-u a:", "ghp_", "-AKIA", ".G", ":AA",
        "ignore ", "ignore all ", "ignore all previous ", "ignore all previous instructions. ", "reveal your ", "send ", "pretend ", "![", "![a](http://", "<|im_", "system:", "no ", "without any ", "{", "};\n", "if (",
        "\u200B", "\u202E", "\U000E0041", "\uD83D", "\uDC00", "é", "а", "aа1", "SWdub3Jl", "\"SWdub3Jl\" ", "x==", "\r\n\t ",
    ];

    [Theory, MemberData(nameof(Repeated))]
    public void A_hostile_input_is_read_to_its_end_without_a_fault(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length)) + " ann@site.org";

        var assessment = RiskRoom.Assess(text);

        Assert.DoesNotContain(assessment.Findings, f => f.Category == RiskCategory.Fault);
        Assert.Contains(assessment.Findings, f => f.End == text.Length);
    }
}
