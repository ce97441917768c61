using System.Net;
using Gateway.Webhooks;

namespace Gateway.Tests.Webhooks;

public sealed class Webhooks_Tests
{
    [Theory]
    [InlineData("127.0.0.1"), InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1")]
    [InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("0.0.0.0"), InlineData("224.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("198.18.0.1"), InlineData("192.0.2.1"), InlineData("198.51.100.7"), InlineData("203.0.113.9")]
    [InlineData("::1"), InlineData("::"), InlineData("fe80::1"), InlineData("fc00::1"), InlineData("fd12::1"), InlineData("ff02::1")]
    [InlineData("::ffff:10.0.0.1"), InlineData("::ffff:127.0.0.1"), InlineData("2002:0a00:0001::1"), InlineData("2001:db8::1"), InlineData("2001::1"), InlineData("64:ff9b::a00:1")]
    public void An_address_that_is_not_public_is_refused(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1"), InlineData("172.15.0.1"), InlineData("172.32.0.1"), InlineData("100.128.0.1"), InlineData("2606:4700:4700::1111"), InlineData("::ffff:8.8.8.8")]
    public void A_public_address_is_let_through(string address) => Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public void The_signature_is_an_hmac_over_id_time_and_body()
    {
        const string body = """{"a":1}""";
        var plain = WebhookNotices.Sign("a-secret-of-enough-length", "msg_1", 1_700_000_000, body);
        var encoded = WebhookNotices.Sign("whsec_" + Convert.ToBase64String("a-secret-of-enough-length"u8), "msg_1", 1_700_000_000, body);

        var expected = System.Security.Cryptography.HMACSHA256.HashData("a-secret-of-enough-length"u8, """msg_1.1700000000.{"a":1}"""u8);
        Assert.Equal("v1," + Convert.ToBase64String(expected), plain);
        Assert.Equal(plain, encoded);
        Assert.NotEqual(plain, WebhookNotices.Sign("a-secret-of-enough-length", "msg_1", 1_700_000_001, body));
    }
}
