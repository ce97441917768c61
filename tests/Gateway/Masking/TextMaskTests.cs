using Contracts;
using Gateway.Masking;

namespace Gateway.Tests.Masking;

public sealed class TextMaskTests
{
    [Fact]
    public void Each_finding_becomes_its_token()
    {
        const string text = "Mail a@b.example, c@d.example and a@b.example.";

        Assert.Equal("Mail [EMAIL_1], [EMAIL_2] and [EMAIL_1].", TextMask.Apply(text, SampleFinder.Find(text), new Pseudonyms()));
    }

    [Fact]
    public void Text_without_findings_is_the_same_object()
    {
        var text = new string("nothing here");

        Assert.Same(text, TextMask.Apply(text, [], new Pseudonyms()));
    }

    [Fact]
    public void Overlapping_findings_become_one_named_after_the_longest()
    {
        Finding[] findings = [SampleFinder.Finding(4, 6, "PHONE_NUMBER"), SampleFinder.Finding(1, 5, "EMAIL_ADDRESS"), SampleFinder.Finding(2, 3, "SECRET")];
        var pseudonyms = new Pseudonyms();

        Assert.Equal("0[EMAIL_1]6789", TextMask.Apply("0123456789", findings, pseudonyms));
        Assert.True(pseudonyms.TryRestore("[EMAIL_1]", out var value));
        Assert.Equal("12345", value);
    }

    [Fact]
    public void Findings_side_by_side_stay_two()
    {
        Finding[] findings = [SampleFinder.Finding(5, 10, "SECRET"), SampleFinder.Finding(0, 5, "SECRET")];

        Assert.Equal("[SECRET_1][SECRET_2]", TextMask.Apply("0123456789", findings, new Pseudonyms()));
    }

    [Fact]
    public void A_finding_outside_the_text_is_a_fault_not_a_mask() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TextMask.Apply("short", [SampleFinder.Finding(2, 9, "SECRET")], new Pseudonyms()));
}
