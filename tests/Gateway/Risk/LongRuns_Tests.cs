using Contracts;
using Gateway.Risk;
using Gateway.Risk.Personal;

namespace Gateway.Tests.Risk;

/// <summary>What is skipped in a run without end is nothing that would have been found.</summary>
public sealed class LongRuns_Tests
{
    private static readonly string Dots = string.Concat(Enumerable.Repeat("a.b.", 400));

    [Fact]
    public void Addresses_stand_before_and_behind_a_host_longer_than_any() =>
        Assert.Equal(["www.site.org", "mysite.com"], Found(new UrlDetector(), $"see www.site.org and {Dots} then mysite.com."));

    [Fact]
    public void A_host_longer_than_any_is_none_wherever_it_is_read_from() => Assert.Empty(Found(new UrlDetector(), Dots + "mysite.com"));

    [Theory]
    [InlineData("12 Old Mill Street"), InlineData("12 Mill St"), InlineData("12 Mill Rd"), InlineData("12 Mill Row"), InlineData("12 Mill Ave"), InlineData("12 Mill Ln"), InlineData("12 Mill Ct"), InlineData("12 Mill Crescent"), InlineData("12 Mill Blvd")]
    [InlineData("12 Mill Way"), InlineData("12 Mill Place"), InlineData("12 Mill Terrace"), InlineData("12 Mill Trail"), InlineData("12 Mill Pkwy"), InlineData("12 Mill Square"), InlineData("12 Mill Hwy"), InlineData("12 Mill Gardens"), InlineData("12 Mill Mews")]
    [InlineData("PO Box 12"), InlineData("Mühlstr. 12"), InlineData("Mühlengasse 12"), InlineData("Parkallee 12"), InlineData("Domplatz 12"), InlineData("Waldweg 12"), InlineData("Damrak 12", false), InlineData("Seeufer 12"), InlineData("Dorpsstraat 12"), InlineData("Erasmuslaan 12"), InlineData("Spuikade 12")]
    [InlineData("12 rue Haute"), InlineData("12 avenue Foch"), InlineData("12, quai Voltaire"), InlineData("Avenida Atlântica 12"), InlineData("Viale Mazzini 12"), InlineData("Rua Augusta 12"), InlineData("Corso Como 12")]
    public void An_address_is_found_by_each_word_for_a_street(string address, bool found = true) => Assert.Equal(found ? [address] : [], Found(new AddressDetector(), $"at {address}, and {new string('1', 300)}"));

    private static List<string> Found(IRiskDetector detector, string text)
    {
        List<Finding> found = [];
        detector.Detect(new InspectedText(new PromptPart("", "user", "text", text)), found);
        return [.. found.Select(finding => text[finding.Start..finding.End])];
    }
}
