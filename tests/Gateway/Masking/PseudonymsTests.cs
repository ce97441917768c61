using Gateway.Masking;

namespace Gateway.Tests.Masking;

public sealed class PseudonymsTests
{
    [Fact]
    public void One_value_has_one_token_whatever_it_is_taken_for()
    {
        var pseudonyms = new Pseudonyms();

        Assert.Equal("[EMAIL_1]", pseudonyms.TokenFor("EMAIL_ADDRESS", "a@b.example"));
        Assert.Equal("[EMAIL_2]", pseudonyms.TokenFor("EMAIL_ADDRESS", "c@d.example"));
        Assert.Equal("[EMAIL_1]", pseudonyms.TokenFor("PERSON", "a@b.example"));
    }

    [Theory]
    [InlineData("CREDIT_CARD", "[CARD_1]")]
    [InlineData("PHONE_NUMBER", "[PHONE_1]")]
    [InlineData("SECRET", "[SECRET_1]")]
    [InlineData("AWS_ACCESS_KEY", "[SECRET_1]")]
    [InlineData("PRIVATE_KEY", "[SECRET_1]")]
    [InlineData("UK_NINO", "[UK_NINO_1]")]
    [InlineData("de-tax/id ü", "[DE_TAX_ID___1]")]
    [InlineData("", "[VALUE_1]")]
    public void A_token_tells_what_it_stands_for(string type, string token) => Assert.Equal(token, new Pseudonyms().TokenFor(type, "value"));

    [Fact]
    public void Tokens_that_stand_in_the_prompt_are_never_given_out()
    {
        var pseudonyms = new Pseudonyms(["What does [EMAIL_1] or [email_2] mean?", "[[EMAIL_4]]"]);

        Assert.Equal("[EMAIL_3]", pseudonyms.TokenFor("EMAIL_ADDRESS", "a@b.example"));
        Assert.Equal("[EMAIL_5]", pseudonyms.TokenFor("EMAIL_ADDRESS", "c@d.example"));
        Assert.False(pseudonyms.TryRestore("[EMAIL_1]", out _));
    }

    [Fact]
    public void A_stored_ticket_restores_the_same_values_and_goes_on_counting()
    {
        var before = new Pseudonyms();
        before.TokenFor("EMAIL_ADDRESS", "a@b.example");
        before.TokenFor("CREDIT_CARD", "4111111111111111");

        var after = Pseudonyms.Import(before.Export(), ["[EMAIL_2]"]);

        Assert.True(after.TryRestore("[CARD_1]", out var card));
        Assert.Equal("4111111111111111", card);
        Assert.Equal("[EMAIL_1]", after.TokenFor("EMAIL_ADDRESS", "a@b.example"));
        Assert.Equal("[EMAIL_3]", after.TokenFor("EMAIL_ADDRESS", "new@b.example"));
    }

