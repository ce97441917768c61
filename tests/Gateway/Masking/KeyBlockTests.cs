using Gateway.Masking;

namespace Gateway.Tests.Masking;

public sealed class KeyBlockTests
{
    private const string Key = $"-----BEGIN RSA PRIVATE KEY-----\n{AnswerTexts.KeyBody}-----END RSA PRIVATE KEY-----";

    [Fact]
    public void A_private_key_is_hidden_from_begin_to_end() =>
        Assert.Equal("Here:\n[SECRET hidden]\nKeep it safe.", Mask().MaskWhole($"Here:\n{Key}\nKeep it safe."));

    [Theory]
    [InlineData("const key = \"-----BEGIN PRIVATE KEY-----\\n\" +\n  \"MIIEvQIBADANBgkqhkiG9w0BAQEF\\n\" +\n  \"-----END PRIVATE KEY-----\";", "const key = \"[SECRET hidden]\";")]
    [InlineData("> -----BEGIN EC PRIVATE KEY-----\n> MHcCAQEEIIrYSSNQFaA2Hwf1duRS\n> -----END EC PRIVATE KEY-----", "> [SECRET hidden]")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nabc\n-----END RSA PRIVATE KEY-----.", "[SECRET hidden].")]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\nlQOYBF\n-----END PGP PRIVATE KEY BLOCK-----\n", "[SECRET hidden]\n")]
    [InlineData("-----BEGIN PRIVATE KEY----- MIIEvQIBADANBgkqhkiG9w0BAQEF -----END PRIVATE KEY----- x", "[SECRET hidden] x")]
    public void It_is_a_key_however_it_is_pasted(string answer, string left) => Assert.Equal(left, Mask().MaskWhole(answer));

    [Theory]
    [InlineData("It starts with `-----BEGIN RSA PRIVATE KEY-----` and ends with `-----END RSA PRIVATE KEY-----`.")]
    [InlineData("```\n-----BEGIN PRIVATE KEY-----\n```\nis the first line you should see.")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN MY PRIVATE KEYS-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY----- \\")]
    public void A_key_that_is_only_talked_about_stays(string answer) => Assert.Equal(answer, Mask().MaskWhole(answer));

    [Fact]
    public void The_callers_own_key_stays() => Assert.Equal(Key, new AnswerMask(SampleFinder.Find, new Pseudonyms(), value => value == Key).MaskWhole(Key));

    [Fact]
    public void An_answer_that_stops_inside_a_key_shows_none_of_it() => Assert.Equal("[SECRET hidden]", Mask().MaskWhole(Key[..80]));

    [Fact]
    public void Without_an_end_the_stated_number_of_characters_is_hidden_and_the_rest_is_judged_again()
    {
        var opened = $"-----BEGIN PRIVATE KEY-----\n{AnswerTexts.KeyBody}";
        var hidden = opened + new string('\n', KeyBlock.Longest - opened.Length);

        Assert.Equal("[SECRET hidden]Then mail [EMAIL hidden] please.", Mask().MaskWhole($"{hidden}Then mail a@b.example please."));
    }

    private static AnswerMask Mask() => new(text => [.. SampleFinder.Find(text).Where(f => f.Type != KeyBlock.Type)], new Pseudonyms(), _ => false);
}
