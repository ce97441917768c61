using ApprovalsUI.Components.Hosts;

namespace ApprovalsUI.Tests.Hosts;

public sealed class HostNamesTests
{
    [Theory]
    [InlineData("https://pаypal.com/login", "looks like paypal.com, but the second letter is Cyrillic а")]
    [InlineData("go to аррӏе.com now", "looks like apple.com, but every letter is Cyrillic")]
    [InlineData("gооgle.com", "looks like google.com, but 2 of its letters are Cyrillic")]
    [InlineData("micrοsoft.com.", "looks like microsoft.com, but the fifth letter is Greek ο")]
    [InlineData("mail me@exаmple.org", "looks like example.org, but the third letter is Cyrillic а")]
    [InlineData("ｐａｙｐａｌ.com", "looks like paypal.com, but every letter is wide Latin")]
    [InlineData("gith𝗎b.com", "looks like github.com, but the fifth letter is mathematical 𝗎")]
    [InlineData("ɡoogle.com", "looks like google.com, but the first letter is not the usual Latin ɡ")]
    [InlineData("login.paypaĺ.com", "looks like login.paypal.com, but is written login.paypaĺ.com")]
    [InlineData("www.paypa1.com", "looks like www.paypal.com, but is written www.paypa1.com")]
    [InlineData("rnicrosoft.com", "looks like microsoft.com, but is written rnicrosoft.com")]
    [InlineData("g00gle。com", "looks like google.com, but is written g00gle。com")]
    [InlineData("xn--80ak6aa92e.com", "stands for аррӏе.com, which looks like apple.com, but every letter is Cyrillic")]
    [InlineData("xn--mnchen-3ya.de", "stands for münchen.de")]
    [InlineData("xn--99999999.com", "has a part in Punycode that cannot be read")]
    [InlineData("https://shopмир.ru", "mixes letters of Latin and Cyrillic")]
    [InlineData("https://abcשלום.com", "is written in two directions (Latin and Hebrew)")]
    public void A_name_that_is_not_what_it_looks_like_is_told(string text, string words)
    {
        Assert.Equal(words, Assert.Single(HostNames.Find(text)).Words);
    }

    [Theory]
    [InlineData("https://www.example.com/paypal?q=1")]
    [InlineData("See paypal.com, google.com and microsoft.com.")]
    [InlineData("münchen.de and café.fr")]
    [InlineData("привет.рф и пример.com")]
    [InlineData("Это было вчера.Сегодня иначе.")]
    [InlineData("config-файл.txt")]
    [InlineData("日本語.jp と Googleの例.com")]
    [InlineData("中文。中文。中文")]
    [InlineData("שלום.co.il")]
    [InlineData("version 1.0.5, 127.0.0.1, 3.14")]
    [InlineData("e.g. i.e. a.b")]
    [InlineData("some-file.tar.gz")]
    [InlineData("α.β and Δx.Δy")]
    [InlineData("...")]
    public void A_name_that_is_what_it_looks_like_is_left_alone(string text)
    {
        Assert.Empty(HostNames.Find(text));
    }

    [Fact]
    public void Only_the_name_is_marked()
    {
        var text = "see (https://pаypal.com/login).";

        var found = Assert.Single(HostNames.Find(text));

        Assert.Equal("pаypal.com", text.Substring(found.Start, found.Length));
    }

    [Fact]
    public void What_is_longer_than_a_name_can_be_is_none()
    {
        Assert.Empty(HostNames.Find(new string('а', 100_000) + ".com"));
    }
}
