using System.Text.Json.Nodes;
using Gateway.Masking;
using Gateway.Policies;
using Gateway.Policy;

namespace Gateway.Tests.Masking;

/// <summary>What stands in a value's place where nothing is restored.</summary>
public sealed class WaysOfMasking_Tests
{
    [Theory]
    [InlineData("CREDIT_CARD", "4111 1111 1111 1111", "[CARD …1111]")]
    [InlineData("IBAN_CODE", "GB29 NWBK 6016 1331 9268 19", "[IBAN …6819]")]
    [InlineData("PHONE_NUMBER", "+49 (0)30 12-34", "[PHONE …1234]")]
    [InlineData("US_SSN", "12-34-567", "[SSN hidden]")]
    [InlineData("PERSON", "Ada Byron", "[PERSON …yron]")]
    [InlineData("PERSON", "Ada B.", "[PERSON hidden]")]
    public void Of_a_value_the_last_four_letters_or_digits_stay_and_of_a_short_one_nothing(string type, string value, string shown) =>
        Assert.Equal(shown, Labels.Partial(type, value));

    [Fact]
    public void A_digest_tells_equal_values_from_different_ones_and_says_nothing_else()
    {
        var key = Key("alice", "Be brief.", "Hello");

        var digest = Labels.Hash("EMAIL_ADDRESS", "ada@example.org", key);

        Assert.Matches(@"^\[EMAIL #[0-9a-f]{12}\]$", digest);
        Assert.Equal(digest, Labels.Hash("EMAIL_ADDRESS", "ada@example.org", Key("alice", "Be brief.", "Hello")));
        Assert.NotEqual(digest, Labels.Hash("EMAIL_ADDRESS", "bob@example.org", key));
    }

    [Theory]
    [InlineData("bob", "Be brief.", "Hello")]
    [InlineData("alice", "Be long.", "Hello")]
    [InlineData("alice", "Be brief.", "Good evening")]
    [InlineData("alice", "Be brief.Hello", "")]
    [InlineData("aliceBe brief.", "", "Hello")]
    public void Another_caller_and_another_beginning_have_other_digests(string caller, string system, string user) =>
        Assert.NotEqual(Key("alice", "Be brief.", "Hello").Digest("hash", "ada@example.org"), Key(caller, system, user).Digest("hash", "ada@example.org"));

    [Fact]
    public void Another_gateways_secret_has_other_digests() =>
        Assert.NotEqual(Key("alice").Digest("hash", "a"), ConversationKey.Of("another secret"u8, "alice", []).Digest("hash", "a"));

    [Fact]
    public void The_schema_offers_every_way_there_is()
    {
        var words = JsonNode.Parse(PolicySchema.Json)!["$defs"]!["masking"]!["items"]!["properties"]!["as"]!["enum"]!.AsArray().Select(word => (string)word!);

        Assert.Equal(Enum.GetNames<MaskedAs>().Select(name => name.ToLowerInvariant()).Order(), words.Order());
    }

    internal static ConversationKey Key(string caller, params string[] opening) => ConversationKey.Of("a secret of the gateway"u8, caller, opening);
}
