using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Masking;
using Gateway.Tests.Risk;
using Gateway.Masking.MadeUp;

namespace Gateway.Tests.Masking;

/// <summary>Made-up values look like the real ones, belong to nobody and become the real ones again.</summary>
public sealed class Fakes_Tests
{
    private static readonly ConversationKey Key = WaysOfMasking_Tests.Key("alice", "", "Hello");

    [Theory]
    [InlineData("CREDIT_CARD", "4111 1111 1111 1111", @"^9999 \d{4} \d{4} \d{4}$")]
    [InlineData("CREDIT_CARD", "378282246310005", @"^9999\d{11}$")]
    [InlineData("IBAN_CODE", "GB29 NWBK 6016 1331 9268 19", @"^GB\d\d [A-Z]{4} \d{4} \d{4} \d{4} \d\d$")]
    [InlineData("EMAIL_ADDRESS", "jane.miller_88@example.org", @"^[a-z]{4}\.[a-z]{6}_\d\d@example\.(com|net|org)$")]
    [InlineData("EMAIL_ADDRESS", "a@b.co", @"^[a-z]{6}@example\.(com|net|org)$")]
    [InlineData("PHONE_NUMBER", "+1 (212) 664-7665", @"^\+1 \([2-8]{3}\) 555-01\d\d$")]
    [InlineData("PHONE_NUMBER", "212-664-7665", @"^[2-8]{3}-555-01\d\d$")]
    [InlineData("PHONE_NUMBER", "+44 (0)20 7234 5678", @"^\+44 \(0\)20 7946 0\d{3}$")]
    [InlineData("PHONE_NUMBER", "+447911123456", @"^\+447700900\d{3}$")]
    [InlineData("PHONE_NUMBER", "0033 6 12 34 56 78", @"^0033 6 39 98 \d\d \d\d$")]
    [InlineData("PHONE_NUMBER", "+49 30 90182012", @"^\+49 30 23125\d{3}$")]
    [InlineData("US_SSN", "219-09-9999", @"^666-\d\d-\d{4}$")]
    [InlineData("IP_ADDRESS", "10.20.30.40", @"^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$")]
    [InlineData("MAC_ADDRESS", "00:1A:2b:3c:4D:5e", @"^\d\d:\d[A-F]:\d[a-f]:\d[a-f]:\d[A-F]:\d[a-f]$")]
    [InlineData("UK_NINO", "QQ 12 34 56 C", @"^[A-Z]{2} \d\d \d\d \d\d [A-Z]$")]
    public void The_form_stays(string type, string value, string form) => Assert.Matches(form, new Pseudonyms([value]).FakeFor(type, value, Key));

    [Theory]
    [InlineData("PERSON", "Ada 1234 Lovelace")]
    [InlineData("STREET_ADDRESS", "12 Main Street 90210")]
    [InlineData("DATE_OF_BIRTH", "1990-01-02")]
    [InlineData("URL", "https://example.com/a/12345678")]
    [InlineData("PHONE_NUMBER", "+7 912 345-67-89")]
    [InlineData("IP_ADDRESS", "2001:db8::1")]
    [InlineData("SECRET", "correct-horse-battery")]
    [InlineData("PIN", "1234")]
    public void What_has_no_form_gets_a_pseudonym(string type, string value) =>
        Assert.Equal($"[{Labels.For(type)}_1]", new Pseudonyms([value]).FakeFor(type, value, Key));

