namespace Gateway.Risk;

internal static class HexDigit
{
    /// <summary>Of what <see cref="char.IsAsciiHexDigit"/> says is one: letters of both cases lie nine before their value in the last four bits.</summary>
    public static int Value(char digit) => (digit & 15) + (digit > '9' ? 9 : 0);
}
