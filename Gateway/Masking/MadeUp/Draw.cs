namespace Gateway.Masking.MadeUp;

/// <summary>Numbers that look random and are the same for the same key and seed.</summary>
internal sealed class Draw(ConversationKey key, string purpose, string seed)
{
    private byte[] bytes = [];
    private int used;
    private int round;

    public int Next(int below)
    {
        if (used == bytes.Length) (bytes, used) = (key.Digest($"{purpose} {round++}", seed), 0);
        var number = bytes[used] << 8 | bytes[used + 1];
        used += 2;
        return number % below;
    }

    public char Digit() => (char)('0' + Next(10));

    public string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => Digit()));

    /// <summary>A digit for a digit, a letter of the same case for a letter; letters of hexadecimal stay such.</summary>
    public char Like(char c, bool hex = false) => c switch
    {
        _ when char.IsAsciiDigit(c) => Digit(),
        _ when char.IsAsciiLetterUpper(c) => (char)('A' + Next(hex ? 6 : 26)),
        _ => (char)('a' + Next(hex ? 6 : 26)),
    };
}