    [Theory]
    [InlineData("[EMAIL_1]", "[email_1]")]
    [InlineData("EMAIL_1", "[EMAIL_2]")]
    [InlineData("[EMAIL_1] ", "[EMAIL_2]")]
    [InlineData("[EMAIL]", "[EMAIL_2]")]
    public void Damaged_stored_pseudonyms_are_refused_without_quoting_them(string first, string second)
    {
        var saved = new Dictionary<string, string> { [first] = "private value", [second] = "another" };

        var refusal = Assert.Throws<ArgumentException>(() => Pseudonyms.Import(saved));

        Assert.DoesNotContain("private value", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[EMAIL_1]", "first")]
    [InlineData("[email_1]", "first")]
    [InlineData("[EMAIL_10]", "tenth")]
    [InlineData("([EMAIL_1],[EMAIL_10])", "(first,tenth)")]
    [InlineData("[[EMAIL_1]]", "[first]")]
    [InlineData("[EMAIL_1][EMAIL_1]", "firstfirst")]
    [InlineData("[EMAIL_1](mailto:[EMAIL_1])", "first(mailto:first)")]
    [InlineData("[Email_1] [EMAIL_1]s, [EMAIL_1]'s", "first firsts, first's")]
    [InlineData("[EMAIL 1] [Email 10], [EMAIL-1]", "first tenth, first")]
    [InlineData("[EMAIL_01] [EMAIL 010]", "first tenth")]
    [InlineData(@"\[EMAIL\_1\] \[EMAIL_1\] [EMAIL\_1] \[EMAIL 1\]", "first first first first")]
    [InlineData(@"\[EMAIL_1] $\[x\]$", @"\first $\[x\]$")]
    [InlineData("[UK_NINO_2] [UK_NINO 2] [uk_nino-02]", "third third third")]
    [InlineData("[EMAIL_100] [EMAIL_0] [EMAIL_1 ] [ EMAIL_1] [EMAIL_1s] EMAIL_1 [EMAIL1] [EMAIL] [EMAIL_one] [EMAIL_1_1]", null)]
    [InlineData("{EMAIL_1} <EMAIL_1> (EMAIL_1) \"EMAIL_1\" $EMAIL_1 EMAIL 1 [PHONE_1] [EMAIL__1] [EMAIL  1] [EMAIL\n1] [UK NINO 2]", null)]
    [InlineData(@"[EMAIL_1\] [EMAİL_1] [ＥMAIL_1] [EMAIL_１] [EMAIL_1", null)]
    public void What_names_one_token_without_any_doubt_is_restored_and_all_else_stays(string answer, string? left)
    {
        var pseudonyms = Pseudonyms.Import(new Dictionary<string, string> { ["[EMAIL_1]"] = "first", ["[EMAIL_10]"] = "tenth", ["[UK_NINO_2]"] = "third" });
        var (mask, stream) = (new AnswerMask(SampleFinder.Find, pseudonyms, _ => false), new AnswerMask(SampleFinder.Find, pseudonyms, _ => false).Open());

        Assert.Equal(left ?? answer, mask.MaskWhole(answer));
        Assert.Equal(left ?? answer, string.Concat(answer.Select(c => stream.Push(c.ToString()))) + stream.Finish());
    }

    [Theory]
    [InlineData("[EMAIL 1]")]
    [InlineData("[email-01]")]
    [InlineData(@"\[EMAIL\_1\]")]
    public void A_form_that_the_caller_wrote_is_the_callers_word(string form)
    {
        var pseudonyms = new Pseudonyms([$"what is {form}?"]);

        Assert.Equal("[EMAIL_2]", pseudonyms.TokenFor("EMAIL_ADDRESS", "a@b.example"));
        Assert.Equal(form, new AnswerMask(SampleFinder.Find, pseudonyms, _ => false).MaskWhole(form));
    }

    [Fact]
    public void A_restored_value_is_not_restored_again()
    {
        var pseudonyms = Pseudonyms.Import(new Dictionary<string, string> { ["[A_1]"] = "[B_1]", ["[B_1]"] = "b@b.example" });

        Assert.Equal("[B_1]", new AnswerMask(SampleFinder.Find, pseudonyms, _ => false).MaskWhole("[A_1]"));
    }

    [Fact]
    public void Nothing_crosses_from_one_request_to_another()
    {
        var (mine, theirs) = (new Pseudonyms(), new Pseudonyms());
        mine.TokenFor("EMAIL_ADDRESS", "mine@a.example");
        theirs.TokenFor("EMAIL_ADDRESS", "theirs@b.example");
        theirs.TokenFor("EMAIL_ADDRESS", "more@b.example");

        const string answer = "Write to [EMAIL_1] and [EMAIL_2].";

        Assert.Equal("Write to mine@a.example and [EMAIL_2].", new AnswerMask(SampleFinder.Find, mine, _ => false).MaskWhole(answer));
        Assert.Equal("Write to theirs@b.example and more@b.example.", new AnswerMask(SampleFinder.Find, theirs, _ => false).MaskWhole(answer));
    }
}
