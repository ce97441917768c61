using System.Globalization;
using System.Text;
using CsCheck;

namespace Gateway.Tests.Masking;

/// <summary>Random texts with known sensitive values in them, and random ways of cutting them.</summary>
internal static class AnswerTexts
{
    /// <summary>5,000 in the ordinary run, 100,000 with <c>APPROVALS_NIGHTLY=1</c>.</summary>
    public static int Cases { get; } = Environment.GetEnvironmentVariable("APPROVALS_NIGHTLY") == "1" ? 100_000 : 5_000;

    /// <summary>What <see cref="TokenPieces"/> and golden files may refer to.</summary>
    public const string KeyBody = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\nggSjAgEAAoIBAQC7VJTUt9Us8cKjMzEfYyji\nWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuict=\n";

    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static Gen<string> Characters(string from, int min, int max) =>
        Gen.Int[0, from.Length - 1].Array[min, max].Select(picks => string.Concat(picks.Select(i => from[i])));

    public static Gen<string> Emails { get; } =
        Gen.Select(Characters("abcdefghijklmnopqrstuvwxyz0123456789", 3, 12), Characters("abcdefghijklmnopqrstuvwxyz", 3, 9), Gen.OneOf<string>("com", "co.uk", "example", "org"))
            .Select((name, host, top) => $"{name}@{host}.{top}");

    public static Gen<string> Cards { get; } =
        Gen.Select(Characters("0123456789", 14, 14), Gen.OneOf<string>("", " ", "-")).Select((digits, separator) =>
        {
            var fifteen = "4" + digits;
            var sum = fifteen.Reverse().Select((c, i) => i % 2 == 0 ? (c - '0') * 2 : c - '0').Sum(d => d > 9 ? d - 9 : d);
            var card = fifteen + (char)('0' + (10 - sum % 10) % 10);
            return string.Join(separator, card.Chunk(4).Select(four => new string(four)));
        });

    public static Gen<string> Ibans { get; } =
        Gen.Select(Characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4, 4), Characters("0123456789", 14, 14), Gen.Bool).Select((bank, account, spaced) =>
        {
            var digits = string.Concat((bank + account + "GB00").Select(c => char.IsAsciiDigit(c) ? $"{c}" : $"{c - 'A' + 10}"));
            var check = 98 - digits.Aggregate(0, (rest, c) => (rest * 10 + c - '0') % 97);
            var iban = $"GB{check:00}{bank}{account}";
            return spaced ? string.Join(' ', iban.Chunk(4).Select(four => new string(four))) : iban;
        });

    public static Gen<string> Phones { get; } =
        Gen.Select(Characters("123456789", 3, 3), Characters("0123456789", 5, 5), Gen.OneOf<string>("+49 (0){0} {1}", "+1-{0}-{1}", "+44{0}{1}", "+33 {0} {1}"))
            .Select((area, number, form) => string.Format(CultureInfo.InvariantCulture, form, area, number));

    public static Gen<string> Secrets { get; } = Gen.OneOf<string>(
        Characters(Alphanumeric, 24, 60).Select(s => "sk-" + s),
        Characters(Alphanumeric, 36, 36).Select(s => "ghp_" + s),
        Characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 16, 16).Select(s => "AKIA" + s));

    public static Gen<string> Keys { get; } =
        Gen.Select(Gen.OneOf<string>("", "RSA ", "EC "), Characters(Alphanumeric, 64, 64), Gen.OneOf<string>("\n", "\r\n", "\\n"))
            .Select((kind, line, end) => $"-----BEGIN {kind}PRIVATE KEY-----{end}{line}{end}{KeyBody}-----END {kind}PRIVATE KEY-----");

    public static Gen<string> Values { get; } = Gen.Frequency<string>((4, Emails), (4, Cards), (3, Ibans), (3, Phones), (2, Secrets), (1, Keys));

    public static Gen<string> Prose { get; } = Gen.OneOf<string>(
        "the", "quick", "Order", "I", "a", "OK", "naïve", "größer", "is", "in 2024 we", "on page 12 of 40", "IBM", "THE END",
        "😀", "👩‍👩‍👧", "日本語、", "東京。", "Привет", "e-mail:", "(see", "below)", "- item", "3.14", "C:\\temp\\x", "\\[EMAIL_1\\]",
        "`code`", "{ \"a\": 1 }", "@home", "[link](https://example.com/a?b=c)", "-----BEGIN PUBLIC KEY-----", "-----BEGIN", "[", "]", "[[",
        "a\u200Bb", "\u202Erev", "50 %", "x = y", "1 2 3", "U.S.", "\"quoted\"", "BEGIN RSA PRIVATE KEY", "[EMAIL_999]", "[NOTE_X]", "[EMAIL_01]");

    public static Gen<string> Gaps { get; } = Gen.OneOf<string>(" ", " ", " ", "\n", "  ", ", ", "; ", "\n\n", "\t", " — ", "\u00A0a ", ".\n");

    /// <summary>A text and the values in it, each between words, so that no two values touch.</summary>
    public static Gen<(string Text, string[] Values)> WithValues(Gen<string> values, int most = 8) =>
        Gen.Select(Gen.Select(Prose, Gaps, values, Gaps, Gen.Bool).Array[1, most], Prose, (pieces, last) =>
        {
            var text = new StringBuilder();
            var used = new List<string>();
            foreach (var (prose, gap, value, next, sensitive) in pieces)
            {
                text.Append(prose).Append(gap).Append("then ");
                if (sensitive) used.Add(value);
                if (sensitive) text.Append(value).Append(next).Append("and ");
            }
            return (text.Append(last).ToString(), used.ToArray());
        });

    /// <summary>Sizes of chunks, used in turn; zero is an empty chunk.</summary>
    public static Gen<int[]> Cuts { get; } = Gen.Frequency<int>((2, Gen.Int[1, 3]), (2, Gen.Int[0, 12]), (1, Gen.Int[1, 400])).Array[1, 12]
        .Select(sizes => sizes.All(size => size == 0) ? [1] : sizes);

    public static IEnumerable<string> Chunks(string text, int[] sizes)
    {
        for (var (at, turn) = (0, 0); at < text.Length; turn++)
        {
            var size = Math.Min(sizes[turn % sizes.Length], text.Length - at);
            yield return text.Substring(at, size);
            at += size;
        }
    }
}