    [Fact]
    public void A_request_with_more_values_than_can_be_made_sure_of_gets_tokens_for_the_rest()
    {
        var (letters, key) = (new string('x', 20_000_000), ConversationKey.Of([1], "caller", []));
        var pseudonyms = new Pseudonyms([letters]);

        var given = Enumerable.Range(0, 120).Select(i => pseudonyms.FakeFor("EMAIL_ADDRESS", $"person{i}@mail.example.org", key)).ToList();

        Assert.EndsWith("]", given[^1], StringComparison.Ordinal);
        Assert.Contains("@example.", given[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Cards_and_accounts_have_valid_check_digits_and_no_card_is_in_an_issuers_range() =>
        Gen.Select(AnswerTexts.Cards, AnswerTexts.Ibans).Sample((card, iban) =>
        {
            var pseudonyms = new Pseudonyms([card, iban]);
            var (fakeCard, fakeIban) = (pseudonyms.FakeFor("CREDIT_CARD", card, Key), pseudonyms.FakeFor("IBAN_CODE", iban, Key));

            Assert.Equal("CREDIT_CARD", Assert.Single(SampleFinder.Find($"it is {fakeCard}.")).Type);
            Assert.Equal("IBAN_CODE", Assert.Single(SampleFinder.Find($"it is {fakeIban}.")).Type);
            Assert.DoesNotContain(RiskRoom.Scorer.FindSensitive($"card {fakeCard}"), finding => finding.Type == "CREDIT_CARD");
            Assert.Contains(RiskRoom.Scorer.FindSensitive($"iban {fakeIban}"), finding => finding.Type == "IBAN_CODE");
        }, iter: 500);

    [Fact]
    public void One_value_has_one_fake_and_one_fake_one_value_in_a_conversation_and_others_elsewhere()
    {
        var (pseudonyms, again, elsewhere) = (new Pseudonyms(), new Pseudonyms(), new Pseudonyms());
        var other = WaysOfMasking_Tests.Key("bob", "", "Hello");
        var values = Enumerable.Range(0, 2_000).Select(i => $"user{i}@corp.example").ToList();

        var fakes = values.ConvertAll(value => pseudonyms.FakeFor("EMAIL_ADDRESS", value, Key));

        Assert.Distinct(fakes);
        Assert.Equal(fakes, values.ConvertAll(value => pseudonyms.FakeFor("PERSON", value, Key)));
        Assert.Equal(fakes[^1], again.FakeFor("EMAIL_ADDRESS", values[^1], Key));
        Assert.DoesNotContain(elsewhere.FakeFor("EMAIL_ADDRESS", values[0], other), fakes);
    }

    [Fact]
    public void When_all_numbers_kept_for_fiction_are_taken_pseudonyms_stand_in()
    {
        var pseudonyms = new Pseudonyms();
        var given = Enumerable.Range(0, 1_500).Select(i => pseudonyms.FakeFor("PHONE_NUMBER", $"+44 7911 {100_000 + i}", Key)).ToList();

        Assert.Distinct(given);
        Assert.Contains(given, fake => fake.StartsWith("[PHONE_", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fake_never_stands_in_the_request_however_it_is_written_there()
    {
        const string card = "4111 1111 1111 1111";
        var first = new Pseudonyms([card]).FakeFor("CREDIT_CARD", card, Key);

        var second = new Pseudonyms([card, $"not {first.Replace(" ", "", StringComparison.Ordinal)}!"]).FakeFor("CREDIT_CARD", card, Key);

        Assert.NotEqual(first, second);
        Assert.StartsWith("9999 ", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}", "{1}")]
    [InlineData("Write to {0}, or to <{0}>.", "Write to {1}, or to <{1}>.")]
    [InlineData("(mailto:{0})", "(mailto:{1})")]
    [InlineData("x{0} 0{0} y.{0} {0}x {0}.uk {0}-2", null)]
    public void A_fake_is_restored_where_it_stands_whole(string answer, string? left)
    {
        var pseudonyms = new Pseudonyms();
        var fake = pseudonyms.FakeFor("EMAIL_ADDRESS", "jane.miller@corp.example", Key);

        var restored = new AnswerMask(_ => [], pseudonyms, _ => false).MaskWhole(string.Format(null, answer, fake));

        Assert.Equal(string.Format(null, left ?? answer, fake, "jane.miller@corp.example"), restored);
    }

    [Fact]
    public void A_number_is_restored_however_its_groups_are_written_and_never_inside_a_longer_one()
    {
        const string card = "4111 1111 1111 1111", phone = "+49 30 90182012";
        var pseudonyms = new Pseudonyms();
        var (fake, number) = (pseudonyms.FakeFor("CREDIT_CARD", card, Key), pseudonyms.FakeFor("PHONE_NUMBER", phone, Key));
        var bare = fake.Replace(" ", "", StringComparison.Ordinal);
        var mask = new AnswerMask(_ => [], pseudonyms, _ => false);

        Assert.Equal($"{card}, {card}; visa-{card} 卡号{card}。", mask.MaskWhole($"{bare}, {fake.Replace(' ', '-')}; visa-{fake} 卡号{fake}。"));
        Assert.Equal($"({phone}) {phone}", mask.MaskWhole($"({number}) {number.Replace(" ", "", StringComparison.Ordinal)}"));
        Assert.Equal($"{bare}7 7{bare} {bare}.5 A{bare}", mask.MaskWhole($"{bare}7 7{bare} {bare}.5 A{bare}"));
    }

    [Theory]
    [InlineData("4111111111111111", """{"n":4111111111111111,"s":"4111111111111111"}""")]
    [InlineData("4111-1111-1111-1111", """{"n":"4111-1111-1111-1111","s":"4111-1111-1111-1111"}""")]
    public void In_arguments_a_number_stays_one_if_it_can(string card, string left)
    {
        var pseudonyms = new Pseudonyms();
        var bare = WrittenValue.Bare(pseudonyms.FakeFor("CREDIT_CARD", card, Key));

        var restored = new AnswerMask(_ => [], pseudonyms, _ => false).MaskWhole($$"""{"n":{{bare}},"s":"{{bare}}"}""", jsonText: true);

        Assert.Equal(left, restored);
        Assert.NotNull(JsonNode.Parse(restored));
    }

    [Fact]
    public void Two_spellings_of_a_number_share_its_digits_and_are_restored_each_as_it_was()
    {
        var pseudonyms = new Pseudonyms();
        var (spaced, dashed) = (pseudonyms.FakeFor("CREDIT_CARD", "4111 1111 1111 1111", Key), pseudonyms.FakeFor("CREDIT_CARD", "4111-1111-1111-1111", Key));

        Assert.Equal(spaced.Replace(' ', '-'), dashed);
        Assert.Equal("4111-1111-1111-1111 and 4111 1111 1111 1111", new AnswerMask(_ => [], pseudonyms, _ => false).MaskWhole($"{dashed} and {spaced}"));
    }

    [Fact]
    public void A_stored_ticket_restores_fakes_as_well()
    {
        var before = new Pseudonyms();
        var (fake, token) = (before.FakeFor("EMAIL_ADDRESS", "jane.miller@corp.example", Key), before.TokenFor("PERSON", "Jane Miller"));

        var after = Pseudonyms.Import(before.Export());

        Assert.Equal("Jane Miller, jane.miller@corp.example", new AnswerMask(SampleFinder.Find, after, _ => false).MaskWhole($"{token}, {fake}"));
        Assert.Equal(fake, after.FakeFor("EMAIL_ADDRESS", "jane.miller@corp.example", Key));
        Assert.Equal(before.Export().OrderBy(pair => pair.Key), after.Export().OrderBy(pair => pair.Key));
    }

    [Fact]
    public void A_made_up_value_is_no_leak_and_a_real_one_beside_it_is()
    {
        var pseudonyms = new Pseudonyms();
        var fake = pseudonyms.FakeFor("EMAIL_ADDRESS", "jane.miller@corp.example", Key);
        var mask = new AnswerMask(SampleFinder.Find, pseudonyms, _ => false);

        Assert.Equal("jane.miller@corp.example but not [EMAIL hidden]", mask.MaskWhole($"{fake} but not ada@b.example"));
        Assert.Equal(1, mask.Hidden);
    }
}
