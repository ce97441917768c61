using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Gateway.Risk.Secrets;

/// <summary><c>user:password</c> in base64, as basic authentication and registries keep it.</summary>
internal static class EncodedPairs
{
    private const int Longest = 2_048;

    public static bool IsUserAndPassword(string value)
    {
        if (value.Length > Longest || Decode(value) is not { } pair || pair.IndexOf(':') is not (>= 0 and var colon)) return false;
        if (!pair.All(c => c is >= ' ' and <= '~')) return false;

        var (user, password) = (pair[..colon], pair[(colon + 1)..]);
        if (user.Length > 0 && password.Length == 0) return true; // A token in the place of the user.
        return password.Length >= 3 && !Placeholders.IsPlaceholder(password) && !Written.AssignedValue.IsCommonWord(password);
    }

    /// <summary>The text behind base64 with or without padding, plain or for addresses; null if it is none.</summary>
    public static string? Decode(ReadOnlySpan<char> value)
    {
        var trimmed = value.TrimEnd('=');
        if (trimmed.Length % 4 == 1) return null;
        Span<char> url = trimmed.Length <= Longest ? stackalloc char[trimmed.Length] : new char[trimmed.Length];
        trimmed.CopyTo(url);
        url.Replace('+', '-');
        url.Replace('/', '_');
        var bytes = new byte[Base64Url.GetMaxDecodedLength(url.Length)];
        var whole = Base64Url.DecodeFromChars(url, bytes, out _, out var length) == OperationStatus.Done
            || Base64Url.DecodeFromChars(url[..(url.Length / 4 * 4)], bytes, out _, out length) == OperationStatus.Done; // Cut off in the middle of a byte.
        return whole ? Encoding.Latin1.GetString(bytes, 0, length) : null;
    }

    /// <summary>Nobody's, put together here so that no source file holds one.</summary>
    public static string MadeUp() => Convert.ToBase64String(Encoding.ASCII.GetBytes(Risk.MadeUp.Fill("bob:{a14}")));
}
